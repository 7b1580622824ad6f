import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatNotice } from '../../core/publish/npm-package.ts';
import {
  EMPTY_FOLDER_INDEX,
  type FolderIndex,
  formatFolderIndex,
  parseFolderIndex,
  withFolderVersion,
} from '../../core/registry/folder-index.ts';
import { parseProjectPath } from '../../core/tree/project-path.ts';
import type { PackPublisher, Publication, PublishedNotice } from '../../ports/pack-publisher.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import { isErrno, toDiskError } from '../files/errno.ts';
import { ProcessLock } from '../files/process-lock.ts';
import { throwIfAborted } from '../files/time-slice.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';

const INDEX = 'index.json';
const WAIT_MILLISECONDS = 10_000;

export interface FolderPublisherSettings {
  /** The configured name, or the directory as it was given. */
  readonly name: string;
  /** Absolute; made when something is first published. */
  readonly directory: string;
  readonly source: PackSource;
}

/**
 * Publishes into a directory that is a registry: archives at `id/version.tgz`, then the `index.json` that names them, replaced in one step under a
 * lock. Whoever reads meanwhile finds the old index or the new one; a crash leaves at most an archive that no index names.
 */
export class FolderPublisher implements PackPublisher {
  readonly kind = 'folder';
  readonly name: string;
  readonly location: string;
  readonly source: PackSource;

  constructor({ name, directory, source }: FolderPublisherSettings) {
    this.name = name;
    this.location = directory;
    this.source = withoutIndexEmpty(source, join(directory, INDEX));
  }

  publish({ manifest, archive, tag }: Publication, signal?: AbortSignal): Promise<void> {
    const { id, version, dependencies, requires, title, description, category, keywords } = manifest;
    return this.#change(signal, (index) => {
      if (index.packs.get(id)?.versions.has(version) === true) {
        throw new PacksmithError('VERSION_TAKEN', `${this.location} has ${id} ${version} already`);
      }
      const path = parseProjectPath(`${id}/${version}.tgz`);
      const file = join(this.location, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileAtomic(file, archive.bytes, { mode: 0o644 });
      const facts = {
        archive: path,
        integrity: archive.integrity,
        dependencies,
        requires,
        status: 'available',
        notice: undefined,
        about: { title, description, category, keywords },
      } as const;
      return withFolderVersion(index, { id, version, facts, tags: [tag] });
    });
  }

  mark({ id, version, notice }: PublishedNotice, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    return this.#change(signal, (index) => {
      const facts = index.packs.get(id)?.versions.get(version);
      if (facts === undefined) throw new PacksmithError('VERSION_NOT_PUBLISHED', `${this.location} has no ${id} ${version}`);
      return withFolderVersion(index, { id, version, facts: { ...facts, status: notice.status, notice: formatNotice(notice) } });
    });
  }

  async #change(signal: AbortSignal | undefined, change: (index: FolderIndex) => FolderIndex): Promise<void> {
    throwIfAborted(signal);
    try {
      const lock = new ProcessLock(join(this.location, '.index.lock'), {
        command: 'packs publish',
        waitMilliseconds: WAIT_MILLISECONDS,
        what: `the registry ${this.location}`,
        lockedCode: 'REGISTRY_LOCKED',
        prepare: () => mkdirSync(this.location, { recursive: true }),
      });
      const held = await lock.acquire({ signal });
      try {
        const text = formatFolderIndex(change(this.#readIndex()));
        writeFileAtomic(join(this.location, INDEX), text, { mode: 0o644 });
      } finally {
        held.release();
      }
    } catch (error) {
      throw toDiskError(error, `publish to ${this.location}`);
    }
  }

  #readIndex(): FolderIndex {
    try {
      return parseFolderIndex(readFileSync(join(this.location, INDEX), 'utf8'));
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return EMPTY_FOLDER_INDEX;
      throw error;
    }
  }
}

/** A directory that nothing was published to yet is a registry without packs, for whoever is about to publish. */
function withoutIndexEmpty(source: PackSource, index: string): PackSource {
  return {
    kind: source.kind,
    accepts: (reference) => source.accepts(reference),
    listVersions: async (reference, options) => (existsSync(index) ? source.listVersions(reference, options) : undefined),
    fetch: (version, options) => source.fetch(version, options),
  };
}
