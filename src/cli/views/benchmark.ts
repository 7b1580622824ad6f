import { BENCHMARK_PHASES, type Benchmark, type PhaseChange } from '../../core/benchmark/benchmark.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Terminal } from '../terminal.ts';
import { formatBytes, formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

export interface Comparison {
  readonly before: Benchmark | undefined;
  readonly changes: readonly PhaseChange[];
}

/** How the times of each phase lie, and how they changed. */
export function viewBenchmark(benchmark: Benchmark, { before, changes }: Comparison, terminal: Terminal): string {
  const { packs, files, bytes, iterations, machine, first, phases } = benchmark;
  const rows = BENCHMARK_PHASES.map((phase) => phases[phase]);
  const column = (title: string, key: keyof (typeof rows)[number]) => ({ title, cells: rows.map((spread) => format(spread[key])) });
  const table = viewTable(
    [
      { title: 'PHASE', cells: BENCHMARK_PHASES },
      column('MIN', 'min'),
      column('25 %', 'lower'),
      column('MEDIAN', 'median'),
      column('75 %', 'upper'),
      column('MAX', 'max'),
      { title: 'BEFORE', cells: changes.map((change) => format(change.before)) },
      { title: 'CHANGE', cells: changes.map(formatChange) },
    ],
    terminal,
  );
  const names = packs.map(({ id, version }) => stripControlLine(`${id} ${version}`)).join(', ');
  const compared =
    before === undefined ? [] : [`before: ${before.packs.map(({ id, version }) => stripControlLine(`${id} ${version}`)).join(', ')}`];
  const size = `${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
  const conditions = `${formatCount(iterations, 'generation')} on Node.js ${machine.node}, ${machine.platform}; the first took ${format(first)} ms`;
  return `${[`${names}: ${size}`, ...compared, `milliseconds of ${conditions}`].join('\n')}\n\n${table}`;
}

function format(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}

/** A change within the spread is marked as one that may be noise. */
function formatChange({ percent, isClear }: PhaseChange): string {
  const text = `${percent > 0 ? '+' : ''}${percent} %`;
  return isClear ? text : `(${text})`;
}
