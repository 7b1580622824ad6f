import { literal, type NamedNode, namedNode, type RdfQuad, type RdfTerm, XSD_BOOLEAN, XSD_DECIMAL } from './rdf.ts';
import { type CLASSES, expandName, type PROPERTIES, term } from './vocabulary.ts';

const TYPE = namedNode(expandName('rdf:type'));

export type ClassName = keyof typeof CLASSES;
export type PropertyName = keyof typeof PROPERTIES;

/** A property of packsmith, or one of a common vocabulary by its prefixed name. */
type Predicate = PropertyName | `${'dcterms' | 'dcat' | 'schema'}:${string}`;

type Value = string | number | boolean | RdfTerm | undefined;

/** Collects statements about one thing after another; a value that is absent makes none, and what was described is not described again. */
export class Statements {
  readonly quads: RdfQuad[] = [];
  readonly #described = new Set<string>();
  readonly #predicates = new Map<Predicate, NamedNode>();

  /** Says what something is, and what it has. */
  add(subject: NamedNode, type: ClassName, values: Readonly<Partial<Record<Predicate, Value | readonly Value[]>>>): NamedNode {
    if (this.#described.has(subject.value)) return subject;
    this.#described.add(subject.value);
    this.quads.push({ subject, predicate: TYPE, object: term(type) });
    for (const [name, value] of Object.entries(values)) this.say(subject, name as Predicate, value);
    return subject;
  }

  say(subject: NamedNode, name: Predicate, value: Value | readonly Value[]): void {
    const predicate = this.#predicate(name);
    for (const single of Array.isArray(value) ? (value as readonly Value[]) : [value as Value]) {
      if (single !== undefined) this.quads.push({ subject, predicate, object: toTerm(single) });
    }
  }

  #predicate(name: Predicate): NamedNode {
    const known = this.#predicates.get(name) ?? (name.includes(':') ? namedNode(expandName(name)) : term(name as PropertyName));
    this.#predicates.set(name, known);
    return known;
  }
}

function toTerm(value: string | number | boolean | RdfTerm): RdfTerm {
  if (typeof value === 'string') return literal(value.toWellFormed());
  if (typeof value === 'boolean') return literal(String(value), XSD_BOOLEAN);
  return typeof value === 'number' ? literal(formatDecimal(value), XSD_DECIMAL) : value;
}

/** Without an exponent, which `xsd:decimal` has not. */
function formatDecimal(value: number): string {
  const text = String(value);
  return /e/.test(text) ? BigInt(Math.trunc(value)).toString() : text;
}
