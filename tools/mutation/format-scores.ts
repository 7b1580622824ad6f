// The register of mutation scores as text: for the terminal, for docs/contributing/mutation.md, and a line for the report of readiness.
import { formatTable } from '../../src/cli/reference.ts';
import { countRun, detected, type FolderScore, type Summary, summarize } from './register.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** For the terminal: with what is stale. */
export function formatScores(scores: readonly FolderScore[], hashes: ReadonlyMap<string, string>): string {
  const lines = scores.map((score) => {
    const state = hashes.get(score.folder) === score.sources ? '' : '  changed since';
    return `${score.folder.padEnd(12)} ${percent(detected(score)).padStart(7)} of ${String(countRun(score)).padStart(5)}  ${score.date}${state}`;
  });
  return [...lines, formatSummary(summarize(scores, hashes))].join('\n');
}

export function formatSummary({ score, margin, mutants, run, dates, stale }: Summary): string {
  if (run === 0) return 'no mutants of `src/core` were ever run';
  const days = dates[0] === dates[1] ? dates[0] : `${dates[0]} to ${dates[1]}`;
  const open = stale.length > 0 ? `stale, since changed or never run: ${stale.join(', ')}` : 'all of it as it is now';
  return `${score.toFixed(1)} % ± ${margin.toFixed(1)} of ${mutants} mutants of \`src/core\`, by a sample of ${run} that were run (${days}); ${open}`;
}

/** For the page: what was recorded, whatever has changed since. */
export function formatScoreTable(scores: readonly FolderScore[]): string {
  const rows = scores.map((score) => [
    `\`core/${score.folder}\``,
    String(score.mutants),
    String(countRun(score)),
    score.tests,
    String(score.killed),
    String(score.timedOut),
    String(score.survived),
    String(score.noCoverage),
    percent(detected(score)),
    score.date,
  ]);
  const { score, margin, mutants, run } = summarize(scores, new Map());
  if (run === 0) return 'Nothing yet.';
  const total = ['**all**', String(mutants), String(run), '', '', '', '', '', `**${score.toFixed(1)} %** ± ${margin.toFixed(1)}`, ''];
  return formatTable(
    ['folder', 'mutants', 'run', 'tests', 'killed', 'timed out', 'survived', 'not reached', 'seen', 'on'],
    [...rows, total],
  );
}
