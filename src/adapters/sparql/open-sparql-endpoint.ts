import type { SparqlEndpoint } from '../../ports/sparql-endpoint.ts';
import { createPackSources, type PackSourcesSettings } from '../sources/create-pack-sources.ts';
import { HttpEndpoint } from './http-endpoint.ts';

/** Endpoints by the connections, proxies and certificates that registries are reached by, without their credentials. */
export function openSparqlEndpoint(settings: PackSourcesSettings): SparqlEndpoint {
  return new HttpEndpoint(createPackSources(settings).http);
}
