import { bindArguments, integerArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toItems } from '../iterate.ts';
import { integerOf, makeInteger } from '../numbers.ts';
import { toText } from '../python-repr.ts';
import { type JinjaFilter, JinjaObject, JinjaUndefined, type JinjaValue, type Runtime, truth } from '../values.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const MAX_LENGTH = 100_000;

/**
 * Functions that other tools take from chance: `random_ascii_string(length, numbers=False, punctuation=False)` and `uuid4()`. Here each call of each template
 * gives a value of its own that depends on the seed, the template and how many calls came before it: rendering again gives the same.
 */
export function randomFunctions(seed: string, runtime: Runtime, template: string): readonly (readonly [string, JinjaValue])[] {
  let calls = 0;
  const bytes = (): Generator<number> => bytesOf(`${seed}\n${template}\n${++calls}`, runtime);
  const text = new JinjaObject('function', {
    call: (args) => {
      const [length, numbers, punctuation] = bindArguments('"random_ascii_string"', args, ['length', 'numbers', 'punctuation'], 1);
      const further = [isOn(numbers) ? DIGITS : '', isOn(punctuation) ? PUNCTUATION : ''];
      const corpus = LETTERS + further.join('');
      const wanted = integerArgument(length, 'length');
      if (wanted > MAX_LENGTH) fail(`a random text has at most ${MAX_LENGTH} characters`);
      runtime.budget.spendSteps(Math.max(0, wanted));
      runtime.budget.allocate(Math.max(0, wanted));
      return pick(bytes(), corpus, wanted);
    },
  });
  const uuid = new JinjaObject('function', {
    call: (args) => {
      bindArguments('"uuid4"', args, []);
      return uuidOf(bytes());
    },
  });
  return [
    ['random_ascii_string', text],
    ['uuid4', uuid],
  ];
}

function isOn(value: JinjaValue | undefined): boolean {
  return value !== undefined && truth(value);
}

/** How many values each render of a template took from chance so far, and what it is called. */
export interface ChanceFacts<User = Runtime> {
  readonly seed: string;
  readonly templateOf: (user: User) => string;
}

/** The filter `random`, which is Python's `random.choice`: each use gives what depends on the seed, the template, and how many came before it there. */
export function randomFilter(facts: ChanceFacts): [string, JinjaFilter] {
  const choose = chooser(facts);
  return filter('random', '', (value, _args, runtime) => {
    const items = toItems(value, runtime.budget);
    if (items.length === 0) return new JinjaUndefined('an empty sequence has no random item', runtime.undefinedBehavior);
    return items[Number(choose('|random', BigInt(items.length), runtime))] ?? null;
  });
}

/** What Ansible has of chance: `ans_random`, a number below another one or an item, and `shuffle`. What a seed of Python would give is refused. */
export function ansibleRandomFilters(facts: ChanceFacts): [string, JinjaFilter][] {
  const choose = chooser(facts);
  return [
    filter('ans_random', 'start step seed', (value, [start, step, seed], runtime) => {
      refuseSeed(seed);
      const end = integerOf(value);
      const items = end === undefined ? toItems(value, runtime.budget) : undefined;
      if (items?.length === 0) fail('an empty sequence has no random item');
      if (items !== undefined) return items[Number(choose('|ans_random', BigInt(items.length), runtime))] ?? null;
      const [first, by] = [bigArgument(start, 'start', 0n), bigArgument(step, 'step', 1n)];
      const count = by === 0n ? 0n : (BigInt(end ?? 0) - first + by - (by > 0n ? 1n : -1n)) / by;
      if (count <= 0n) fail('there is no number in that range');
      return makeInteger(first + by * choose('|ans_random', count, runtime));
    }),
    filter('random_mac', 'seed', (value, [seed], runtime) => {
      refuseSeed(seed);
      const given = toText(value, runtime.budget).toLowerCase();
      const items = given.split(':');
      if (items.length > 5 || !items.every((item) => /^[0-9a-f]{2}$/.test(item))) fail('it is not the beginning of a MAC address');
      const digits = (0x10_0000_0000n + choose('|random_mac', 0xf0_0000_0000n, runtime)).toString(16).slice(0, 2 * (6 - items.length));
      return given + digits.replace(/../g, ':$&');
    }),
    filter('shuffle', 'seed', (value, [seed], runtime) => {
      refuseSeed(seed);
      const items = [...toItems(value, runtime.budget)];
      for (let last = items.length - 1; last > 0; last--) {
        runtime.budget.spendSteps(1);
        const other = Number(choose('|shuffle', BigInt(last + 1), runtime));
        [items[last], items[other]] = [items[other] ?? null, items[last] ?? null];
      }
      return items;
    }),
  ];
}

function refuseSeed(seed: JinjaValue | undefined): void {
  if (seed !== undefined && seed !== null) fail('"seed" is not supported: it gives what only Python gives');
}

function bigArgument(value: JinjaValue | undefined, name: string, fallback: bigint): bigint {
  return value === undefined || value === null ? fallback : BigInt(integerOf(value) ?? fail(`"${name}" must be an int`));
}

/** Gives a whole number below another one, another for each use. */
export function chooser<User extends Partial<Pick<Runtime, 'hash'>>>({
  seed,
  templateOf,
}: ChanceFacts<User>): (what: string, below: bigint, user: User) => bigint {
  const calls = new WeakMap<User, number>();
  return (what, below, runtime) => {
    const call = (calls.get(runtime) ?? 0) + 1;
    calls.set(runtime, call);
    const bytes = bytesOf(`${seed}\n${what}\n${templateOf(runtime)}\n${call}\n${below}`, runtime);
    // As many bytes more than the number has make every value as likely.
    const length = Math.max(16, 8 + Math.ceil(below.toString(16).length / 2));
    let number = 0n;
    for (let count = 0; count < length; count++) number = number * 256n + BigInt(Number(bytes.next().value));
    return number % below;
  };
}

function* bytesOf(seed: string, runtime: Partial<Pick<Runtime, 'hash'>>): Generator<number> {
  for (let block = 0; ; block++) {
    const hex = (runtime.hash ?? fail('random values are not available here'))(`${seed}\n${block}`);
    for (let at = 0; at < hex.length; at += 2) yield Number.parseInt(hex.slice(at, at + 2), 16);
  }
}

/** Every character of the corpus is as likely as any other: bytes beyond its last whole multiple are left out. */
function pick(bytes: Generator<number>, corpus: string, length: number): string {
  const limit = 256 - (256 % corpus.length);
  let result = '';
  while (result.length < length) {
    const byte = Number(bytes.next().value);
    if (byte < limit) result += corpus[byte % corpus.length];
  }
  return result;
}

/** RFC 9562, version 4. */
function uuidOf(bytes: Generator<number>): string {
  const octets = Array.from({ length: 16 }, () => Number(bytes.next().value));
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  const hex = octets.map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
