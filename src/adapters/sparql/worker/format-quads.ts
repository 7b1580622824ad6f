import { RDF_MEDIA_TYPES } from '../../../core/metadata/media-types.ts';
import type { RdfFormat } from '../../../core/metadata/rdf.ts';
import type { Oxigraph } from './load-oxigraph.ts';
import { withStore } from './stores.ts';

/** Writes N-Quads in another format. Formats without graphs take what is in the default graph. */
export function formatQuads(oxigraph: Oxigraph, text: string, format: RdfFormat): string {
  return withStore(oxigraph, (store) => {
    store.load(text, { format: RDF_MEDIA_TYPES.nquads });
    return store.dump({ format: RDF_MEDIA_TYPES[format], ...(format === 'rdfxml' && { from_graph_name: oxigraph.defaultGraph() }) });
  });
}
