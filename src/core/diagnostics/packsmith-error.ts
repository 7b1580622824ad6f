import type { Diagnostic, SourcePosition } from './diagnostic.ts';
import type { ErrorCode } from './error-codes.ts';

export interface PacksmithErrorOptions {
  /** What to do next, shown after the message. */
  readonly hint?: string;
  readonly where?: SourcePosition;
  /** All findings behind the failure, when there are several. */
  readonly diagnostics?: readonly Diagnostic[];
  readonly suggestions?: readonly string[];
  readonly cause?: unknown;
}

/** A failure with a stable code. Anything else that is thrown is a bug in packsmith. */
export class PacksmithError extends Error {
  override readonly name = 'PacksmithError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly where: SourcePosition | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly suggestions: readonly string[];

  constructor(code: ErrorCode, message: string, options: PacksmithErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.where = options.where;
    this.diagnostics = options.diagnostics ?? [];
    this.suggestions = options.suggestions ?? [];
  }
}
