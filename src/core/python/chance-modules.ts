import { integerArgument } from '../jinja/arguments.ts';
import { isLess } from '../jinja/compare.ts';
import { fail } from '../jinja/fault.ts';
import { integerOf, makeFloat, makeInteger } from '../jinja/numbers.ts';
import { isList, JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { itemsOf } from './access.ts';
import { callable } from './callable.ts';
import type { Machine, ModuleFacts } from './machine.ts';
import { PythonRefusal, raise } from './python-fault.ts';

type Members = ReadonlyMap<string, JinjaValue>;

const MAX_COUNT = 100_000;
const CHOICE_STEPS = 20;

const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX = '0123456789abcdef';

function wholeNumber(value: JinjaValue | undefined, name: string): bigint {
  return BigInt(integerOf(value) ?? fail(`"${name}" must be an int`));
}

/** What takes from chance, as the template language has it: another value for each use, and the same when a template is rendered again. */
class Chance {
  private readonly run: Machine;
  private readonly facts: ModuleFacts;

  constructor(run: Machine, facts: ModuleFacts) {
    this.run = run;
    this.facts = facts;
  }

  private choose(below: bigint): bigint {
    // Chance is a digest, which is as long as the number.
    this.run.runtime.budget.spendSteps(CHOICE_STEPS + below.toString(16).length);
    return this.facts.choose(below, this.run.caller);
  }

  below(count: number): number {
    return Number(this.choose(BigInt(count)));
  }

  between(first: JinjaValue | undefined, last: JinjaValue | undefined): JinjaValue {
    const [low, high] = [wholeNumber(first, 'a'), wholeNumber(last, 'b')];
    if (high < low) raise('ValueError', 'empty range for randint');
    return makeInteger(low + this.choose(high - low + 1n));
  }

  items(value: JinjaValue | undefined): readonly JinjaValue[] {
    const items = itemsOf(value ?? [], this.run);
    return items.length === 0 ? raise('IndexError', 'Cannot choose from an empty sequence') : items;
  }

  one(items: readonly JinjaValue[]): JinjaValue {
    return items[this.below(items.length)] ?? null;
  }

  /** So many characters of an alphabet. */
  text(alphabet: string, count: number): string {
    return this.times(count, () => alphabet[this.below(alphabet.length)] ?? '').join('');
  }

  times<T>(count: number, make: () => T): T[] {
    if (count > MAX_COUNT) throw new PythonRefusal(`at most ${MAX_COUNT} random values are made at once`);
    this.run.runtime.budget.spendSteps(Math.max(count, 0));
    this.run.runtime.budget.allocate(Math.max(count, 0) * 8);
    return Array.from({ length: Math.max(count, 0) }, make);
  }

  /** Some items, each once, in another order. */
  sample(items: readonly JinjaValue[], count: number): JinjaValue[] {
    if (count > items.length) raise('ValueError', 'Sample larger than population or is negative');
    const left = [...items];
    return this.times(count, () => {
      this.run.runtime.budget.spendSteps(left.length >> 10);
      return left.splice(this.below(left.length), 1)[0] ?? null;
    });
  }
}

/** `random`. */
export function randomModule(run: Machine, facts: ModuleFacts): Members {
  const chance = new Chance(run, facts);
  const count = (value: JinjaValue | undefined, fallback: number): number => (value === undefined ? fallback : integerArgument(value, 'k'));
  const members = new Map<string, JinjaValue>([
    ['randint', callable(({ positional: [first, last] }) => chance.between(first, last))],
    ['random', callable(() => makeFloat(chance.below(2 ** 53) / 2 ** 53))],
    ['choice', callable(({ positional: [seq] }) => chance.one(chance.items(seq)))],
    [
      'choices',
      callable(({ positional: [population], named }) => {
        if (named.has('weights') || named.has('cum_weights')) throw new PythonRefusal('choices with weights are not read');
        const items = chance.items(population);
        return chance.times(count(named.get('k'), 1), () => chance.one(items));
      }),
    ],
    [
      'sample',
      callable(({ positional: [population, k], named }) => chance.sample(itemsOf(population ?? [], run), count(k ?? named.get('k'), 0))),
    ],
    ['shuffle', callable(({ positional: [list = null] }) => shuffle(list, chance))],
    [
      'seed',
      callable(() => {
        throw new PythonRefusal('what a seed gives, only Python gives');
      }),
    ],
  ]);
  return new Map([...members, ['SystemRandom', callable(() => new JinjaObject('SystemRandom', { get: (name) => members.get(name) }))]]);
}

function shuffle(list: JinjaValue, chance: Chance): JinjaValue {
  if (isList(list)) (list as JinjaValue[]).splice(0, list.length, ...chance.sample(list, list.length));
  return null;
}

/** `secrets`: nothing that comes of a template is one. */
export function secretsModule(run: Machine, facts: ModuleFacts): Members {
  const chance = new Chance(run, facts);
  const bytes = (value: JinjaValue | undefined): number => (value === undefined || value === null ? 32 : integerArgument(value, 'nbytes'));
  return new Map<string, JinjaValue>([
    ['choice', callable(({ positional: [seq] }) => chance.one(chance.items(seq)))],
    [
      'randbelow',
      callable(({ positional: [end = 0] }) =>
        isLess(0, end, run.runtime.budget)
          ? chance.between(0, makeInteger(wholeNumber(end, 'n') - 1n))
          : raise('ValueError', 'Upper bound must be positive.'),
      ),
    ],
    ['token_hex', callable(({ positional: [length] }) => chance.text(HEX, bytes(length) * 2))],
    ['token_urlsafe', callable(({ positional: [length] }) => chance.text(URL_SAFE, Math.ceil((bytes(length) * 4) / 3)))],
    ['SystemRandom', randomModule(run, facts).get('SystemRandom') ?? null],
  ]);
}

/** `uuid`, of which only version 4 is there. */
export function uuidModule(run: Machine, facts: ModuleFacts): Members {
  const chance = new Chance(run, facts);
  const uuid4 = callable(() => {
    const hex = `${chance.text(HEX, 12)}4${chance.text(HEX, 3)}${chance.text('89ab', 1)}${chance.text(HEX, 15)}`;
    const text = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    return new JinjaObject('UUID', { get: (name) => (name === 'hex' ? hex : undefined), print: () => text });
  });
  return new Map([['uuid4', uuid4]]);
}
