import type { Pack } from '../pack/pack.ts';
import type { ValueMap } from '../pack/values.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** What the data of one pack gives its templates. */
export interface PackFacts {
  /** `data.NAME`. */
  readonly data: ValueMap;
  /** `queries.NAME`. */
  readonly queries: ValueMap;
}

export const NO_FACTS: PackFacts = { data: new Map(), queries: new Map() };

/** Whether there is anything about a pack that has to be read or asked before it is rendered. */
export function usesData({ manifest, files }: Pack): boolean {
  if (manifest.data.length > 0 || manifest.queries.length > 0) return true;
  for (const path of files.keys()) if (isGate(path) || isShapes(path)) return true;
  return false;
}

export function isGate(path: string): boolean {
  return /^gates\/[^/]+\.rq$/.test(path);
}

export function isShapes(path: string): boolean {
  return /^shapes\/[^/]+\.ttl$/.test(path);
}

/**
 * Whether anything of a pack needs its data to be asked: a gate, shapes, or a template that names `queries`. A pack whose queries are only for people
 * who ask it is not asked when a project is made.
 */
export function asksData({ manifest, files }: Pack): boolean {
  for (const path of files.keys()) if (isGate(path) || isShapes(path)) return true;
  if (manifest.queries.length === 0) return false;
  const written: unknown = [manifest.templates, manifest.hooks, manifest.packages];
  if (JSON.stringify(written).includes('queries')) return true;
  return [...files].some(
    ([path, { content }]) => path.includes('queries.') || path.includes('queries[') || (path.endsWith('.jinja') && mentions(content)),
  );
}

function mentions(content: Uint8Array): boolean {
  return decodeUtf8(content)?.includes('queries') === true;
}
