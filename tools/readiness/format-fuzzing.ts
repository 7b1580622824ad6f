// The part of docs/security-audit.md about fuzzing, from what the runs of `npm run fuzz -- --record` wrote.
import { formatTable } from '../../src/cli/reference.ts';

/** What a target is, and its recorded runs, in order. */
export interface FuzzedTarget {
  readonly target: string;
  readonly subject: string;
  readonly laws: readonly string[];
  /** Inputs in the corpus that once broke a law, by their names. */
  readonly found: readonly string[];
  readonly runs: readonly FuzzingRun[];
}

export interface FuzzingRun {
  /** ISO 8601. */
  readonly date: string;
  readonly seconds: number;
  readonly executions: number;
  readonly seed: number;
  /** Ranges of code that were reached. */
  readonly places: number;
  /** Kinds of broken laws in this run. */
  readonly findings: number;
  readonly node: string;
  /** SHA-256 of everything that ran, libraries included. */
  readonly code: string;
}

export function formatFuzzing(targets: readonly FuzzedTarget[]): string {
  const runs = targets.flatMap((target) => target.runs);
  const sum = (of: (run: FuzzingRun) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const found = targets.reduce((count, target) => count + target.found.length, 0);
  const summary = `${targets.length} targets, ${count(sum(({ executions }) => executions))} inputs in ${count(Math.round(sum(({ seconds }) => seconds) / 60))} minutes of recorded runs; ${found} inputs that once broke a law are in the corpus, and are replayed by every run of the tests.`;
  const rows = targets.map(({ target, subject, laws, runs: own, found: names }) => [
    `\`${target}\``,
    subject,
    laws.join('; '),
    count(own.reduce((total, { executions }) => total + executions, 0)),
    String(own.reduce((total, { seconds }) => total + seconds, 0)),
    own.at(-1)?.date ?? '',
    String(own.at(-1)?.findings ?? ''),
    names.map((name) => name.replace(/^found-/, '').replaceAll('-', ' ')).join('; '),
  ]);
  const table = formatTable(
    ['target', 'takes', 'laws', 'inputs', 'seconds', 'last run', 'findings in it', 'found before, and mended'],
    rows,
  );
  return `${summary}\n\n${table}`;
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}
