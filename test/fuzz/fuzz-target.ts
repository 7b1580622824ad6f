import { presentError } from '../../src/cli/present-error.ts';
import { PLAIN_STYLE } from '../../src/cli/style.ts';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import type { ErrorCode } from '../../src/core/diagnostics/error-codes.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';

/** Something that takes input from elsewhere, and what holds whatever the input is. */
export interface FuzzTarget {
  /** As the command line and the corpus name it. */
  readonly name: string;
  /** What takes the input. */
  readonly subject: string;
  /** What `run` checks besides that nothing else is thrown and that it ends in time. */
  readonly laws: readonly string[];
  /** Words of the input's language. */
  readonly words: readonly string[];
  /** How long an input may be; 8 KiB unless said. */
  readonly maxBytes?: number;
  /** Seconds of work that an input may take; 2 unless said. */
  readonly maxSeconds?: number;
  /** Makes what mutations break by the way whole again, such as a checksum. */
  readonly repair?: (input: Uint8Array) => Uint8Array;
  /** Runs one input and says in a few words what came of it. Throws where a law does not hold. */
  readonly run: (input: Uint8Array) => string | Promise<string>;
}

/** A law that did not hold. */
export class BrokenLaw extends Error {
  override readonly name = 'BrokenLaw';
}

/** Throws `BrokenLaw` unless it holds. */
export function hold(isTrue: boolean, law: string, shown: () => unknown = () => ''): void {
  if (!isTrue) throw new BrokenLaw(`${law} ${String(shown())}`.trim());
}

/** The text of an input; what is no UTF-8 becomes U+FFFD, as where files are read. */
export function textOf(input: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
}

/** The parts of an input between lines of `%%`; absent ones are empty. */
export function partsOf(input: Uint8Array): readonly string[] {
  return textOf(input).split(/^%%\n/m);
}

/** What an action gives, or the code of the failure that it declares. @throws anything that it throws and does not declare. */
export function attempt<T>(declared: readonly ErrorCode[], act: () => T): { readonly value: T } | { readonly code: ErrorCode } {
  try {
    return { value: act() };
  } catch (error) {
    return { code: checkFailure(error, declared) };
  }
}

/** The same of what takes time. */
export async function attemptAsync<T>(
  declared: readonly ErrorCode[],
  act: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly code: ErrorCode }> {
  try {
    return { value: await act() };
  } catch (error) {
    return { code: checkFailure(error, declared) };
  }
}

/** A failure must be a declared one, and must be fit to be shown. */
function checkFailure(error: unknown, declared: readonly ErrorCode[]): ErrorCode {
  if (!(error instanceof PacksmithError) || !declared.includes(error.code)) throw error;
  checkShown(presentError(error, { style: PLAIN_STYLE, isVerbose: true }));
  return error.code;
}

const LONGEST_SHOWN = 256 * 1024;

/** What is shown has no control characters and is of a size that somebody could read. */
export function checkShown(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  const found = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(text);
  hold(found === null, 'what is shown has no control characters', () => JSON.stringify(text.slice(found?.index, (found?.index ?? 0) + 20)));
  hold(text.length <= LONGEST_SHOWN, 'what is shown has an end', () => text.length);
}

/** Findings have words, and places within the text. */
export function checkFindings(diagnostics: readonly Diagnostic[], text: string): void {
  // A carriage return alone ends a line in some languages, and in others not.
  const readings = [text.split('\n'), text.split(/\r\n|\r|\n/)];
  for (const { code, message, where } of diagnostics) {
    hold(message !== '' && message.length <= LONGEST_SHOWN, 'a finding has words', () => `${code}: ${message.slice(0, 80)}`);
    const { line = 1, column = 1 } = where ?? {};
    const isInside = readings.some((lines) => line <= lines.length && column <= (lines[line - 1]?.length ?? 0) + 1);
    hold(line >= 1 && column >= 1 && isInside, 'a finding has a place in the text', () => `${code} at ${line}:${column}`);
  }
}

/** The codes among findings, each once: what came of an input. */
export function codesOf(diagnostics: readonly Diagnostic[]): string {
  return [...new Set(diagnostics.map(({ code }) => code))].sort().join(' ');
}
