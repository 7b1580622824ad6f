import type { Resolution, ResolvedDependency } from './resolution.ts';
import { depth, levels } from './resolution-graph.ts';

/** A resolution as plain data for `--json`. */
export interface GraphJson {
  readonly roots: readonly string[];
  /** The number of packs on the longest chain. */
  readonly depth: number;
  /** Groups in the order of installing; packs of one group don't depend on each other. */
  readonly levels: readonly (readonly string[])[];
  readonly packs: readonly PackJson[];
}

export interface PackJson {
  readonly id: string;
  readonly version: string;
  readonly requestedBy: readonly string[];
  readonly dependencies: readonly { readonly id: string; readonly version: string; readonly range: string; readonly optional: boolean }[];
}

/** Turns a resolution into plain data with stable keys, all lists sorted. */
export function graphToJson(resolution: Pick<Resolution, 'packs' | 'roots'>): GraphJson {
  return {
    roots: resolution.roots,
    depth: depth(resolution),
    levels: levels(resolution),
    packs: resolution.packs.map(({ pack, version, requestedBy, dependencies }) => ({
      id: pack,
      version,
      requestedBy,
      dependencies: dependencies.map(dependencyToJson),
    })),
  };
}

function dependencyToJson({ pack, version, range, optional }: ResolvedDependency): PackJson['dependencies'][number] {
  return { id: pack, version, range, optional };
}
