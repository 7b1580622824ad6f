import { resolve } from 'node:path';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { foreignId, UNVERSIONED } from '../../../core/foreign/foreign-identity.ts';
import type { PackReference } from '../../../core/pack/pack-reference.ts';
import type { FileTree } from '../../../core/tree/file-tree.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../../../ports/pack-source.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import { checkIsVersion, describeManifest, readTreeFacts } from '../archive/describe-pack.ts';
import { locateArchive } from '../archive/locate-archive.ts';
import { readPackDirectory } from '../read-pack-directory.ts';
import { computeTreeIntegrity } from '../tree-integrity.ts';
import { isTaggedRepository } from './is-tagged-repository.ts';

/** Directories on disk: `./dir`, also where one on the way is called as an archive is. Each has one pack, as it is now. */
export class DirectorySource implements PackSource {
  readonly kind = 'local';
  readonly #workingDirectory: string;
  /** What was read to list a version is what is fetched, so that no directory is read twice. */
  readonly #read = new WeakMap<AvailableVersion, FileTree>();

  /** @param settings.workingDirectory absolute; relative paths start here. */
  constructor(settings: { readonly workingDirectory: string }) {
    this.#workingDirectory = settings.workingDirectory;
  }

  accepts(reference: PackReference): boolean {
    return reference.kind === 'path' || (reference.kind === 'archive' && locateArchive(reference, this.#workingDirectory) === undefined);
  }

  async listVersions(reference: PackReference, { signal }: FetchOptions): Promise<readonly AvailableVersion[]> {
    throwIfAborted(signal);
    const location = pathOf(reference);
    const files = this.#readDirectory(reference);
    const facts = readTreeFacts(files, location, () => ({
      id: foreignId({ kind: 'path', path: this.#resolve(reference) }),
      version: UNVERSIONED,
    }));
    const hasTags = facts.isDerived === true && isTaggedRepository(this.#resolve(reference));
    const provenance = { kind: this.kind, location, ...(hasTags && { hasTags }) } as const;
    const version = describeManifest(facts, { integrity: undefined, pinned: reference, provenance });
    this.#read.set(version, files);
    return [version];
  }

  async fetch(version: AvailableVersion, { signal }: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(signal);
    const files = this.#read.get(version) ?? this.#readDirectory(version.pinned);
    checkIsVersion(files, version);
    return { files, integrity: computeTreeIntegrity(files), archiveIntegrity: undefined };
  }

  #readDirectory(reference: PackReference): FileTree {
    return readPackDirectory(this.#resolve(reference));
  }

  #resolve(reference: PackReference): string {
    return resolve(this.#workingDirectory, pathOf(reference));
  }
}

function pathOf(reference: PackReference): string {
  if (reference.kind === 'path' || reference.kind === 'archive') return reference.path;
  throw new PacksmithError('SOURCE_UNSUPPORTED', 'only directories are read here');
}
