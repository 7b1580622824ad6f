import { formatPosition } from '../../core/diagnostics/format-position.ts';
import type { LintFinding, Rule } from '../../core/quality/rule.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { FixReport, LintReport } from '../../ops/author/lint-pack.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { foldText } from '../text-width.ts';
import { formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

/** A finding as programs get it. */
export function describeFinding({ rule, severity, message, where, suggestion, subject, fix }: LintFinding) {
  return { rule, severity, message, where, suggestion: suggestion ?? null, subject: subject ?? null, isFixable: fix !== undefined };
}

/** All findings with their positions, then how many there are. */
export function viewLint({ id, version, findings, suppressed, counts }: LintReport, { style, columns }: Terminal): string {
  const name = stripControlLine(`${id} ${version}`);
  const allowed = suppressed.length === 0 ? '' : `, ${formatCount(suppressed.length, 'finding')} allowed`;
  if (findings.length === 0) return `${style.green('clean')}: ${name}${allowed}\n`;
  const lines = findings.flatMap((finding) => viewFinding(finding, style));
  const totals = [formatCount(counts.errors, 'error'), formatCount(counts.warnings, 'warning'), formatCount(counts.notes, 'note')];
  const found = foldText(lines.join('\n'), columns);
  return `${found}\n\n${name}: ${totals.join(', ')}${allowed}${counts.fixable === 0 ? '' : `; --fix mends ${counts.fixable}`}\n`;
}

function viewFinding({ rule, severity, message, where, suggestion }: LintFinding, style: Style): string[] {
  const colour = { error: style.red, warning: style.yellow, info: style.cyan }[severity];
  const lines = [`${style.bold(formatPosition(where))}: ${colour(severity)}: ${stripControlLine(message)} ${style.dim(`(${rule})`)}`];
  return suggestion === undefined ? lines : [...lines, `    ${stripControlLine(suggestion)}`];
}

/** What `--fix` did, before what is left. */
export function viewFixed({ fixed, changed, backup }: FixReport, { style }: Terminal): string {
  if (backup === undefined) return '';
  const lines = fixed.map(({ where, message, rule }) => `  ${formatPosition(where)}: ${stripControlLine(message)} (${rule})`);
  const title = `${style.green('fixed')}: ${formatCount(fixed.length, 'finding')} in ${changed.map(stripControlLine).join(', ')}`;
  return `${[title, ...lines].join('\n')}\nThe files as they were are in ${stripControlLine(backup)}\n\n`;
}

/** For each variable, the files that it has an effect on, and the keys of the manifest. */
export function viewVariableMap({ variables }: LintReport, { style }: Terminal): string {
  const lines = variables.flatMap(({ variable, files, keys }) => [
    style.bold(variable),
    ...[...files, ...keys.map((key) => `pack.toml ${key}`)].map((place) => `  ${stripControlLine(place)}`),
  ]);
  return lines.length === 0 ? 'The pack has no variables\n' : `${lines.join('\n')}\n`;
}

/** The rules, one a line. */
export function viewRules(rules: readonly Omit<Rule, 'check'>[], terminal: Terminal): string {
  const columns = [
    { title: 'RULE', cells: rules.map(({ id }) => id), style: terminal.style.bold },
    { title: 'SEVERITY', cells: rules.map(({ severity }) => severity) },
    { title: 'FIX', cells: rules.map(({ isFixable }) => (isFixable === true ? 'yes' : '')) },
    { title: 'FINDS', cells: rules.map(({ summary }) => summary), isFlexible: true },
  ];
  return viewTable(columns, terminal);
}
