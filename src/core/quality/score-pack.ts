import { dependencies } from './score/dependencies.ts';
import { documentation } from './score/documentation.ts';
import { examplesAndTests } from './score/examples-and-tests.ts';
import { hooksAndSafety } from './score/hooks-and-safety.ts';
import { metadata } from './score/metadata.ts';
import { queries } from './score/queries.ts';
import type { ScoreCheck, ScoreDimension, ScoreFacts } from './score/score-facts.ts';
import { templates } from './score/templates.ts';
import { variables } from './score/variables.ts';

/** What each dimension is worth of the hundred. A dimension of which a pack has nothing (queries, say) is left out, and the others count more. */
export const DIMENSIONS: readonly (readonly [dimension: ScoreDimension, weight: number])[] = [
  [metadata, 10],
  [templates, 15],
  [queries, 10],
  [variables, 15],
  [dependencies, 10],
  [documentation, 15],
  [examplesAndTests, 15],
  [hooksAndSafety, 10],
];

export interface ScoredCheck extends ScoreCheck {
  /** Points of the hundred, with what is left out taken into account. */
  readonly worth: number;
  readonly gained: number;
}

export interface ScoredDimension {
  readonly name: string;
  readonly worth: number;
  readonly gained: number;
  readonly checks: readonly ScoredCheck[];
}

export interface PackScore {
  /** 0 to 100; 100 only where nothing is missing. */
  readonly score: number;
  /** Whether test cases and examples were run for it. */
  readonly basis: 'static' | 'tried';
  readonly dimensions: readonly ScoredDimension[];
}

/** Measures a pack. The same facts give the same score. */
export function scorePack(facts: ScoreFacts): PackScore {
  const measured = DIMENSIONS.map(([dimension, weight]) => ({ name: dimension.name, weight, checks: dimension.checks(facts) })).filter(
    ({ checks }) => checks.length > 0,
  );
  const whole = measured.reduce((sum, { weight }) => sum + weight, 0);
  const dimensions = measured.map(({ name, weight, checks }): ScoredDimension => {
    const worth = (weight / whole) * 100;
    const points = checks.reduce((sum, check) => sum + check.points, 0);
    const scored = checks.map((check): ScoredCheck => {
      const own = (check.points / points) * worth;
      return { ...check, worth: round(own), gained: round((own * check.measured.done) / check.measured.of) };
    });
    const share = checks.reduce((sum, { points: own, measured: { done, of } }) => sum + (own * done) / of, 0) / points;
    return { name, worth: round(worth), gained: round(worth * share), checks: scored };
  });
  const isWhole = dimensions.every(({ checks }) => checks.every(({ measured: { done, of } }) => done === of));
  const sum = dimensions.reduce((total, { gained }) => total + gained, 0);
  return { score: isWhole ? 100 : Math.min(99, Math.floor(round(sum))), basis: facts.trial === undefined ? 'static' : 'tried', dimensions };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
