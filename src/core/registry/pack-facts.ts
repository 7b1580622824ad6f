import type { PackDependency } from '../pack/pack-manifest.ts';
import { isPackName, type PackName } from '../pack/pack-name.ts';
import { isVersion, isVersionRange } from '../pack/versions.ts';
import { compareText } from '../text/compare-text.ts';
import { isRecord } from '../text/is-record.ts';

/**
 * What a registry says of one version of a pack, so that packs can be chosen before they are fetched: the `packsmith` field of a package's
 * `package.json`, and a version of a folder registry's index. It repeats `pack.toml`, and is compared with it once that is there.
 */
export interface PackFacts {
  readonly id: PackName;
  /** SemVer 2.0.0. */
  readonly version: string;
  readonly dependencies: readonly PackDependency[];
  /** The versions of packsmith that can load it, as an npm range. */
  readonly requires?: string | undefined;
}

export type DependencyFacts = Readonly<
  Record<string, string | { readonly version: string; readonly optional?: true; readonly reason?: string }>
>;

const MAX_DEPENDENCIES = 100;
const MAX_REASON_LENGTH = 1_000;

/** Reads `{ format: 1, id, version, dependencies, requires }`; `undefined` for anything else, so that the pack itself is looked at. */
export function readPackFacts(value: unknown): PackFacts | undefined {
  if (!isRecord(value) || value['format'] !== 1) return undefined;
  const { id, version, dependencies, requires } = value;
  if (typeof id !== 'string' || !isPackName(id) || typeof version !== 'string' || !isVersion(version)) return undefined;
  const read = readDependencyFacts(dependencies ?? {});
  if (read === undefined || !isRequirement(requires)) return undefined;
  return { id, version, dependencies: read, ...(requires !== undefined && { requires }) };
}

/** Writes what `readPackFacts` reads. */
export function formatPackFacts({ id, version, dependencies, requires }: PackFacts): Readonly<Record<string, unknown>> {
  return { format: 1, id, version, dependencies: formatDependencyFacts(dependencies), ...(requires !== undefined && { requires }) };
}

/** Whether a value is a range of versions of packsmith, or absent. */
export function isRequirement(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && isVersionRange(value));
}

/** Reads a table of dependencies, sorted by id; `undefined` when any of it is malformed or there are too many. */
export function readDependencyFacts(value: unknown): readonly PackDependency[] | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > MAX_DEPENDENCIES) return undefined;
  const dependencies = entries.map(([id, facts]) => readDependency(id, facts));
  if (!dependencies.every((dependency) => dependency !== undefined)) return undefined;
  return dependencies.sort((a, b) => compareText(a.id, b.id));
}

/** Writes what `readDependencyFacts` reads, sorted by id; a plain dependency is its range alone. */
export function formatDependencyFacts(dependencies: readonly PackDependency[]): DependencyFacts {
  const sorted = [...dependencies].sort((a, b) => compareText(a.id, b.id));
  return Object.fromEntries(
    sorted.map(({ id, version, optional, reason }) => {
      if (!optional && reason === undefined) return [id, version];
      return [id, { version, ...(optional ? { optional } : {}), ...(reason === undefined ? {} : { reason }) }];
    }),
  );
}

/** Describes the first way in which two sets of dependencies are not the same, reasons aside; `undefined` when they are. */
export function findDependencyDifference(stated: readonly PackDependency[], actual: readonly PackDependency[]): string | undefined {
  const describe = ({ id, version, optional }: PackDependency): string => `${id} ${version}${optional ? ' (optional)' : ''}`;
  const first = new Set(stated.map(describe));
  const second = new Set(actual.map(describe));
  const extra = [...first].find((text) => !second.has(text));
  const missing = [...second].find((text) => !first.has(text));
  if (extra !== undefined) return `it was said to need ${extra}, which it does not`;
  return missing === undefined ? undefined : `it needs ${missing}, which was not said`;
}

function readDependency(id: string, facts: unknown): PackDependency | undefined {
  const table = typeof facts === 'string' ? { version: facts } : facts;
  if (!isPackName(id) || !isRecord(table)) return undefined;
  const { version, optional = false, reason } = table;
  if (typeof version !== 'string' || !isVersionRange(version) || typeof optional !== 'boolean') return undefined;
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > MAX_REASON_LENGTH)) return undefined;
  return { id, version, optional, reason };
}
