import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Digest } from '../../core/tree/digest.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { nativeHash } from '../hash.ts';

/** What stands at a path, before its bytes are read. */
export type DiskNode =
  | { readonly kind: 'file'; readonly stats: Stats }
  | { readonly kind: 'directory' }
  | { readonly kind: 'link'; readonly leadsOut: boolean }
  | { readonly kind: 'blocked'; readonly by: string; readonly isLink: boolean }
  | { readonly kind: 'other' };

type DirectoryState = 'plain' | 'missing' | { readonly kind: 'blocked'; readonly by: string; readonly isLink: boolean };

const LARGE_BYTES = 8 << 20;

/**
 * The project's directory at one moment: each directory on the way to a path is looked at once, and no link is followed.
 * Make a new one when something may have changed.
 */
export class DiskView {
  readonly #root: string;
  readonly #vanishing: ReadonlySet<string>;
  readonly #directories = new Map<string, DirectoryState>();

  /** @param vanishing files that are seen as absent where they stand in the way of a directory, because they are about to be removed. */
  constructor(root: string, vanishing: ReadonlySet<string> = new Set()) {
    this.#root = root;
    this.#vanishing = vanishing;
  }

  /** What stands at the path; `undefined` when nothing does. */
  nodeAt(path: string): DiskNode | undefined {
    const parent = this.directoryAt(parentOf(path));
    if (parent === 'missing') return undefined;
    if (parent !== 'plain') return parent;
    return this.#look(path);
  }

  /** As `nodeAt`, with the digest of a file. */
  async entryAt(path: string): Promise<DiskEntry | undefined> {
    return this.entryOf(path, this.nodeAt(path));
  }

  /** As `entryAt`, for a path that was looked at just now. */
  async entryOf(path: string, node: DiskNode | undefined): Promise<DiskEntry | undefined> {
    if (node?.kind !== 'file') return node;
    const digest = await digestFile(this.#fullOf(path), node.stats.size);
    return digest === undefined ? undefined : { kind: 'file', digest, mode: node.stats.mode & 0o777, size: node.stats.size };
  }

  /** Whether a directory can be entered, none is there, or something else is; `''` is the root. */
  directoryAt(path: string): DirectoryState {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const state = path === '' ? this.#examineRoot() : this.#examineDirectory(path);
    this.#directories.set(path, state);
    return state;
  }

  /** The topmost directory on the way to a path that does not exist; `undefined` when its parent does. */
  topmostMissing(path: string): string | undefined {
    let missing: string | undefined;
    for (let parent = parentOf(path); parent !== '' && this.directoryAt(parent) === 'missing'; parent = parentOf(parent)) missing = parent;
    return missing;
  }

  #examineRoot(): DirectoryState {
    const stats = statSync(this.#root, { throwIfNoEntry: false });
    if (stats === undefined) return 'missing';
    return stats.isDirectory() ? 'plain' : { kind: 'blocked', by: this.#root, isLink: false };
  }

  #examineDirectory(path: string): DirectoryState {
    const parent = this.directoryAt(parentOf(path));
    if (parent !== 'plain') return parent;
    const node = this.#look(path);
    if (node === undefined || this.#vanishing.has(path)) return 'missing';
    return node.kind === 'directory' ? 'plain' : { kind: 'blocked', by: path, isLink: node.kind === 'link' };
  }

  #look(path: string): DiskNode | undefined {
    const full = this.#fullOf(path);
    const stats = lookAt(full);
    if (stats === undefined) return undefined;
    if (stats.isFile()) return { kind: 'file', stats };
    if (stats.isDirectory()) return { kind: 'directory' };
    return stats.isSymbolicLink() ? { kind: 'link', leadsOut: leadsOut(this.#root, full) } : { kind: 'other' };
  }

  /** A path of a project has nothing to normalize, which is what makes `join` slow. */
  #fullOf(path: string): string {
    return `${this.#root}/${path}`;
  }
}

/** The path of the directory a path is in; `''` for the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The bytes of a file, which must not be a link; `undefined` when it is not there. */
export function readPlainFile(full: string): Uint8Array | undefined {
  // Without O_NOFOLLOW, which Windows lacks, the caller's look just before is what keeps links out.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  try {
    const descriptor = openSync(full, flags);
    try {
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The digest of a plain file; `undefined` when nothing, or something else, is there now. */
export function digestPlainFile(full: string): Digest | undefined {
  const stats = lookAt(full);
  if (stats === undefined || !stats.isFile()) return undefined;
  if (stats.size > LARGE_BYTES) return digestInPieces(full);
  const content = readPlainFile(full);
  return content === undefined ? undefined : nativeHash(content);
}

/** Without an end that memory sets: what somebody planted may be larger. */
function digestInPieces(full: string): Digest | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    const hash = createHash('sha256');
    const piece = Buffer.alloc(LARGE_BYTES);
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) hash.update(piece.subarray(0, read));
    return hash.digest('hex') as Digest;
  } finally {
    closeSync(descriptor);
  }
}

async function digestFile(full: string, size: number): Promise<Digest | undefined> {
  if (size > LARGE_BYTES) return digestLargeFile(full);
  const content = readPlainFile(full);
  return content === undefined ? undefined : nativeHash(content);
}

async function digestLargeFile(full: string): Promise<Digest | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(full, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
  return hash.digest('hex') as Digest;
}

function leadsOut(root: string, link: string): boolean {
  const realRoot = realpathSync(root);
  try {
    return !isWithin(realRoot, realpathSync(link));
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) return true;
  }
  const target = resolve(realpathSync(dirname(link)), readlinkSync(link));
  return !isWithin(realRoot, target);
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way));
}
