import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { ValueMap } from '../../core/pack/values.ts';
import type { GivenAnswers } from '../../core/template/answers/answer-types.ts';
import { refuseConflicts } from '../project/apply-generation.ts';
import { planGeneration } from '../project/plan-generation.ts';
import type { GenerationPreview } from '../project/plan-wanted.ts';
import { type CasePorts, optionsOf, portsOf, referencesOf } from './case-world.ts';

export interface Tried {
  readonly pack: Pack;
  /** Of the pack, absolute; what paths of data are relative to. */
  readonly directory: string;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

/** Answers to try a pack with, and references of packs beside it. */
export interface Attempt {
  readonly variables: ValueMap;
  readonly packs?: readonly string[];
  /** Answers that are still to be read as the types of the variables, stronger than the others. */
  readonly given?: readonly GivenAnswers[];
}

export type AttemptOutcome =
  | { readonly kind: 'planned'; readonly preview: GenerationPreview }
  /** The pack, or what is beside it, cannot be generated with these answers. */
  | { readonly kind: 'failed'; readonly error: PacksmithError };

/**
 * Plans a project in an empty directory for each attempt, one after the other; nothing is written and no hook runs.
 * @throws PacksmithError `INTERRUPTED`.
 */
export async function tryPack(tried: Tried, attempts: readonly Attempt[], ports: CasePorts): Promise<AttemptOutcome[]> {
  const scratch = await ports.scratch.open('project');
  try {
    const outcomes: AttemptOutcome[] = [];
    for (const { variables, packs = [], given = [] } of attempts) {
      tried.signal?.throwIfAborted();
      const request = { ...tried, case: { file: 'these answers', variables, packs } };
      const options = optionsOf(request);
      outcomes.push(
        await attempt(() =>
          planGeneration(
            { ...options, given: [...given, ...options.given], references: referencesOf(request, tried.pack) },
            portsOf(tried.pack, { scratch, request, ports }),
          ),
        ),
      );
    }
    return outcomes;
  } finally {
    await scratch.dispose();
  }
}

async function attempt(plan: () => Promise<GenerationPreview>): Promise<AttemptOutcome> {
  try {
    const preview = await plan();
    refuseConflicts(preview.plan);
    return { kind: 'planned', preview };
  } catch (error) {
    if (error instanceof PacksmithError && error.code !== 'INTERRUPTED') return { kind: 'failed', error };
    throw error;
  }
}
