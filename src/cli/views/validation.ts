import { stripControlLine } from '../../core/text/strip-control.ts';
import type { FullValidation } from '../../ops/author/validate-fully.ts';
import type { ValidationResult } from '../../ops/author/validate-pack.ts';
import { presentDiagnostic } from '../present-error.ts';
import type { Terminal } from '../terminal.ts';
import { foldText } from '../text-width.ts';
import { formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

/** All findings about a pack with their positions, then the verdict, for which warnings count where it is strict. */
export function viewValidation(
  reference: string,
  { id, version, diagnostics }: ValidationResult,
  { style, columns, isStrict }: Terminal & { readonly isStrict: boolean },
): string {
  const name = stripControlLine(id === undefined ? reference : `${id} ${version ?? ''}`.trim());
  if (diagnostics.length === 0) return `${style.green('valid')}: ${name}\n`;
  const count = (severity: 'error' | 'warning') => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const lines = diagnostics.flatMap((diagnostic) => presentDiagnostic(diagnostic, style));
  const verdict = count('error') > 0 || (isStrict && count('warning') > 0) ? style.red('invalid') : style.yellow('valid');
  const counts = `${formatCount(count('error'), 'error')} and ${formatCount(count('warning'), 'warning')}`;
  return foldText(`${verdict}: ${name} has ${counts}\n${lines.join('\n')}\n`, columns);
}

/** How much was rendered. */
export function viewTried({ tried }: FullValidation): string {
  if (tried === undefined) return '';
  const { covered, of } = tried.pairs;
  const pairs = of === 0 ? '' : `, which have ${covered} of ${of} pairs of choices`;
  return `tried: ${formatCount(tried.projects, 'project')}${pairs}\n`;
}

/** What the running service said. */
export function viewHealth({ health }: FullValidation, { style }: Terminal): string {
  const lines = health.map(({ name, url, status, isHealthy }) => {
    const verdict = isHealthy ? style.green('healthy') : style.red('unhealthy');
    return `${verdict}: ${stripControlLine(`${name} ${url}`)} ${status === undefined ? 'gave no answer' : `answered ${status}`}\n`;
  });
  return lines.join('');
}

/** The checks, one a line. */
export function viewChecks(
  checks: readonly { readonly name: string; readonly kind: string; readonly summary: string }[],
  terminal: Terminal,
): string {
  const flags: Readonly<Record<string, string>> = { static: '', deep: '--deep', with: '--with', deployed: '--deployed' };
  return viewTable(
    [
      { title: 'CHECK', cells: checks.map(({ name }) => name), style: terminal.style.bold },
      { title: 'WITH', cells: checks.map(({ kind }) => flags[kind] ?? '') },
      { title: 'LOOKS AT', cells: checks.map(({ summary }) => summary), isFlexible: true },
    ],
    terminal,
  );
}
