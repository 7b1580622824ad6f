import { hash } from 'node:crypto';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PackReference } from '../core/pack/pack-reference.ts';
import { compareVersions } from '../core/pack/versions.ts';
import { findDependencyDifference } from '../core/registry/pack-facts.ts';
import { isExecutable, sortedPaths } from '../core/tree/file-tree.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../ports/pack-source.ts';

/** What is said of a version that is not simply there. */
export interface MemoryVersionFacts {
  readonly status?: AvailableVersion['status'];
  readonly notice?: string;
  readonly tags?: readonly string[];
}

interface MemoryVersion {
  readonly pack: Pack;
  readonly facts: MemoryVersionFacts;
}

/**
 * A registry that exists only in memory, with the contract of the real ones. It remembers which versions were fetched: with `offline` it gives
 * only those. What it gives can be made to differ from what it promised, as a registry that was tampered with.
 */
export class MemoryPackSource implements PackSource {
  readonly kind = 'npm';
  readonly #versions: MemoryVersion[] = [];
  readonly #asked = new Set<string>();
  readonly #fetched = new Set<string>();
  readonly #replaced = new Map<string, Pack>();
  #failure: PacksmithError | undefined;

  static of(...packs: readonly Pack[]): MemoryPackSource {
    const source = new MemoryPackSource();
    for (const pack of packs) source.add(pack);
    return source;
  }

  /** Offers a version, replacing one of the same id and version. */
  add(pack: Pack, facts: MemoryVersionFacts = {}): void {
    const { id, version } = pack.manifest;
    const index = this.#versions.findIndex(({ pack: { manifest } }) => manifest.id === id && manifest.version === version);
    if (index >= 0) this.#versions.splice(index, 1);
    this.#versions.push({ pack, facts });
  }

  /** Gives other bytes for a version than those that `listVersions` promises. */
  tamper(pack: Pack): void {
    this.#replaced.set(keyOf(pack), pack);
  }

  /** Makes every later request over the network fail; `undefined` mends it. */
  breakDown(failure: PacksmithError | undefined): void {
    this.#failure = failure;
  }

  accepts(reference: PackReference): boolean {
    return reference.kind === 'id';
  }

  async listVersions(reference: PackReference, { offline, signal }: FetchOptions): Promise<readonly AvailableVersion[] | undefined> {
    throwIfAborted(signal);
    if (reference.kind !== 'id') throw new PacksmithError('SOURCE_UNSUPPORTED', 'a registry is asked for ids only');
    if (offline && !this.#asked.has(reference.name)) {
      throw new PacksmithError('OFFLINE_MISSING', `${reference.name} was never asked for`);
    }
    this.#contact(offline);
    const named = this.#versions.filter(({ pack }) => pack.manifest.id === reference.name);
    if (named.length === 0) return undefined;
    this.#asked.add(reference.name);
    return named.map(describe).sort((a, b) => compareVersions(b.version, a.version));
  }

  async fetch(version: AvailableVersion, { offline, signal, onBytes }: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(signal);
    const key = `${version.id}@${version.version}`;
    if (offline && !this.#fetched.has(key)) throw new PacksmithError('OFFLINE_MISSING', `${key} was never fetched`);
    this.#contact(offline);
    const found = this.#versions.find(({ pack }) => keyOf(pack) === key);
    if (found === undefined) throw new PacksmithError('PACK_NOT_FOUND', `the registry does not have ${key} any more`);
    const pack = this.#replaced.get(key) ?? found.pack;
    const integrity = treeIntegrity(pack);
    if (version.integrity !== undefined && version.integrity !== integrity) {
      throw new PacksmithError('INTEGRITY_MISMATCH', `${key} is not what it should be: expected ${version.integrity}, got ${integrity}`);
    }
    const difference = version.dependencies && findDependencyDifference(version.dependencies, pack.manifest.dependencies);
    if (difference !== undefined) {
      throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${key} is not as its registry describes it: ${difference}`);
    }
    this.#fetched.add(key);
    const bytes = [...pack.files.values()].reduce((sum, { content }) => sum + content.byteLength, 0);
    onBytes?.(bytes, bytes);
    return { files: pack.files, integrity, archiveIntegrity: integrity };
  }

  #contact(offline: boolean): void {
    if (!offline && this.#failure !== undefined) throw this.#failure;
  }
}

function describe({ pack, facts }: MemoryVersion): AvailableVersion {
  const { id, version, dependencies } = pack.manifest;
  return {
    id,
    version,
    dependencies,
    status: facts.status ?? 'available',
    notice: facts.notice,
    integrity: treeIntegrity(pack),
    pinned: { kind: 'id', name: id, range: version },
    tags: facts.tags ?? [],
    provenance: { kind: 'npm', location: 'memory:' },
  };
}

function keyOf({ manifest: { id, version } }: Pack): string {
  return `${id}@${version}`;
}

/** The integrity of a tree, as every real source computes it; the archive of a pack in memory is its tree. */
function treeIntegrity({ files }: Pack): string {
  const lines = sortedPaths(files).map((path) => {
    const { content, mode } = files.get(path) ?? { content: new Uint8Array(), mode: 0 };
    return `${path}\0${isExecutable(mode) ? 'x' : '-'}\0${hash('sha512', content, 'hex')}\n`;
  });
  return `sha512-${hash('sha512', lines.join(''), 'base64')}`;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new PacksmithError('INTERRUPTED', 'interrupted; nothing was changed', { cause: signal.reason });
}
