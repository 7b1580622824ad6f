import type { Diagnostic, SourcePosition } from '../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';

/** The one JSON document that `--json` prints; its schema is schemas/output.schema.json. */
export interface Envelope {
  readonly ok: boolean;
  /** The verb, or `null` where none was recognised. */
  readonly command: string | null;
  /** The command's result, or `null` where it has none. */
  readonly data: unknown;
  readonly warnings: readonly string[];
  readonly error: EnvelopeError | null;
}

export interface EnvelopeError {
  readonly code: string;
  readonly message: string;
  readonly where: SourcePosition | null;
  readonly suggestions: readonly string[];
  readonly hint: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A failure as the envelope shows it; whatever is no `PacksmithError` is a bug and has the code `UNEXPECTED`. */
export function toEnvelopeError(error: unknown): EnvelopeError {
  if (error instanceof PacksmithError) {
    const { code, message, where = null, suggestions, hint = null, diagnostics } = error;
    return { code, message, where, suggestions, hint, diagnostics };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'UNEXPECTED', message, where: null, suggestions: [], hint: null, diagnostics: [] };
}

/**
 * Formats any data as JSON with a final newline: maps become objects, big integers strings, bytes their number. Characters that a terminal
 * would obey or hide are escaped, so that the document is safe to show.
 */
export function formatJson(data: unknown): string {
  const text = JSON.stringify(data, toJsonValue, 2);
  return `${text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function toJsonValue(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Uint8Array) return { bytes: value.length };
  return typeof value === 'bigint' ? value.toString() : value;
}
