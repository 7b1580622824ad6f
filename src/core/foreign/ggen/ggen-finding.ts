import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** What of a pack of ggen cannot be used, with what to write instead. */
export function unsupported(file: string, line: number, message: string, suggestion: string): Diagnostic {
  return { code: 'FOREIGN_UNSUPPORTED', severity: 'error', message, where: { file, line }, suggestion };
}

/** What of a pack of ggen is malformed. */
export function invalid(file: string, line: number, message: string, suggestion: string): Diagnostic {
  return { code: 'FOREIGN_INVALID', severity: 'error', message, where: { file, line }, suggestion };
}
