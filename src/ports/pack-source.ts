import type { GitReference } from '../core/pack/git-reference.ts';
import type { PackDependency, PackProvenance } from '../core/pack/pack-manifest.ts';
import type { PackName } from '../core/pack/pack-name.ts';
import type { PackReference } from '../core/pack/pack-reference.ts';
import type { FileTree } from '../core/tree/file-tree.ts';

/** One version of a pack that some place has, as far as is known before its bytes are fetched. */
export interface AvailableVersion {
  readonly id: PackName;
  /** SemVer 2.0.0. */
  readonly version: string;
  /** On other packs; `undefined` where they are known only once the pack is fetched. */
  readonly dependencies: readonly PackDependency[] | undefined;
  /** The versions of packsmith that can load it, as an npm range; absent where the place does not say. */
  readonly requires?: string | undefined;
  /** A yanked version is used only where a lockfile has it; a deprecated one is used with a warning. */
  readonly status: 'available' | 'deprecated' | 'yanked';
  /** What the place says of a version that is not simply available. */
  readonly notice: string | undefined;
  /** Subresource Integrity of the archive, where the place states one. */
  readonly integrity: string | undefined;
  /** Finds exactly these bytes again: a git reference names the commit. Without credentials when formatted. */
  readonly pinned: PackReference;
  /** Bytes of all its files, where the place states them. */
  readonly unpackedBytes?: number;
  /** Names such as `latest` that point at it. */
  readonly tags: readonly string[];
  readonly provenance: PackProvenance;
  /** Whether id and version are made of the reference, since a template of another tool says neither; a lockfile knows better then. */
  readonly isDerived?: true;
  /** Whether updates look for the newest version among the tags of the repository, whatever tag was asked for. */
  readonly followsTags?: true;
}

/** A pack of a place that can be listed, in the version that is used where none is asked for. */
export interface ListedPack {
  readonly id: PackName;
  readonly version: string;
  /** The id where the place does not say. */
  readonly title: string;
  /** Empty where the place does not say. */
  readonly description: string;
  readonly category: string | undefined;
  readonly keywords: readonly string[];
  readonly provenance: PackProvenance;
}

/** The bytes of one version, unpacked and checked against the limits and the path rules, its integrity verified where one was stated. */
export interface FetchedPack {
  readonly files: FileTree;
  /** `sha512-…` over the whole tree. */
  readonly integrity: string;
  /** `sha512-…` of the archive it came in, where it came in one. */
  readonly archiveIntegrity: string | undefined;
}

export interface FetchOptions {
  /** Use only what was fetched before; never touch the network. */
  readonly offline: boolean;
  readonly signal?: AbortSignal;
  readonly onBytes?: (received: number, total: number | undefined) => void;
}

/** One place, or one kind of place, that packs come from. Every implementation passes test/contracts/pack-source.ts. */
export interface PackSource {
  readonly kind: PackProvenance['kind'];
  /** Whether a reference is of the form that this source reads. */
  accepts(reference: PackReference): boolean;
  /**
   * The versions that a reference can mean, newest first; `undefined` when a registry does not know the pack, so that the next can be asked.
   * A reference to a directory, an archive or a git revision means exactly one.
   * @throws PacksmithError `SOURCE_UNREACHABLE`, `SOURCE_RESPONSE_INVALID`, `SOURCE_DENIED`, `SOURCE_UNSUPPORTED`, `OFFLINE_MISSING`,
   * `MANIFEST_INVALID`, `INTERRUPTED`, `PACK_NOT_FOUND` when the one directory, archive or revision that is named is not there, and for such
   * references also what `fetch` throws for its bytes.
   */
  listVersions(reference: PackReference, options: FetchOptions): Promise<readonly AvailableVersion[] | undefined>;
  /**
   * Fetches one version that `listVersions` gave.
   * Its manifest names the id, the version and the dependencies that it was listed with.
   * @throws PacksmithError as `listVersions` does, and `INTEGRITY_MISMATCH`, `SIGNATURE_INVALID`, `ARCHIVE_REFUSED` (archives), `PACK_UNREADABLE`
   * (directories and git), `PACK_TOO_LARGE`.
   */
  fetch(version: AvailableVersion, options: FetchOptions): Promise<FetchedPack>;
  /**
   * References to the releases of a pack, newest first, where `listVersions` gives only the one that the reference means: the tags of a repository.
   * None where the reference names a revision, and none offline. @throws PacksmithError as `listVersions` does.
   */
  listReleases?(reference: PackReference, options: FetchOptions): Promise<readonly GitReference[]>;
  /** Every pack that can be used from here, by id; only of places that can be listed without fetching them. @throws PacksmithError as `listVersions` does. */
  listPacks?(options: FetchOptions): Promise<readonly ListedPack[]>;
}
