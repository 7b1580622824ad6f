import type { DiagnosticCode } from './diagnostic-codes.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Where a finding is: `file` relative to the pack or project with `/`; `line` and `column` count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One finding about content (a manifest, a template, an answer). Findings are collected and shown together, never thrown one by one. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly where?: SourcePosition;
  /** The variable that the finding is about, where it is about an answer. */
  readonly variable?: string;
  /** What to do about it, as one sentence without a full stop. */
  readonly suggestion?: string;
}

/** Tells whether any of the findings is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
