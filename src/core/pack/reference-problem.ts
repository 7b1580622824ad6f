import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { findForeignLetter } from './pack-name.ts';
import { redactUrl } from './redact-url.ts';

/** The error `REFERENCE_INVALID` about a text; credentials in it are not repeated. */
export function invalidReference(text: string, reason: string, hint?: string): PacksmithError {
  const shown = redactUrl(text.length > 200 ? `${text.slice(0, 200)}…` : text);
  const message = `${JSON.stringify(shown.toWellFormed())} is not a reference to a pack: ${reason}`;
  return new PacksmithError('REFERENCE_INVALID', message, hint === undefined ? {} : { hint });
}

/** @throws PacksmithError `REFERENCE_INVALID` where a letter of a name is not what it looks like. */
export function checkReferenceLetters(text: string, name: string): void {
  const foreign = findForeignLetter(name);
  if (foreign !== undefined) throw invalidReference(text, foreign, 'type the name anew');
}
