import { failScript } from '../rhai-fault.ts';
import type { RhaiCall } from '../rhai-run.ts';
import { plainText, RhaiArray, RhaiFunction, RhaiRange, type RhaiValue, typeOf } from '../values.ts';

/** The text or character at a place among the arguments. */
export function textArgument({ args }: RhaiCall, at: number): string {
  return plainText(args[at]) ?? failArgument('a text', args[at]);
}

export function integerArgument({ args }: RhaiCall, at: number): bigint {
  const value = args[at];
  return typeof value === 'bigint' ? value : failArgument('a whole number', value);
}

/** The function at a place, also by its name. */
export function functionArgument({ args }: RhaiCall, at: number): RhaiFunction {
  const value = args[at];
  if (typeof value === 'string') return new RhaiFunction(value);
  return value instanceof RhaiFunction ? value : failArgument('a function', value);
}

export function listArgument({ args }: RhaiCall, at: number): RhaiArray {
  const value = args[at];
  return value instanceof RhaiArray ? value : failArgument('a list', value);
}

/** The part of something that is named by a range, or by where it begins and how long it is. */
export function sectionArgument(call: RhaiCall, length: number): readonly [start: number, end: number] {
  const [first] = call.args;
  if (first instanceof RhaiRange) {
    // Unlike a number, a range has nothing from the end.
    const start = within(first.start, length);
    return [start, Math.max(start, within(first.end, length))];
  }
  const from = integerArgument(call, 0);
  const start = within(from < 0n ? from + BigInt(length) : from, length);
  const size = call.args.length > 1 ? integerArgument(call, 1) : BigInt(length);
  return [start, within(BigInt(start) + (size < 0n ? 0n : size), length)];
}

/** How many are to be left of something; never less than none. */
export function countArgument(call: RhaiCall, at: number, length: number): number {
  return within(integerArgument(call, at), length);
}

function within(at: bigint, length: number): number {
  return at < 0n ? 0 : at > BigInt(length) ? length : Number(at);
}

function failArgument(expected: string, value: RhaiValue | undefined): never {
  return failScript(`${expected} is expected, and not ${value === undefined ? 'nothing' : typeOf(value)}`);
}
