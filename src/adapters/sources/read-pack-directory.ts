import { closeSync, type Dirent, existsSync, fstatSync, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import {
  type ForeignKind,
  findForeignKind,
  findMarker,
  foreignParts,
  type NamedMarker,
  withoutOtherMarkers,
} from '../../core/foreign/foreign-kind.ts';
import { findLimitProblem, LIMITS } from '../../core/manifest/limits.ts';
import { NAMES_NOT_IN_PACKS } from '../../core/pack/names-not-in-packs.ts';
import { type FileEntry, type FileTree, isExecutable } from '../../core/tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import { isErrno } from '../files/errno.ts';
import { MAX_FOLLOWED_LINKS } from './follow-directory-links.ts';

/**
 * Reads every file of a pack's directory, or of the template whose file is named in it. Modes are reduced to 0644 and 0755, so that a pack is the same whatever the umask was.
 * @throws PacksmithError `PACK_UNREADABLE` for links, devices, unsafe names and files that cannot be read; `PACK_TOO_LARGE` over a limit.
 */
export function readPackDirectory(path: string): FileTree {
  const named = namedMarker(path);
  return named === undefined ? readDirectoryTree(path) : withoutOtherMarkers(readDirectoryTree(named.directory, named.kind), named);
}

/** The file of a template that a path leads to, in the place of its directory. */
function namedMarker(path: string): NamedMarker | undefined {
  const named = findMarker(path);
  return named !== undefined && statSync(path, { throwIfNoEntry: false })?.isFile() === true ? named : undefined;
}

function readDirectoryTree(directory: string, kind: ForeignKind | undefined = findDirectoryKind(directory)): FileTree {
  const tree = new Map<ProjectPath, FileEntry>();
  let bytes = 0;
  for (const path of kind === undefined ? listPackFiles(directory) : listForeignFiles(directory, kind, startWalk(directory, kind))) {
    tree.set(
      path,
      readFile(`${directory}/${path}`, (size) => {
        bytes += size;
        checkSizes({ path, size, bytes, files: tree.size + 1 });
      }),
    );
  }
  return tree;
}

/** Which other tool's template a directory is, or the one whose file is named in it. */
export function findDirectoryKind(directory: string): ForeignKind | undefined {
  const named = namedMarker(directory);
  if (named !== undefined) return named.kind;
  return findForeignKind({
    has: (name) => existsSync(join(directory, name)),
    read: (name) => readBeginning(join(directory, name)),
    shown: directory,
  });
}

/** Manifests are short; what cannot be read is reported where the pack is. */
function readBeginning(file: string, length = 16 * 1024): string | undefined {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    return new TextDecoder().decode(readBytes(descriptor, length));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The paths of all files of a pack, sorted by code unit within each directory. @throws as `readPackDirectory` does. */
export function* listPackFiles(directory: string, below = ''): Generator<ProjectPath> {
  const entries = readDirectory(join(directory, below)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (NAMES_NOT_IN_PACKS.has(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const problem = findPackPathProblem(path);
    if (problem !== undefined) throw unsafeName(directory, `${JSON.stringify(path)} cannot be part of a pack: ${problem}`);
    if (entry.isDirectory()) yield* listPackFiles(directory, path);
    else if (entry.isFile()) yield path as ProjectPath;
    else throw unreadable(directory, `${path} is ${entry.isSymbolicLink() ? 'a symbolic link' : 'no plain file'}`);
  }
}

/**
 * The paths of the files that a template of another tool is made of. Links to files inside count as what they lead to, also where inside is the
 * repository that lists the template; others are left out, as are devices. Links to directories inside are followed as Copier does, where it is its
 * template, but for those to a directory that they stand in.
 */
function* listForeignFiles(directory: string, kind: ForeignKind, walk: Walk): Generator<ProjectPath> {
  const { below, isPart } = walk;
  const entries = readDirectory(join(directory, below)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name === '.git' || !isPart(entry.isDirectory() ? `${path}/` : path)) continue;
    const problem = findPackPathProblem(path);
    if (problem !== undefined) throw unsafeName(directory, `${JSON.stringify(path)} cannot be part of a template: ${problem}`);
    const inner = enter(directory, entry, { kind, path, walk });
    if (inner !== undefined) yield* listForeignFiles(directory, kind, inner);
    else if (isFileInside(directory, path, entry)) yield path as ProjectPath;
  }
}

interface Walk {
  readonly isPart: (path: string) => boolean;
  readonly below: string;
  /** The directories themselves that were gone through to get there. */
  readonly above: readonly string[];
  readonly counter: { followed: number };
}

function startWalk(directory: string, kind: ForeignKind): Walk {
  const isPart = foreignParts(kind, (name) => readBeginning(join(directory, name), LIMITS.manifestBytes.maximum));
  return { isPart, below: '', above: [realpathSync(directory)], counter: { followed: 0 } };
}

interface Place {
  readonly kind: ForeignKind;
  readonly path: string;
  readonly walk: Walk;
}

/** The walk in a directory, or in that to which a link leads; `undefined` where it leads to none inside, or back. */
function enter(directory: string, entry: Dirent, { kind, path, walk: { isPart, above, counter } }: Place): Walk | undefined {
  const place = join(directory, path);
  if (entry.isDirectory()) return { isPart, below: path, above: [...above, realpathSync(place)], counter };
  if (kind !== 'copier' || !entry.isSymbolicLink() || !leadsTo(place, 'directory')) return undefined;
  const real = realpathSync(place);
  if (above.includes(real) || !isInside(above[0] ?? '', real)) return undefined;
  if (++counter.followed > MAX_FOLLOWED_LINKS) throw unreadable(directory, `its links lead to more than ${MAX_FOLLOWED_LINKS} directories`);
  return { isPart, below: path, above: [...above, real], counter };
}

function isInside(root: string, real: string): boolean {
  const inside = relative(root, real);
  return !inside.startsWith('..') && !isAbsolute(inside);
}

function isFileInside(directory: string, path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  if (!leadsTo(join(directory, path), 'file')) return false;
  return isInside(realpathSync(listingRoot(directory)), realpathSync(join(directory, path)));
}

/** False for a link to nothing, to something else, and in a circle. */
function leadsTo(link: string, what: 'file' | 'directory'): boolean {
  try {
    const found = statSync(link, { throwIfNoEntry: false });
    return (what === 'file' ? found?.isFile() : found?.isDirectory()) === true;
  } catch (error) {
    if (isErrno(error, 'ELOOP', 'ENOTDIR', 'EACCES')) return false;
    throw error;
  }
}

/** How deep below its list a template of cookiecutter may lie. */
const MAX_LISTED_DEPTH = 4;

/** The outermost directory above a template that has a `cookiecutter.json` itself, which lists it; without one that of the template. */
function listingRoot(directory: string): string {
  const above = Array.from({ length: MAX_LISTED_DEPTH }, (_, index) => resolve(directory, ...Array(index + 1).fill('..')));
  return above.findLast((parent) => existsSync(join(parent, 'cookiecutter.json'))) ?? directory;
}

interface Sizes {
  readonly path: string;
  readonly size: number;
  readonly bytes: number;
  readonly files: number;
}

function checkSizes({ path, size, bytes, files }: Sizes): void {
  const fileProblem = findLimitProblem('templateFileBytes', size);
  const problem =
    findLimitProblem('packFiles', files) ?? findLimitProblem('packBytes', bytes) ?? (fileProblem && `${path}: ${fileProblem}`);
  if (problem !== undefined) throw new PacksmithError('PACK_TOO_LARGE', problem);
}

function readDirectory(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR'))
      throw new PacksmithError('PACK_NOT_FOUND', `there is no directory ${directory}`, { hint: adviseOnPath(directory), cause: error });
    throw unreadable(directory, 'the directory cannot be listed', error);
  }
}

/** Behind a path, a version or a revision is part of the name; only repositories have them. */
function adviseOnPath(directory: string): string {
  const [, place = '', mark, revision = ''] = /^(.+)([#@])([^#@/\\]+)$/.exec(directory) ?? [];
  if (mark === undefined || !existsSync(place)) return 'check the path; `packs search` finds packs by their names';
  if (!existsSync(join(place, '.git'))) return `${place} has one version, as it is now: leave ${mark}${revision} out`;
  return `a directory is taken as it is now; \`git+file://${place}#${revision}\` is its repository at ${revision}`;
}

/** Reads a file through one descriptor, so that its path is walked once and no more is read than was checked. */
function readFile(file: string, check: (size: number) => void): FileEntry {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const { mode, size } = fstatSync(descriptor);
    check(size);
    return { content: readBytes(descriptor, size), mode: isExecutable(mode) ? 0o755 : 0o644 };
  } catch (error) {
    if (error instanceof PacksmithError) throw error;
    throw unreadable(file, 'the file cannot be read', error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readBytes(descriptor: number, size: number): Uint8Array {
  const content = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, content, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return content.subarray(0, length);
}

function unsafeName(directory: string, what: string): PacksmithError {
  const hint = 'rename it: a name must be one that every system can have';
  return new PacksmithError('PACK_UNREADABLE', `${directory}: ${what}`, { hint });
}

function unreadable(where: string, what: string, cause?: unknown): PacksmithError {
  return new PacksmithError('PACK_UNREADABLE', `${where}: ${what}`, cause === undefined ? {} : { cause });
}
