import type { InstalledPack } from '../../core/install/installed-lock.ts';
import type { PackProvenance } from '../../core/pack/pack-manifest.ts';
import { type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';

/** What names the place of an installed pack: what the user asked for when that was a place, else where it was found. */
export function originOf({ requested, source }: Pick<InstalledPack, 'requested' | 'source'>): string {
  return requested !== undefined && parsePackReference(requested).kind !== 'id' ? requested : source;
}

/** A reference to every version of its pack, where its form can mean several. */
export function withoutVersion(reference: PackReference): PackReference {
  return reference.kind === 'npm' || reference.kind === 'id'
    ? ({ kind: reference.kind, name: reference.name } as PackReference)
    : reference;
}

/** The same with what a lockfile says that its commit was called. */
export function withRevision(provenance: PackProvenance, revision: string | undefined): PackProvenance {
  return revision === undefined ? provenance : { ...provenance, revision };
}
