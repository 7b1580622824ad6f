import type { Diagnostic, Severity } from '../core/diagnostics/diagnostic.ts';
import { ERROR_CODES } from '../core/diagnostics/error-codes.ts';
import { formatPosition } from '../core/diagnostics/format-position.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { lowerFirst } from '../core/text/lower-first.ts';
import { stripControl, stripControlLine } from '../core/text/strip-control.ts';
import type { Style } from './style.ts';
import { foldText } from './text-width.ts';

export interface PresentErrorOptions {
  readonly style: Style;
  /** Also show what lies behind the failure. */
  readonly isVerbose: boolean;
  /** Longer lines are folded, where this is known. */
  readonly columns?: number | undefined;
}

/**
 * The one form in which every failure is shown: `error[CODE]: what is wrong`, the findings behind it, and `hint: what to do`.
 * Anything that is no `PacksmithError` is a bug of packsmith and is shown with its stack.
 */
export function presentError(error: unknown, { style, isVerbose, columns }: PresentErrorOptions): string {
  if (!(error instanceof PacksmithError)) return presentBug(error, style);
  const [first = '', ...rest] = stripControl(error.message).split('\n');
  const lines = [`${style.red(style.bold(`error[${error.code}]`))}: ${first}`, ...rest.map((line) => `  ${line}`.trimEnd())];
  if (error.where !== undefined && !rest.includes(formatPosition(error.where))) lines.push(`  at ${formatPosition(error.where)}`);
  for (const diagnostic of error.diagnostics) lines.push(...presentDiagnostic(diagnostic, style));
  if (isVerbose) lines.push(...presentCauses(error.cause, style));
  if (error.hint !== undefined) lines.push('', `${style.cyan('hint')}: ${stripControl(error.hint)}`);
  return foldText(`${lines.join('\n')}\n`, columns);
}

/** A failure of a command that says what to do: where it has no hint of its own, the cure of its code. Anything that is no `PacksmithError` is given back. */
export function withHint(error: unknown, command: string | null): unknown {
  if (!(error instanceof PacksmithError) || error.hint !== undefined) return error;
  const { code, message, where, suggestions, diagnostics, cause } = error;
  const hint = lowerFirst(ERROR_CODES[code].cure.replace(/\.$/, '').replace('COMMAND', command ?? 'COMMAND'));
  return new PacksmithError(code, message, { hint, suggestions, diagnostics, cause, ...(where === undefined ? {} : { where }) });
}

/** One finding: where and what on one line, what to do below it. */
export function presentDiagnostic(diagnostic: Diagnostic, style: Style): string[] {
  const where = diagnostic.where === undefined ? '' : `${style.bold(formatPosition(diagnostic.where))}: `;
  const severity = SEVERITY_STYLE[diagnostic.severity](style)(diagnostic.severity);
  const lines = [`  ${where}${severity}: ${stripControlLine(diagnostic.message)} ${style.dim(`(${diagnostic.code})`)}`];
  if (diagnostic.suggestion !== undefined) lines.push(`      ${stripControlLine(diagnostic.suggestion)}`);
  return lines;
}

const SEVERITY_STYLE: Readonly<Record<Severity, (style: Style) => (text: string) => string>> = {
  error: (style) => style.red,
  warning: (style) => style.yellow,
  info: (style) => style.cyan,
};

function presentCauses(cause: unknown, style: Style): string[] {
  const lines: string[] = [];
  for (let current = cause; current !== undefined && lines.length < 5; current = current instanceof Error ? current.cause : undefined) {
    lines.push(style.dim(`  because: ${stripControlLine(current instanceof Error ? current.message : String(current))}`));
  }
  return lines;
}

function presentBug(error: unknown, style: Style): string {
  const text = stripControl(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return `${style.red(style.bold('error[UNEXPECTED]'))}: ${text}\n\n${style.cyan('hint')}: this is a bug in packsmith; please report it with the lines above\n`;
}
