import { formatPosition } from '../../core/diagnostics/format-position.ts';
import { stripControl, stripControlLine } from '../../core/text/strip-control.ts';
import type { CaseReport, PlacedProblem, TestReport } from '../../ops/author/test-pack.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { viewDiff } from './diff.ts';
import { formatCount } from './format-value.ts';

/** Lines of a difference or of a command's output that are shown of one problem. */
const SHOWN_LINES = 60;

/** Every case with its verdict, what is wrong with those that fail, and the sum. */
export function viewTestReport(report: TestReport, terminal: Terminal): string {
  const { style } = terminal;
  const { id, version, cases, passed, failed, milliseconds, snapshots } = report;
  const lines = [`${id} ${version}: ${formatCount(cases.length, 'case')}`, ...cases.flatMap((each) => viewCase(each, terminal))];
  const stored = [
    ...snapshots.written.map((path) => `  stored ${stripControlLine(path)}`),
    ...snapshots.removed.map((path) => `  deleted ${stripControlLine(path)}`),
  ];
  const verdict = failed === 0 ? style.green(`${passed} passed`) : `${style.red(`${failed} failed`)}, ${passed} passed`;
  return `${[...lines, ...stored, `${verdict} in ${formatTime(milliseconds)}`].join('\n')}\n`;
}

function viewCase(each: CaseReport, terminal: Terminal): string[] {
  const { style } = terminal;
  const mark = each.passed ? style.green('ok  ') : style.red('FAIL');
  const notes = [
    each.kind === 'generate' ? '' : each.kind,
    each.commands.run === 0 ? '' : formatCount(each.commands.run, 'command'),
    each.passed && each.commands.skipped > 0 ? `${formatCount(each.commands.skipped, 'command')} left out` : '',
    formatTime(each.milliseconds),
  ].filter((note) => note !== '');
  const head = `  ${mark} ${stripControlLine(each.name)} ${style.dim(`(${each.file}; ${notes.join(', ')})`)}`;
  return [head, ...each.problems.flatMap((problem) => viewProblem(problem, terminal))];
}

function viewProblem({ where, message, diff }: PlacedProblem, terminal: Terminal): string[] {
  const { style } = terminal;
  const head = `       ${style.bold(formatPosition(where))}: ${stripControlLine(message)}`;
  return diff === undefined || diff.trim() === '' ? [head] : [head, ...indent(diff, terminal, style)];
}

function indent(text: string, terminal: Terminal, style: Style): string[] {
  const isDiff = text.startsWith('--- ');
  const shown = (isDiff ? viewDiff(text, terminal) : stripControl(text)).trimEnd().split('\n');
  const rest = shown.length > SHOWN_LINES ? [style.dim(`… ${shown.length - SHOWN_LINES} more lines`)] : [];
  return [...shown.slice(0, SHOWN_LINES), ...rest].map((line) => `         ${line}`.trimEnd());
}

function formatTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
