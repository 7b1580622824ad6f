import type { Pack } from '../pack/pack.ts';
import type { ValueMap } from '../pack/values.ts';

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
