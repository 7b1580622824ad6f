import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ValidationResult } from '../../ops/validate-pack.ts';
import { presentDiagnostic } from '../present-error.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';

/** All findings about a pack with their positions, then the verdict. */
export function viewValidation(reference: string, { id, version, diagnostics }: ValidationResult, { style }: Terminal): string {
  const name = stripControlLine(id === undefined ? reference : `${id} ${version ?? ''}`.trim());
  if (diagnostics.length === 0) return `${style.green('valid')}: ${name}\n`;
  const count = (severity: 'error' | 'warning') => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const lines = diagnostics.flatMap((diagnostic) => presentDiagnostic(diagnostic, style));
  const verdict = count('error') > 0 ? style.red('invalid') : style.yellow('valid');
  return `${verdict}: ${name} has ${formatCount(count('error'), 'error')} and ${formatCount(count('warning'), 'warning')}\n${lines.join('\n')}\n`;
}
