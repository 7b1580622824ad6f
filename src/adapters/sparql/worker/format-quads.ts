import type { RdfFormat, RdfQuad } from '../../../core/metadata/rdf.ts';
import type { Oxigraph } from './load-oxigraph.ts';
import { MEDIA_TYPES } from './rdf-syntax.ts';
import { withStore } from './stores.ts';
import { TermWriter } from './terms.ts';

/** Writes quads. Formats without graphs take what is in the default graph. */
export function formatQuads(oxigraph: Oxigraph, quads: readonly RdfQuad[], format: RdfFormat): string {
  const writer = new TermWriter(oxigraph);
  const isOfTriples = format === 'turtle' || format === 'ntriples' || format === 'rdfxml';
  const from = isOfTriples ? { from_graph_name: oxigraph.defaultGraph() } : {};
  return withStore(oxigraph, (store) => {
    for (const quad of quads) store.add(writer.quad(quad));
    return store.dump({ format: MEDIA_TYPES[format], ...from });
  });
}
