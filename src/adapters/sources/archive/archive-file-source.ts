import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { foreignId, versionOfContent } from '../../../core/foreign/foreign-identity.ts';
import type { PackReference } from '../../../core/pack/pack-reference.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../../../ports/pack-source.ts';
import { isErrno, toDiskError } from '../../files/errno.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import { describeManifest, openArchive, readTreeFacts } from './describe-pack.ts';
import { MAX_ARCHIVE_BYTES } from './download-archive.ts';
import { computeIntegrity } from './integrity.ts';
import { type ArchivePlace, locateArchive } from './locate-archive.ts';
import { unpackArchive } from './unpack-archive.ts';

/** Archives on disk: `pack.tgz`, `./pack.tar.gz`, `pack.tar`, `pack.zip`. */
export class ArchiveFileSource implements PackSource {
  readonly kind = 'archive';
  readonly #workingDirectory: string;

  /** @param settings.workingDirectory absolute; relative paths start here. */
  constructor(settings: { readonly workingDirectory: string }) {
    this.#workingDirectory = settings.workingDirectory;
  }

  accepts(reference: PackReference): boolean {
    return reference.kind === 'archive';
  }

  async listVersions(reference: PackReference, { signal }: FetchOptions): Promise<readonly AvailableVersion[]> {
    throwIfAborted(signal);
    const { archive, directory } = this.#locate(reference);
    const bytes = this.#read(archive);
    const location = pathOf(reference);
    const tree = await unpackArchive(bytes, location, directory);
    const integrity = computeIntegrity(bytes);
    const facts = readTreeFacts(tree, location, () => ({ id: foreignId(reference), version: versionOfContent(integrity) }));
    return [describeManifest(facts, { integrity, pinned: reference, provenance: { kind: this.kind, location } })];
  }

  async fetch(version: AvailableVersion, { signal, onBytes }: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(signal);
    const { archive, directory } = this.#locate(version.pinned);
    const bytes = this.#read(archive);
    onBytes?.(bytes.byteLength, bytes.byteLength);
    return openArchive(bytes, version, directory);
  }

  #locate(reference: PackReference): ArchivePlace {
    return locateArchive(reference, this.#workingDirectory) ?? { archive: pathOf(reference), directory: undefined };
  }

  #read(path: string): Uint8Array {
    const file = resolve(this.#workingDirectory, path);
    try {
      const found = statSync(file);
      // Reading a pipe would wait for whoever writes to it.
      if (!found.isFile()) throw new PacksmithError('ARCHIVE_REFUSED', `${path} is refused: it is not a plain file`);
      const { size } = found;
      if (size > MAX_ARCHIVE_BYTES) {
        throw new PacksmithError('ARCHIVE_REFUSED', `${path} is refused: it has ${size} bytes; the limit is ${MAX_ARCHIVE_BYTES}`);
      }
      return new Uint8Array(readFileSync(file));
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) throw new PacksmithError('PACK_NOT_FOUND', `there is no file ${path}`, { cause: error });
      throw toDiskError(error, `read the archive ${path}`);
    }
  }
}

function pathOf(reference: PackReference): string {
  if (reference.kind === 'archive') return reference.path;
  throw new PacksmithError('SOURCE_UNSUPPORTED', 'only archives on disk are read here');
}
