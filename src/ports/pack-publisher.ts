import type { PackManifest } from '../core/pack/pack-manifest.ts';
import type { PackName } from '../core/pack/pack-name.ts';
import type { VersionNotice } from '../core/publish/npm-package.ts';
import type { FileTree } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { PackSource } from './pack-source.ts';

/** An archive as it is published: the same tree gives the same bytes. */
export interface BuiltArchive {
  readonly bytes: Uint8Array;
  /** `sha512-…` of the bytes. */
  readonly integrity: string;
  /** SHA-1 in hexadecimal, for the npm protocol. */
  readonly shasum: string;
}

/** Everything about one version that a registry is given. */
export interface Publication {
  readonly manifest: PackManifest;
  readonly archive: BuiltArchive;
  readonly tag: string;
  /** Who may read it, where the registry knows the difference. */
  readonly access: 'public' | 'restricted' | undefined;
  readonly readme: string;
  /** A one-time password, where the registry asks for one. */
  readonly otp: string | undefined;
}

/** What is said of a version that was published. */
export interface PublishedNotice {
  readonly id: PackName;
  readonly version: string;
  readonly notice: VersionNotice;
}

/** One registry that packs are published to, and read back from. */
export interface PackPublisher {
  readonly kind: 'npm' | 'folder';
  /** The configured name, or the address or directory that was given. */
  readonly name: string;
  /** Without credentials. */
  readonly location: string;
  /** Reads the same registry by ids. */
  readonly source: PackSource;
  /**
   * Publishes a version, which must not be there yet: all of it, or nothing.
   * @throws PacksmithError `VERSION_TAKEN`, `SOURCE_UNREACHABLE`, `SOURCE_DENIED`, `SOURCE_RESPONSE_INVALID`, `REGISTRY_LOCKED`, and those of a failing disk.
   */
  publish(publication: Publication, signal?: AbortSignal): Promise<void>;
  /**
   * Says of a published version that it is deprecated or yanked. Its bytes stay, so that whoever has locked it can still get it.
   * @throws PacksmithError `VERSION_NOT_PUBLISHED`, and as `publish` does.
   */
  mark(marked: PublishedNotice, options?: { readonly otp?: string | undefined; readonly signal?: AbortSignal | undefined }): Promise<void>;
}

/** The registries that can be published to. */
export interface PackPublishers {
  /**
   * Opens one: a configured name, an http or https address that speaks the npm protocol, or the directory of a folder registry; the configured one
   * for the id where nothing is named.
   * @throws PacksmithError `REGISTRY_UNKNOWN`, `REGISTRY_READ_ONLY`.
   */
  open(wanted: { readonly registry: string | undefined; readonly id: PackName }): PackPublisher;
}

/** Files that authors make and hand around: directories of packs, archives, bundles. All paths are absolute. */
export interface PackFiles {
  /** Every file of a pack's directory. @throws PacksmithError `PACK_NOT_FOUND`, `PACK_UNREADABLE`, `PACK_TOO_LARGE`. */
  readDirectory(directory: string): FileTree;
  /** The directories of packs at and below one, in the order of their paths. @throws PacksmithError `FILE_NOT_FOUND`. */
  findPacks(directory: string): readonly string[];
  /**
   * Makes a directory with these files in it: all of them, or nothing.
   * @throws PacksmithError `DIRECTORY_IN_THE_WAY` when it is there and not empty, and those of a failing disk.
   */
  createDirectory(directory: string, files: FileTree): Promise<void>;
  /** Packs a tree, with `prefix/` before every path. */
  buildArchive(files: FileTree, prefix: string): BuiltArchive;
  /** Writes a file whole or not at all. @throws PacksmithError `TARGET_IN_THE_WAY` unless `replace`, and those of a failing disk. */
  writeFile(path: string, bytes: Uint8Array, options: { readonly replace: boolean }): void;
  /** Writes files into a pack's directory and deletes others. @throws PacksmithError `PATH_BLOCKED` at a link, and those of a failing disk. */
  changeDirectory(directory: string, changes: { readonly written: FileTree; readonly removed: readonly ProjectPath[] }): void;
  /** Unpacks an archive by the rules for hostile ones. @throws PacksmithError `FILE_NOT_FOUND`, `ARCHIVE_REFUSED`. */
  readArchive(path: string): Promise<{ readonly files: FileTree; readonly integrity: string }>;
}
