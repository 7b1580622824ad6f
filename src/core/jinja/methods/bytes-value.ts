import { bindArguments } from '../arguments.ts';
import type { Budget } from '../budget.ts';
import { JinjaObject, type JinjaValue } from '../values.ts';
import { decodeBytes } from './encodings.ts';

/** The bytes that `str.encode` gives, which are there to be decoded again, as templates do to leave out what is not ASCII. */
export function bytesValue(bytes: Uint8Array, budget: Budget): JinjaObject {
  const decode = method('decode', ['encoding', 'errors'], ([encoding, errors]) => decodeBytes(bytes, { encoding, errors }, budget));
  const methods: ReadonlyMap<string, JinjaObject> = new Map([
    ['decode', decode],
    ['hex', method('hex', [], () => hexText(bytes, budget))],
  ]);
  return new JinjaObject('bytes', { get: (name) => methods.get(name), names: () => methods.keys(), print: () => repr(bytes, budget) });
}

function method(name: string, parameters: readonly string[], run: (args: readonly (JinjaValue | undefined)[]) => JinjaValue): JinjaObject {
  return new JinjaObject('method', { call: (args) => run(bindArguments(`the method "${name}"`, args, parameters)) });
}

function hexText(bytes: Uint8Array, budget: Budget): string {
  budget.spendSteps(bytes.length);
  budget.allocate(bytes.length * 2);
  return Array.from(bytes, hexOf).join('');
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function repr(bytes: Uint8Array, budget: Budget): string {
  budget.spendSteps(bytes.length);
  budget.allocate(bytes.length * 4);
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const shown = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === quote || character === '\\') return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : (NAMED[character] ?? `\\x${hexOf(byte)}`);
  });
  return `b${quote}${shown.join('')}${quote}`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
