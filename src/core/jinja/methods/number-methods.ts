import { bindArguments } from '../arguments.ts';
import { fail } from '../fault.ts';
import { type Integer, integerOf, makeFloat, makeInteger, numberOf } from '../numbers.ts';
import { type CallArguments, JinjaTuple, type JinjaValue } from '../values.ts';

type Method = (args: CallArguments) => JinjaValue;

/** Methods without arguments, by name. */
type Methods<T> = ReadonlyMap<string, (value: T) => JinjaValue>;

/** A method of a number; undefined when there is none of that name. */
export function numberMethod(value: JinjaValue, name: string): Method | undefined {
  const integer = integerOf(value);
  const number = numberOf(value);
  if (number === undefined) return undefined;
  return integer === undefined ? methodOf(number, FLOAT_METHODS, name) : methodOf(integer, INTEGER_METHODS, name);
}

function methodOf<T>(value: T, methods: Methods<T>, name: string): Method | undefined {
  const run = methods.get(name);
  if (run === undefined) return undefined;
  return (args) => {
    bindArguments(`the method "${name}"`, args, []);
    return run(value);
  };
}

/** An attribute of a number that is none of its methods. */
export function numberAttribute(value: JinjaValue, name: string): JinjaValue | undefined {
  const integer = integerOf(value);
  const number = numberOf(value);
  if (number === undefined) return undefined;
  if (name === 'real') return integer ?? makeFloat(number);
  if (name === 'imag') return integer === undefined ? makeFloat(0) : 0;
  if (integer === undefined) return undefined;
  return name === 'numerator' ? integer : name === 'denominator' ? 1 : undefined;
}

const INTEGER_METHODS: Methods<Integer> = new Map<string, (value: Integer) => JinjaValue>([
  ['bit_length', (value) => (Number(value) === 0 ? 0 : binary(value).length)],
  ['bit_count', (value) => binary(value).replaceAll('0', '').length],
  ['conjugate', (value) => value],
  ['as_integer_ratio', (value) => new JinjaTuple([value, 1])],
]);

const FLOAT_METHODS: Methods<number> = new Map<string, (value: number) => JinjaValue>([
  ['is_integer', (value) => Number.isInteger(value)],
  ['conjugate', (value) => makeFloat(value)],
  ['as_integer_ratio', (value) => ratio(value)],
]);

function binary(value: Integer): string {
  const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
  return size.toString(2);
}

/** The two ints without a common divisor that a float is the quotient of. */
function ratio(value: number): JinjaTuple {
  if (!Number.isFinite(value)) fail('infinity and what is no number are no quotients');
  let top = value;
  let halvings = 0;
  for (; !Number.isInteger(top); halvings++) top *= 2;
  return new JinjaTuple([makeInteger(BigInt(top)), makeInteger(1n << BigInt(halvings))]);
}
