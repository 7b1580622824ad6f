import { decodeUtf8, encodeUtf8 } from '../../text/utf8.ts';
import { textArgument } from '../arguments.ts';
import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import type { JinjaValue } from '../values.ts';

/** How text becomes bytes, and these text again: an encoding of Python, and what becomes of that for which it has no place. */
export interface Codec {
  readonly encoding: JinjaValue | undefined;
  readonly errors?: JinjaValue | undefined;
}

/** The bytes of a text. */
export function encodeText(text: string, codec: Codec, budget: Budget): Uint8Array {
  const name = encodingOf(codec);
  const cure = errorsOf(codec);
  budget.spendSteps(text.length);
  budget.allocate(text.length * 4);
  if (name === 'utf-8') return encodeUtf8(text);
  if (name === 'utf-16le') return Uint8Array.from({ length: text.length * 2 }, (_, at) => text.charCodeAt(at >> 1) >> (8 * (at & 1)));
  const limit = LIMITS[name];
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < limit) bytes.push(code);
    else if (cure === 'replace') bytes.push(QUESTION_MARK);
    else if (cure === 'strict')
      fail(`${JSON.stringify(character)} has no place in that encoding`, "leave it out with encode('ascii', 'ignore')");
  }
  return Uint8Array.from(bytes);
}

/** The text of bytes. */
export function decodeBytes(bytes: Uint8Array, codec: Codec, budget: Budget): string {
  const name = encodingOf(codec);
  const cure = errorsOf(codec);
  budget.spendSteps(bytes.length);
  budget.allocate(bytes.length * 2);
  if (name === 'utf-8' && cure === 'strict') return decodeUtf8(bytes) ?? fail(NO_TEXT);
  const text =
    name === 'utf-8' || name === 'utf-16le'
      ? new TextDecoder(name, { ignoreBOM: true }).decode(bytes)
      : Array.from(bytes, (byte) => (byte < LIMITS[name] ? String.fromCharCode(byte) : REPLACEMENT)).join('');
  if (cure === 'replace' || !text.includes(REPLACEMENT)) return text;
  return cure === 'ignore' ? text.replaceAll(REPLACEMENT, '') : fail(NO_TEXT);
}

type Encoding = 'utf-8' | 'utf-16le' | 'ascii' | 'latin-1';

const NAMES: ReadonlyMap<string, Encoding> = new Map([
  ['utf8', 'utf-8'],
  ['utf16le', 'utf-16le'],
  ['ascii', 'ascii'],
  ['usascii', 'ascii'],
  ['latin1', 'latin-1'],
  ['iso88591', 'latin-1'],
]);

/** One above the highest code point of those with one byte for each. */
const LIMITS = { ascii: 0x80, 'latin-1': 0x100 } as const;

const NO_TEXT = 'the bytes are no text of that encoding';
const QUESTION_MARK = 0x3f;
const REPLACEMENT = '\ufffd';

function encodingOf({ encoding }: Codec): Encoding {
  const given = textArgument(encoding, 'encoding', 'utf-8');
  const name = NAMES.get(given.toLowerCase().replace(/[-_ ]/g, ''));
  return name ?? fail(`the encoding "${given.slice(0, 64)}" is not known`, 'there are utf-8, utf-16-le, ascii and latin-1');
}

function errorsOf({ errors }: Codec): string {
  const name = textArgument(errors, 'errors', 'strict');
  return ['strict', 'ignore', 'replace'].includes(name) ? name : fail('"errors" is strict, ignore or replace');
}
