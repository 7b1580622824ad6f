import { characters, textLength, utf8Length } from '../../jinja/text.ts';
import { clamped } from '../find-place.ts';
import { checkedInteger, isInRange } from '../operators.ts';
import { failScript } from '../rhai-fault.ts';
import { builtin, type RhaiBuiltin, type RhaiCall } from '../rhai-run.ts';
import { plainText, RhaiArray, RhaiChar, RhaiFloat, RhaiRange, type RhaiValue, toText } from '../values.ts';
import { countArgument, integerArgument, sectionArgument, textArgument } from './arguments.ts';

/** The functions of texts, https://rhai.rs/book/language/string-fn.html; a character has those that make sense for it. */
export const TEXT_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('len', (call) => BigInt(textLength(textOf(call)))),
  builtin('bytes', (call) => BigInt(utf8Length(textOf(call)))),
  builtin('is_empty', (call) => textOf(call) === ''),
  builtin('to_upper', (call) => same(call, textOf(call).toUpperCase())),
  builtin('to_lower', (call) => same(call, textOf(call).toLowerCase())),
  builtin('make_upper', (call) => replaced(call, textOf(call).toUpperCase())),
  builtin('make_lower', (call) => replaced(call, textOf(call).toLowerCase())),
  builtin('trim', (call) => replaced(call, textOf(call).trim())),
  builtin('contains', (call) => textOf(call).includes(textArgument(call, 0)), 1),
  builtin('starts_with', (call) => textOf(call).startsWith(textArgument(call, 0)), 1),
  builtin('ends_with', (call) => textOf(call).endsWith(textArgument(call, 0)), 1),
  builtin('index_of', indexOf, 1, 2),
  builtin('sub_string', (call) => section(call).join(''), 1, 2),
  builtin('crop', (call) => replaced(call, section(call).join('')), 1, 2),
  builtin(
    'truncate',
    (call) =>
      replaced(
        call,
        all(call)
          .slice(0, countArgument(call, 0, all(call).length))
          .join(''),
      ),
    1,
  ),
  builtin('clear', (call) => replaced(call, '')),
  builtin('append', (call) => replaced(call, textOf(call) + toText(call.args[0] ?? null, call.run.budget)), 1),
  builtin('remove', (call) => replaced(call, exchanged(call, textArgument(call, 0), '')), 1),
  builtin('replace', (call) => replaced(call, exchanged(call, textArgument(call, 0), textArgument(call, 1))), 2),
  builtin('pop', pop, 0, 1),
  builtin('pad', pad, 2),
  builtin('get', (call) => characterAt(call) ?? null, 1),
  builtin('set', setCharacter, 2),
  builtin('to_chars', (call) => listOf(call, all(call), (text) => new RhaiChar(text))),
  builtin('chars', (call) => listOf(call, call.args.length === 0 ? all(call) : section(call), (text) => new RhaiChar(text)), 0, 2),
  builtin('split', split, 0, 2),
  builtin('split_rev', splitReversed, 0, 2),
  builtin('parse_int', parseInteger, 0, 1),
  builtin('parse_float', parseFloatingPoint),
  builtin('to_int', (call) => BigInt(textOf(call).codePointAt(0) ?? 0)),
]);

function textOf({ self, run }: RhaiCall): string {
  const text = plainText(self) ?? '';
  run.budget.spendSteps(text.length >> 3);
  run.budget.allocate(text.length);
  return text;
}

function all(call: RhaiCall): readonly string[] {
  return [...characters(textOf(call))];
}

/** A character stays one where it can. */
function same({ self }: RhaiCall, text: string): RhaiValue {
  return self instanceof RhaiChar && [...text].length === 1 ? new RhaiChar(text) : text;
}

/** Many functions change the text that they are called on, and give nothing. */
function replaced(call: RhaiCall, text: string): null {
  call.run.budget.allocate(text.length);
  call.replaceSelf(same(call, text));
  return null;
}

function section(call: RhaiCall): readonly string[] {
  const characters = all(call);
  return characters.slice(...sectionArgument(call, characters.length));
}

function exchanged(call: RhaiCall, from: string, to: string): string {
  const text = textOf(call);
  if (from === '') call.run.budget.allocate(text.length * 16);
  const parts = from === '' ? ['', ...characters(text), ''] : text.split(from);
  call.run.budget.allocate((parts.length - 1) * to.length + parts.length * 8);
  return parts.join(to);
}

function indexOf(call: RhaiCall): bigint {
  const characters = all(call);
  const start = call.args.length > 1 ? clamped(integerArgument(call, 1), characters.length) : 0;
  const rest = characters.slice(start).join('');
  const found = rest.indexOf(textArgument(call, 0));
  return found < 0 ? -1n : BigInt(start + textLength(rest.slice(0, found)));
}

function pop(call: RhaiCall): RhaiValue {
  const characters = all(call);
  const count = call.args.length === 0 ? 1 : countArgument(call, 0, characters.length);
  const at = Math.max(0, characters.length - count);
  replaced(call, characters.slice(0, at).join(''));
  const taken = characters.slice(at).join('');
  if (call.args.length > 0) return taken;
  return taken === '' ? null : new RhaiChar(taken);
}

function pad(call: RhaiCall): null {
  const text = textOf(call);
  const missing = integerArgument(call, 0) - BigInt(textLength(text));
  const filling = textArgument(call, 1);
  if (missing <= 0n || filling === '') return null;
  const size = BigInt(textLength(filling));
  const [whole, rest] = [Number(missing / size), Number(missing % size)];
  call.run.budget.allocate((whole + 1) * filling.length);
  return replaced(call, text + filling.repeat(whole) + [...characters(filling)].slice(0, rest).join(''));
}

function characterAt(call: RhaiCall): RhaiChar | undefined {
  const characters = all(call);
  const text = characters[fromEnd(integerArgument(call, 0), characters.length)];
  return text === undefined ? undefined : new RhaiChar(text);
}

function setCharacter(call: RhaiCall): null {
  const characters = all(call);
  const at = fromEnd(integerArgument(call, 0), characters.length);
  return at in characters ? replaced(call, characters.with(at, textArgument(call, 1)).join('')) : null;
}

function fromEnd(index: bigint, length: number): number {
  return Number(index < 0n ? index + BigInt(length) : index);
}

function listOf({ run }: RhaiCall, texts: readonly string[], make: (text: string) => RhaiValue = (text) => text): RhaiArray {
  run.budget.spendSteps(texts.length);
  run.budget.allocate(texts.length * 16);
  return new RhaiArray(texts.map(make));
}

function split(call: RhaiCall): RhaiArray {
  const text = textOf(call);
  const [by] = call.args;
  if (by === undefined)
    return listOf(
      call,
      text.split(/\s+/).filter((part) => part !== ''),
    );
  if (typeof by === 'bigint') {
    const characters = all(call);
    const at = clamped(by, characters.length);
    return listOf(call, [characters.slice(0, at).join(''), characters.slice(at).join('')]);
  }
  const mark = textArgument(call, 0);
  call.run.budget.spendSteps(text.length);
  const pieces = mark === '' ? ['', ...characters(text), ''] : text.split(mark);
  const most = mostPieces(call, pieces.length);
  return listOf(call, most >= pieces.length ? pieces : [...pieces.slice(0, most - 1), pieces.slice(most - 1).join(mark)]);
}

function splitReversed(call: RhaiCall): RhaiArray {
  if (call.args.length === 0) return new RhaiArray(split(call).items.reverse());
  const mark = textArgument(call, 0);
  const text = textOf(call);
  call.run.budget.spendSteps(text.length);
  const pieces = text.split(mark).reverse();
  const most = mostPieces(call, pieces.length);
  const rest = pieces
    .slice(most - 1)
    .reverse()
    .join(mark);
  return listOf(call, most >= pieces.length ? pieces : [...pieces.slice(0, most - 1), rest]);
}

function mostPieces(call: RhaiCall, length: number): number {
  if (call.args.length < 2) return length;
  return Math.max(1, countArgument(call, 1, length));
}

function parseInteger(call: RhaiCall): bigint {
  const text = textOf(call).trim();
  const radix = call.args.length === 0 ? 10n : integerArgument(call, 0);
  if (radix < 2n || radix > 36n) return failScript('a base is between 2 and 36');
  const digits = text.replace(/^[+-]/, '').toLowerCase();
  const values = [...digits.slice(0, 65)].map((digit) => (/[0-9a-z]/.test(digit) ? Number.parseInt(digit, 36) : 99));
  if (digits === '' || digits.length > 64 || values.some((value) => value >= Number(radix)))
    return failScript(`${JSON.stringify(text.slice(0, 50))} is no whole number`);
  const value = values.reduce((sum, digit) => sum * radix + BigInt(digit), 0n);
  return checkedInteger(text.startsWith('-') ? -value : value);
}

function parseFloatingPoint(call: RhaiCall): RhaiFloat {
  const text = textOf(call).trim();
  return text.length <= 100 && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)
    ? new RhaiFloat(Number(text))
    : failScript(`${JSON.stringify(text.slice(0, 50))} is no number`);
}

/** What a range has. */
export const RANGE_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('start', ({ self }) => (self instanceof RhaiRange ? self.start : 0n)),
  builtin('end', ({ self }) => (self instanceof RhaiRange ? self.last : 0n)),
  builtin('is_inclusive', ({ self }) => self instanceof RhaiRange && self.isInclusive),
  builtin('is_exclusive', ({ self }) => self instanceof RhaiRange && !self.isInclusive),
  builtin('is_empty', ({ self }) => self instanceof RhaiRange && self.start >= self.end),
  builtin('contains', ({ self, args: [item] }) => self instanceof RhaiRange && typeof item === 'bigint' && isInRange(item, self), 1),
]);
