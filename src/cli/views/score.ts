import type { ScoredCheck, ScoredDimension } from '../../core/quality/score-pack.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ScoreReport } from '../../ops/author/score-pack.ts';
import type { Terminal } from '../terminal.ts';

/** The score, each dimension, and the facts that cost points with what would gain them; with `showsAll` the others too. */
export function viewScore(
  { id, version, score, basis, dimensions }: ScoreReport,
  { showsAll }: { readonly showsAll: boolean },
  terminal: Terminal,
): string {
  const { style } = terminal;
  const name = style.bold(stripControlLine(`${id} ${version}`));
  const note = basis === 'static' ? ' (of what the files show; nothing was run)' : '';
  const width = Math.max(...dimensions.map((dimension) => dimension.name.length));
  const lines = dimensions.flatMap((dimension) => viewDimension(dimension, { width, showsAll }, terminal));
  return `${name}: ${score} of 100${note}\n\n${lines.join('\n')}\n`;
}

function viewDimension(
  { name, worth, gained, checks }: ScoredDimension,
  { width, showsAll }: { readonly width: number; readonly showsAll: boolean },
  terminal: Terminal,
): string[] {
  const shown = checks.filter((check) => showsAll || check.advice !== undefined);
  return [
    `${name.padEnd(width)}  ${formatPoints(gained)} of ${formatPoints(worth)}`,
    ...shown.flatMap((check) => viewCheck(check, terminal)),
  ];
}

function viewCheck({ name, worth, gained, measured, advice }: ScoredCheck, { style }: Terminal): string[] {
  const fact = `  ${formatPoints(gained)} of ${formatPoints(worth)}  ${name}: ${measured.done} of ${measured.of}`;
  return advice === undefined
    ? [style.dim(fact)]
    : [fact, `    ${style.cyan(`+${formatPoints(worth - gained)}`)} ${stripControlLine(advice)}`];
}

function formatPoints(points: number): string {
  return points.toFixed(1);
}
