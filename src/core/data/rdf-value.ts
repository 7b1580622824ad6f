import { literal, namedNode, type RdfTerm, XSD_BOOLEAN, XSD_DECIMAL, XSD_INTEGER } from '../metadata/rdf.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { compareText } from '../text/compare-text.ts';

/** Solutions of a query as an engine gives them. */
export interface Solutions {
  readonly variables: readonly string[];
  readonly rows: readonly (readonly (RdfTerm | undefined)[])[];
}

/**
 * The rows that templates see: a map for each solution, with the value of every variable, `none` where it is not bound, and the tag of a text that has
 * a language under `NAME@lang`, which no variable can be called. Unless the query gives an order, rows are sorted by the code units of their terms,
 * so that the same data gives the same files.
 */
export function toQueryRows({ variables, rows }: Solutions, isOrdered: boolean): ValueMap[] {
  const keyed = rows.map((row) => ({ row, key: row.map(termKey).join('\u0000') }));
  if (!isOrdered) keyed.sort((a, b) => compareText(a.key, b.key));
  return keyed.map(({ row }) => new Map(variables.flatMap((variable, index) => cellsOf(variable, row[index]))));
}

/**
 * Rows by the value of one of their variables, as text; in the order of the first row of each group. Rows in which it is not bound are left out.
 * One look-up takes the place of a search through all rows for each of many files.
 */
export function groupRows(rows: readonly ValueMap[], variable: string): ReadonlyMap<string, Value> {
  const groups = new Map<string, ValueMap[]>();
  for (const row of rows) {
    const value = row.get(variable) ?? null;
    if (value === null || typeof value === 'object') continue;
    const group = groups.get(String(value));
    if (group === undefined) groups.set(String(value), [row]);
    else group.push(row);
  }
  return groups;
}

function cellsOf(variable: string, term: RdfTerm | undefined): [string, Value][] {
  const cell: [string, Value] = [variable, term === undefined ? null : toValue(term)];
  return term?.kind === 'literal' && term.language !== undefined ? [cell, [`${variable}@lang`, term.language]] : [cell];
}

/** A term as plain data: IRIs as text, blank nodes as `_:label`, numbers and booleans where a literal is one, other literals as their text. */
export function toValue(term: RdfTerm): Value {
  switch (term.kind) {
    case 'iri':
      return term.value;
    case 'blank':
      return `_:${term.value}`;
    case 'literal':
      return LITERALS.get(term.datatype)?.(term.value) ?? term.value;
    case 'triple':
      return [term.subject, term.predicate, term.object].map(toValue);
    default:
      return term satisfies never;
  }
}

const XSD = 'http://www.w3.org/2001/XMLSchema#';
const XSD_DOUBLE = `${XSD}double`;
const INTEGERS =
  'integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte';

/** What is not of the form that its datatype asks for stays text. */
const LITERALS: ReadonlyMap<string, (text: string) => Value | undefined> = new Map([
  ...INTEGERS.split(' ').map((name) => [`${XSD}${name}`, readInteger] as const),
  [XSD_DECIMAL, readNumber],
  [XSD_DOUBLE, readNumber],
  [`${XSD}float`, readNumber],
  [XSD_BOOLEAN, (text: string) => (text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined)],
]);

function readInteger(text: string): Value | undefined {
  if (!/^[+-]?\d{1,1000}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text.replace(/^\+/, ''));
}

function readNumber(text: string): Value | undefined {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function termKey(term: RdfTerm | undefined): string {
  if (term === undefined) return '';
  if (term.kind === 'triple') return `<<${termKey(term.subject)} ${termKey(term.predicate)} ${termKey(term.object)}>>`;
  const detail = term.kind === 'literal' ? `\u0001${term.datatype}\u0001${term.language ?? ''}` : '';
  return `${term.value}\u0001${term.kind}${detail}`;
}

/** The term that a plain value is bound as; `undefined` for what is none: a list, a map, a number that is not finite. `none` has no term either: the parameter stays unbound. */
export function toTerm(value: Value, kind: 'literal' | 'iri'): RdfTerm | undefined {
  if (kind === 'iri') return typeof value === 'string' ? namedNode(value) : undefined;
  if (typeof value === 'string') return literal(value);
  if (typeof value === 'boolean') return literal(String(value), XSD_BOOLEAN);
  if (typeof value === 'bigint') return literal(String(value), XSD_INTEGER);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Number.isInteger(value) ? literal(BigInt(value).toString(), XSD_INTEGER) : literal(String(value), XSD_DOUBLE);
}

/** A term for people: a prefix-free form of Turtle on one line. */
export function showTerm(term: RdfTerm): string {
  switch (term.kind) {
    case 'iri':
      return `<${term.value}>`;
    case 'blank':
      return `_:${term.value}`;
    case 'literal':
      return `${JSON.stringify(term.value)}${term.language === undefined ? '' : `@${term.language}`}`;
    case 'triple':
      return `<<( ${showTerm(term.subject)} ${showTerm(term.predicate)} ${showTerm(term.object)} )>>`;
    default:
      return term satisfies never;
  }
}
