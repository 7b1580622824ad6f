import { comparePythonVersions, type PythonVersion, parsePythonVersion } from './python-versions.ts';

interface Bound {
  readonly version: PythonVersion;
  readonly isClosed: boolean;
}

interface Specifier {
  /** As written, without white space. */
  readonly text: string;
  readonly operator: string;
  readonly low?: Bound;
  readonly high?: Bound;
}

/**
 * Joins two sets of PEP 440 specifiers (`>=1.4,<2`) into one that both accept, without those that others imply; the text of one side when it
 * says all. `undefined` when no version can satisfy both, or when one is not a set of specifiers. The empty set accepts everything.
 */
export function joinPythonSpecifiers(ours: string, theirs: string): string | undefined {
  const a = parseSpecifiers(ours);
  const b = parseSpecifiers(theirs);
  if (a === undefined || b === undefined) return undefined;
  const all = [...new Map([...a, ...b].map((specifier) => [specifier.text, specifier])).values()];
  if (isEmpty(all)) return undefined;
  const needed = all.filter((specifier, index) => !all.some((other, at) => at !== index && implies(other, specifier, at < index)));
  const isAll = (side: readonly Specifier[]): boolean =>
    needed.length === side.length && needed.every((specifier) => side.some((own) => own.text === specifier.text));
  if (isAll(a)) return ours;
  return isAll(b) ? theirs : needed.map((specifier) => specifier.text).join(',');
}

function parseSpecifiers(text: string): Specifier[] | undefined {
  const specifiers: Specifier[] = [];
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const specifier = parseSpecifier(part.trim());
    if (specifier === undefined) return undefined;
    specifiers.push(specifier);
  }
  return specifiers;
}

function parseSpecifier(text: string): Specifier | undefined {
  const [, operator = '', written = ''] = /^(~=|===?|!=|<=|>=|<|>)\s*(\S{1,100})$/.exec(text) ?? [];
  if (operator === '') return undefined;
  const head = { text: operator + written, operator };
  const isPrefix = written.endsWith('.*');
  const version = parsePythonVersion(isPrefix ? written.slice(0, -2) : written);
  if (version === undefined) return operator === '===' ? head : undefined;
  const closed: Bound = { version, isClosed: true };
  switch (operator) {
    case '>=':
    case '>':
      return { ...head, low: { version, isClosed: operator === '>=' } };
    case '<=':
    case '<':
      return { ...head, high: { version, isClosed: operator === '<=' } };
    case '==':
      return isPrefix ? { ...head, low: closed, high: behindPrefix(written.slice(0, -2)) } : { ...head, low: closed, high: closed };
    case '~=':
      return /^[^.]*$/.test(written)
        ? undefined
        : { ...head, low: closed, high: behindPrefix(releaseOf(written).split('.').slice(0, -1).join('.')) };
    default:
      return head;
  }
}

const releaseOf = (version: string): string => /^v?(?:\d+!)?\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;

/** The first version behind all that begin with a prefix: its last number one higher. */
function behindPrefix(prefix: string): Bound {
  const [, head = '', last = '0'] = /^(.*?)(\d+)$/.exec(prefix) ?? [];
  const next = `${head}${Number(last) + 1}`;
  return { version: parsePythonVersion(next) ?? [], isClosed: false };
}

/** Whether nothing lies between the bounds; specifiers that only exclude are not looked at. */
function isEmpty(specifiers: readonly Specifier[]): boolean {
  return specifiers.some(({ low }) => low !== undefined && specifiers.some(({ high }) => high !== undefined && isBehind(low, high)));
}

function isBehind(low: Bound, high: Bound): boolean {
  const order = comparePythonVersions(low.version, high.version);
  return order > 0 || (order === 0 && !(low.isClosed && high.isClosed));
}

/** Whether all that satisfies one specifier satisfies the other; of two that say the same, the first is kept. */
function implies(one: Specifier, other: Specifier, isFirst: boolean): boolean {
  if (other.low === undefined && other.high === undefined) return false;
  const low = other.low === undefined || (one.low !== undefined && isAtLeast(one.low, other.low));
  const high = other.high === undefined || (one.high !== undefined && isAtMost(one.high, other.high));
  if (!low || !high) return false;
  const isMutual =
    (one.low === undefined || (other.low !== undefined && isAtLeast(other.low, one.low))) &&
    (one.high === undefined || (other.high !== undefined && isAtMost(other.high, one.high)));
  return !isMutual || isFirst;
}

function isAtLeast(a: Bound, b: Bound): boolean {
  const order = comparePythonVersions(a.version, b.version);
  return order > 0 || (order === 0 && (b.isClosed || !a.isClosed));
}

function isAtMost(a: Bound, b: Bound): boolean {
  const order = comparePythonVersions(a.version, b.version);
  return order < 0 || (order === 0 && (b.isClosed || !a.isClosed));
}
