import { checkedInteger, orderOf } from '../operators.ts';
import { failScript } from '../rhai-fault.ts';
import { builtin, type RhaiBuiltin, type RhaiCall } from '../rhai-run.ts';
import { leave } from '../statements.ts';
import { numberOf, RhaiFloat, RhaiFunction, RhaiRange, type RhaiValue, toDebugText, toText, typeOf } from '../values.ts';
import { integerArgument } from './arguments.ts';

/** What every value has. */
export const GENERAL_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('print', ({ self, run }) => printed(toText(self, run.budget), run), -1, 0),
  builtin('debug', ({ self, run }) => printed(toDebugText(self, run.budget), run), -1, 0),
  builtin('type_of', ({ self }) => typeOf(self)),
  builtin('to_string', ({ self, run }) => toText(self, run.budget)),
  builtin('to_debug', ({ self, run }) => toDebugText(self, run.budget)),
  builtin('exit', ({ self, run }) => leave('exit', self, run), -1, 0),
  builtin('range', range, 1, 2),
  builtin('min', (call) => nearer(call, -1), 1),
  builtin('max', (call) => nearer(call, 1), 1),
  builtin('Fn', ({ self }) => (typeof self === 'string' ? new RhaiFunction(self) : failScript('the name of a function is expected'))),
  builtin('is_def_fn', (call) => typeof call.self === 'string' && call.run.isDefined(call.self, Number(integerArgument(call, 0))), 1),
  builtin('tag', () => 0n),
]);

function printed(text: string, { host, budget }: RhaiCall['run']): null {
  budget.spendOutput(text.length + 1);
  host.print(text);
  return null;
}

function range(call: RhaiCall): RhaiRange {
  const { self } = call;
  if (self instanceof RhaiRange) return stepped(self.start, self.end, integerArgument(call, 0));
  if (typeof self !== 'bigint') return failScript('a range goes from one whole number to another');
  return stepped(self, integerArgument(call, 0), call.args.length > 1 ? integerArgument(call, 1) : 1n);
}

function stepped(start: bigint, end: bigint, step: bigint): RhaiRange {
  return step === 0n ? failScript('a range has no step of zero') : new RhaiRange(start, end, { step });
}

function nearer({ self, args: [other = null], run }: RhaiCall, sign: number): RhaiValue {
  const order = orderOf(self, other, run.budget) ?? failScript(`${typeOf(self)} and ${typeOf(other)} have no order`);
  const found = order * sign >= 0 ? self : other;
  // A whole number beside one with decimals becomes such a one.
  const isMixed = self instanceof RhaiFloat !== other instanceof RhaiFloat;
  return isMixed ? float(found, (value) => value) : found;
}

/** What numbers have. */
export const NUMBER_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('abs', ({ self }) => (typeof self === 'bigint' ? checkedInteger(self < 0n ? -self : self) : float(self, Math.abs))),
  builtin('sign', ({ self }) => BigInt(Math.sign(numberOf(self) ?? 0) || 0)),
  builtin('is_zero', ({ self }) => numberOf(self) === 0),
  builtin('is_odd', ({ self }) => typeof self === 'bigint' && self % 2n !== 0n),
  builtin('is_even', ({ self }) => typeof self === 'bigint' && self % 2n === 0n),
  builtin('to_float', ({ self }) => float(self, (value) => value)),
  builtin('to_int', ({ self }) => whole(self)),
  builtin('floor', ({ self }) => (typeof self === 'bigint' ? self : float(self, Math.floor))),
  builtin('ceiling', ({ self }) => (typeof self === 'bigint' ? self : float(self, Math.ceil))),
  builtin('round', ({ self }) =>
    typeof self === 'bigint' ? self : float(self, (value) => Math.sign(value) * Math.round(Math.abs(value))),
  ),
  builtin('int', ({ self }) => (typeof self === 'bigint' ? self : float(self, Math.trunc))),
  builtin('fraction', ({ self }) => float(self, (value) => value % 1)),
  builtin('is_nan', ({ self }) => Number.isNaN(numberOf(self))),
  builtin('is_finite', ({ self }) => Number.isFinite(numberOf(self))),
  builtin('is_infinite', ({ self }) => Math.abs(numberOf(self) ?? 0) === Number.POSITIVE_INFINITY),
  builtin('sqrt', ({ self }) => float(self, Math.sqrt)),
  builtin('to_hex', ({ self }) => digits(self, 16)),
  builtin('to_octal', ({ self }) => digits(self, 8)),
  builtin('to_binary', ({ self }) => digits(self, 2)),
]);

function float(self: RhaiValue, change: (value: number) => number): RhaiFloat {
  return new RhaiFloat(change(numberOf(self) ?? 0));
}

function whole(self: RhaiValue): bigint {
  if (typeof self === 'bigint') return self;
  const value = Math.trunc(numberOf(self) ?? 0);
  return Number.isFinite(value) ? checkedInteger(BigInt(value)) : failScript('the number is none that is whole');
}

function digits(self: RhaiValue, radix: number): string {
  return BigInt.asUintN(64, whole(self)).toString(radix);
}

/** What functions have as values. */
export const FUNCTION_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('name', ({ self }) => (self instanceof RhaiFunction ? self.name : '')),
  builtin('is_anonymous', ({ self }) => self instanceof RhaiFunction && self.closure !== undefined),
  builtin('call', ({ self, args, run }) => (self instanceof RhaiFunction ? run.invoke(self, args) : null), 0, 20),
  builtin('curry', curry, 0, 20),
]);

function curry({ self, args, run: { budget } }: RhaiCall): RhaiFunction | null {
  if (!(self instanceof RhaiFunction)) return null;
  budget.spendSteps(self.curried.length);
  budget.allocate((self.curried.length + args.length) * 8);
  return new RhaiFunction(self.name, self.closure, [...self.curried, ...args]);
}

/** What would run text as a script, or look at the clock: there is none of it. */
export const MISSING_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['eval', 'write the script itself in the place of the text'],
  ['timestamp', 'take it out: a project is the same whenever it is made'],
  ['sleep', 'take it out'],
  ['blob', 'use a text or a list'],
  ['parse_json', 'write an object map: #{ name: value }'],
]);
