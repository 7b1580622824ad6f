import { Writer } from 'n3';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findQuadProblem } from '../../core/metadata/find-term-problem.ts';
import type { RdfFormat, RdfQuad } from '../../core/metadata/rdf.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { toLibraryQuad } from './to-library-term.ts';

/** The formats that are written here; the others are the engine's. */
export type WrittenFormat = Exclude<RdfFormat, 'jsonld' | 'rdfxml'>;

const NAMES: Readonly<Record<WrittenFormat, string>> = { turtle: 'Turtle', trig: 'TriG', ntriples: 'N-Triples', nquads: 'N-Quads' };

/**
 * Writes quads in their order. Formats without graphs leave out what is in a named one.
 * @throws PacksmithError `RDF_TERM_INVALID`: the library does not look whether an IRI is one.
 */
export function writeRdf(quads: readonly RdfQuad[], format: WrittenFormat, prefixes: ReadonlyMap<string, string> = new Map()): string {
  const hasGraphs = format === 'trig' || format === 'nquads';
  const hasPrefixes = format === 'turtle' || format === 'trig';
  const writer = new Writer({ format: NAMES[format], ...(hasPrefixes && { prefixes: findUsed(quads, prefixes) }) });
  for (const quad of quads) {
    if (quad.graph === undefined || hasGraphs) writer.addQuad(toLibraryQuad(checkQuad(quad)));
  }
  let written = '';
  writer.end((error, text: string) => {
    if (error) throw error;
    written = text;
  });
  return written;
}

/** Prefixes that would only stand at the start are left out. */
function findUsed(quads: readonly RdfQuad[], prefixes: ReadonlyMap<string, string>): Record<string, string> {
  const left = new Map(prefixes);
  const used: [string, string][] = [];
  const look = (iri: string) => {
    for (const [prefix, namespace] of left) {
      if (!iri.startsWith(namespace)) continue;
      left.delete(prefix);
      used.push([prefix, namespace]);
    }
  };
  for (const { subject, predicate, object } of quads) {
    for (const part of [subject, predicate, object]) if (part.kind === 'iri') look(part.value);
    if (object.kind === 'literal') look(object.datatype);
  }
  return Object.fromEntries(used.sort(([a], [b]) => compareText(a, b)));
}

function checkQuad(quad: RdfQuad): RdfQuad {
  const problem = findQuadProblem(quad);
  if (problem !== undefined) throw new PacksmithError('RDF_TERM_INVALID', problem);
  return quad;
}
