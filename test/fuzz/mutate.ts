// Mutations of an input: bytes, words of the target's language, tokens, lines, pieces of other inputs, and many times the same, which is what a search
// that is not linear shows itself by. Texts are taken byte for byte, so that what is no UTF-8 comes about as well.
import type { Random } from './random.ts';

/** What mutations draw on. */
export interface Material {
  readonly random: Random;
  /** In the target's language, as bytes. */
  readonly words: readonly string[];
  /** Other inputs, as bytes. */
  readonly others: readonly string[];
  readonly maxBytes: number;
}

type Mutation = (input: string, material: Material) => string;

/** A changed input: one to six mutations, one after the other. */
export function mutate(input: Uint8Array, material: Material): Uint8Array {
  let text = toByteText(input);
  for (let left = 1 + material.random.below(6); left > 0; left--) text = material.random.pick(MUTATIONS)(text, material);
  return Buffer.from(text.slice(0, material.maxBytes), 'latin1');
}

/** A character for each byte. */
export function toByteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bytes of a text in UTF-8, a character for each. */
export function wordBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

const NUMBERS = [
  '0',
  '-1',
  '1',
  '2',
  '255',
  '256',
  '65535',
  '65536',
  '2147483648',
  '9007199254740993',
  '1e309',
  '0x1f',
  '00',
  '99999999999999999999',
  '.5',
  '-0',
];

const STRANGE = [
  '\0',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\u001b[31m',
  '\u001b]0;x\u0007',
  '\u009b1m',
  '\u2028',
  '\u202e',
  '\u200d',
  '\ufeff',
  '\u00e9',
  'e\u0301',
  '\u0130',
  '\u{1f600}',
  '\\',
  '"',
  "'",
  '`',
  '../',
  '__proto__',
  'constructor',
].map(wordBytes);

const INVALID_UTF8 = ['\x80', '\xff', '\xc3', '\xed\xa0\x80', '\xf8'];

const MUTATIONS: readonly Mutation[] = [
  // Bytes
  (input, { random }) => put(input, random.below(input.length + 1), 1, String.fromCharCode(random.below(256))),
  (input, { random }) => flipBit(input, random),
  (input, { random }) => put(input, random.below(input.length + 1), 0, random.pick([...STRANGE, ...INVALID_UTF8])),
  // Ranges
  removeRange,
  removeRange,
  (input, { random }) => put(input, random.below(input.length + 1), 0, rangeOf(input, random, 64)),
  (input, { random, others }) => put(input, random.below(input.length + 1), 0, rangeOf(random.pick(others), random, 200)),
  (input, { random, others }) => input.slice(0, random.below(input.length + 1)) + endOf(random.pick(others), random),
  repeatRange,
  nest,
  // Words and tokens
  insertWord,
  insertWord,
  replaceToken,
  replaceToken,
  swapTokens,
  replaceNumber,
  // Lines
  moveLine,
  (input, { random, others }) => insertLine(input, random.pick(random.pick(others).split('\n')), random),
];

function put(input: string, at: number, length: number, text: string): string {
  return input.slice(0, at) + text + input.slice(at + length);
}

function flipBit(input: string, random: Random): string {
  if (input === '') return input;
  const at = random.below(input.length);
  return put(input, at, 1, String.fromCharCode(input.charCodeAt(at) ^ (1 << random.below(8))));
}

function rangeOf(input: string, random: Random, longest: number): string {
  const start = random.below(input.length + 1);
  return input.slice(start, start + 1 + random.below(longest));
}

function endOf(input: string, random: Random): string {
  return input.slice(random.below(input.length + 1));
}

function removeRange(input: string, { random }: Material): string {
  return put(input, random.below(input.length + 1), 1 + random.below(random.pick([2, 8, 64])), '');
}

/** The same over and over: now and then as often as fits. */
function repeatRange(input: string, { random, maxBytes }: Material): string {
  const range = rangeOf(input, random, random.pick([1, 3, 12, 60]));
  const room = Math.max(0, maxBytes - input.length);
  const times = Math.min(random.pick([2, 4, 20, 300, random.below(40) === 0 ? room : 8]), Math.floor(room / Math.max(1, range.length)));
  return put(input, random.below(input.length + 1), 0, range.repeat(times));
}

const BRACKETS = ['[]', '{}', '()', '<>', '""', "''"];

function nest(input: string, { random, maxBytes }: Material): string {
  const [open = '', close = ''] = random.pick(BRACKETS);
  const times = Math.min(random.pick([1, 2, 10, 150, random.below(20) === 0 ? 5000 : 3]), Math.max(0, (maxBytes - input.length) >> 1));
  const start = random.below(input.length + 1);
  const end = Math.min(input.length, start + random.below(40));
  return input.slice(0, start) + open.repeat(times) + input.slice(start, end) + close.repeat(times) + input.slice(end);
}

function insertWord(input: string, { random, words }: Material): string {
  return put(input, random.below(input.length + 1), 0, random.pick(words));
}

const TOKEN = /[\w\x80-\xff]+|[^\S\n]+|\n|[^\w\s\x80-\xff]/g;

function replaceToken(input: string, { random, words }: Material): string {
  const tokens = input.match(TOKEN) ?? [''];
  tokens[random.below(tokens.length)] = random.pick(random.below(4) === 0 ? tokens : words);
  return tokens.join('');
}

function swapTokens(input: string, { random }: Material): string {
  const tokens = input.match(TOKEN) ?? [''];
  const [one, other] = [random.below(tokens.length), random.below(tokens.length)];
  [tokens[one], tokens[other]] = [tokens[other] ?? '', tokens[one] ?? ''];
  return tokens.join('');
}

function replaceNumber(input: string, { random }: Material): string {
  const numbers = [...input.matchAll(/-?\d+(?:\.\d+)?/g)];
  if (numbers.length === 0) return input;
  const found = random.pick(numbers);
  return put(input, found.index, found[0].length, random.pick(NUMBERS));
}

function moveLine(input: string, { random }: Material): string {
  const lines = input.split('\n');
  const [line = ''] = lines.splice(random.below(lines.length), 1);
  const copies = random.pick([0, 1, 1, 2]);
  lines.splice(random.below(lines.length + 1), 0, ...Array<string>(copies).fill(line));
  return lines.join('\n');
}

function insertLine(input: string, line: string, random: Random): string {
  const lines = input.split('\n');
  return lines.toSpliced(random.below(lines.length + 1), 0, line).join('\n');
}
