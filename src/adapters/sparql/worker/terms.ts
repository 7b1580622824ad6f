import type { Quad, Term } from 'oxigraph/web.js';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import {
  type BlankNode,
  type NamedNode,
  RDF_LANG_STRING,
  type RdfQuad,
  type RdfSubject,
  type RdfTerm,
} from '../../../core/metadata/rdf.ts';
import { toContentError } from './end-of-engine.ts';
import type { Oxigraph } from './load-oxigraph.ts';

/** Makes terms of the engine. @throws Failure `RDF_TERM_INVALID`. */
export class TermWriter {
  readonly #oxigraph: Oxigraph;

  constructor(oxigraph: Oxigraph) {
    this.#oxigraph = oxigraph;
  }

  quad({ subject, predicate, object, graph }: RdfQuad): Quad {
    const { quad } = this.#oxigraph;
    const [s, p, o] = [this.term(subject), this.term(predicate), this.term(object)];
    return quad(s as never, p as never, o as never, graph === undefined ? undefined : (this.term(graph) as never));
  }

  term(term: RdfTerm): Term {
    try {
      return this.#write(term);
    } catch (error) {
      const { message } = toContentError(error);
      const value = term.kind === 'triple' ? 'a triple' : `"${term.value}"`;
      throw new PacksmithError('RDF_TERM_INVALID', `${value} is no valid term: ${message}`, { cause: error });
    }
  }

  #write(term: RdfTerm): Term {
    const { blankNode, literal, namedNode, triple } = this.#oxigraph;
    switch (term.kind) {
      case 'iri':
        return namedNode(term.value);
      case 'blank':
        return blankNode(term.value);
      case 'literal':
        return literal(term.value, term.language ?? namedNode(term.datatype));
      case 'triple':
        return triple(this.term(term.subject), this.term(term.predicate), this.term(term.object)) as Term;
    }
  }
}

/** Reads terms of the engine; blank nodes are named `b0`, `b1` … in the order in which they come, since the engine names them at random. */
export class TermReader {
  readonly #labels = new Map<string, string>();

  quad(quad: Quad): RdfQuad {
    const triple = {
      subject: this.term(quad.subject) as RdfSubject,
      predicate: this.term(quad.predicate) as NamedNode,
      object: this.term(quad.object),
    };
    return quad.graph.termType === 'DefaultGraph' ? triple : { ...triple, graph: this.term(quad.graph) as NamedNode | BlankNode };
  }

  term(term: Term): RdfTerm {
    switch (term.termType) {
      case 'NamedNode':
        return { kind: 'iri', value: term.value };
      case 'BlankNode':
        return { kind: 'blank', value: this.label(term.value) };
      case 'Literal':
        if (term.language === '') return { kind: 'literal', value: term.value, datatype: term.datatype.value };
        return { kind: 'literal', value: term.value, datatype: RDF_LANG_STRING, language: term.language };
      case 'Quad': {
        const { subject, predicate, object } = this.quad(term as Quad);
        return { kind: 'triple', subject, predicate, object };
      }
      default:
        throw new Error(`a ${term.termType} is no term of data`);
    }
  }

  label(name: string): string {
    const known = this.#labels.get(name) ?? `b${this.#labels.size}`;
    this.#labels.set(name, known);
    return known;
  }
}
