// The parts that are used of two libraries without types of their own.

declare module 'n3' {
  export interface Term {
    readonly termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'Quad' | 'DefaultGraph' | 'Variable';
    readonly value: string;
    readonly language?: string;
    readonly datatype?: Term;
  }
  export const DataFactory: {
    namedNode(value: string): Term;
    blankNode(value: string): Term;
    literal(value: string, languageOrDatatype?: string | Term): Term;
    quad(subject: Term, predicate: Term, object: Term, graph?: Term): Term;
    defaultGraph(): Term;
  };
  export class Store {
    add(quad: Term): this;
  }
  export class Writer {
    constructor(options: { readonly format: string; readonly prefixes?: Readonly<Record<string, string>> });
    addQuad(quad: Term): void;
    end(callback: (error: Error | null, text: string) => void): void;
  }
}

declare module 'shacl-engine' {
  import type { Store, Term } from 'n3';

  export interface PathStep {
    readonly quantifier: 'one' | 'oneOrMore' | 'zeroOrMore' | 'zeroOrOne';
    readonly start: 'subject' | 'object';
    readonly predicates: readonly Term[];
  }
  export interface Result {
    readonly constraintComponent: Term;
    readonly severity: Term;
    readonly focusNode: { readonly term: Term };
    readonly path: readonly PathStep[] | null | undefined;
    readonly value: { readonly term: Term | undefined } | undefined;
    readonly message: readonly Term[];
  }
  export class Validator {
    constructor(shapes: Store, options: { readonly factory: unknown });
    validate(data: { readonly dataset: Store }): Promise<{ readonly results: readonly Result[] }>;
  }
}
