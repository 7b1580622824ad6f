import { isAbsolute, relative, resolve } from 'node:path';
import type { Lockfile } from '../core/lockfile/lockfile.ts';
import type { ProjectPack } from '../core/manifest/project-manifest.ts';
import type { Pack } from '../core/pack/pack.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../core/pack/pack-reference.ts';
import type { PackDemand } from './load-packs.ts';

export interface DemandFacts {
  /** As somebody typed them; paths are relative to the working directory. */
  readonly references: readonly string[];
  /** As a packsmith.toml lists them; paths are relative to the project. */
  readonly packs: readonly ProjectPack[];
  /** The versions it has are preferred. */
  readonly lockfile: Lockfile | undefined;
  readonly places: Places;
}

interface Places {
  /** Absolute. */
  readonly workingDirectory: string;
  /** The project's directory, absolute. */
  readonly root: string;
}

/** The demands behind the packs of a manifest and some references, in that order. @throws PacksmithError `REFERENCE_INVALID`. */
export function demandsOf({ references, packs, lockfile, places }: DemandFacts): PackDemand[] {
  const listed = packs.map(({ id, version, source }): PackDemand => {
    const reference = parsePackReference(source ?? (version === undefined ? id : `${id}@${version}`));
    return demandFor(reference, { lockfile, places: { ...places, workingDirectory: places.root } });
  });
  return [...listed, ...references.map((text) => demandFor(parsePackReference(text), { lockfile, places }))];
}

function demandFor(reference: PackReference, { lockfile, places }: Pick<DemandFacts, 'lockfile' | 'places'>): PackDemand {
  const locked = reference.kind === 'id' ? lockfile?.packs.find(({ id }) => id === reference.name)?.version : undefined;
  const found = reference.kind === 'path' ? { ...reference, path: resolve(places.workingDirectory, reference.path) } : reference;
  return { reference: found, locked, sourceOf: (pack) => lockedSource(found, pack, places.root) };
}

/** The source by which a later run finds the same pack: a path relative to the project, a pinned reference, or the kind of place an id was found in. */
function lockedSource(reference: PackReference, { provenance }: Pack, root: string): string {
  if (reference.kind === 'id') return provenance.kind;
  if (reference.kind !== 'path') return formatPackReference(reference);
  const path = relative(root, reference.path).replaceAll('\\', '/');
  return isAbsolute(path) || path.startsWith('.') ? path : `./${path}`;
}
