import { resolve } from 'node:path';
import type { ProjectPack } from '../../core/manifest/project-manifest.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { PackDemand } from './load-packs.ts';
import { relativeSource } from './relative-source.ts';

export interface DemandFacts {
  /** As somebody typed them; paths are relative to the working directory. */
  readonly references: readonly string[];
  /** As a packsmith.toml or a composition file lists them. */
  readonly packs: readonly ProjectPack[];
  readonly places: Places & {
    /** The directory that paths of listed packs are relative to, absolute; the project's when not given. */
    readonly listedIn?: string;
  };
}

interface Places {
  /** Absolute. */
  readonly workingDirectory: string;
  /** The project's directory, absolute. */
  readonly root: string;
}

/** The demands behind the packs of a manifest and some references, in that order. @throws PacksmithError `REFERENCE_INVALID`. */
export function demandsOf({ references, packs, places }: DemandFacts): PackDemand[] {
  const listed = packs.map(({ id, version, source }): PackDemand => {
    return demandFor(referenceOf({ id, version, source }), { ...places, workingDirectory: places.listedIn ?? places.root });
  });
  return [...listed, ...references.map((text) => demandFor(text, places))];
}

/** Of all places only a package of a registry has several versions to choose from. */
function referenceOf({ id, version, source }: Pick<ProjectPack, 'id' | 'version' | 'source'>): string {
  if (source === undefined) return version === undefined ? id : `${id}@${version}`;
  const reference = parsePackReference(source);
  return reference.kind === 'npm' && version !== undefined ? `npm:${reference.name}@${version}` : source;
}

function demandFor(text: string, { workingDirectory, root }: Places): PackDemand {
  const reference = parsePackReference(text);
  if (reference.kind !== 'path' && reference.kind !== 'archive') {
    return { reference: text, namesPlace: reference.kind !== 'id', sourceOf: () => undefined };
  }
  const path = resolve(workingDirectory, reference.path);
  return { reference: path, namesPlace: true, sourceOf: () => relativeSource(path, root) };
}
