import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { BuiltArchive, PackFiles } from '../../ports/pack-publisher.ts';
import { makeDurable } from '../files/durability.ts';
import { isErrno, toDiskError } from '../files/errno.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { computeIntegrity } from '../sources/archive/integrity.ts';
import { packArchive } from '../sources/archive/pack-archive.ts';
import { unpackArchive } from '../sources/archive/unpack-archive.ts';
import { findPacksBelow } from '../sources/find-packs-below.ts';
import { readPackDirectory } from '../sources/read-pack-directory.ts';

/** Directories, archives and bundles on this machine's disk. */
export const nodePackFiles: PackFiles = {
  readDirectory: readPackDirectory,
  findPacks: findPacksBelow,
  createDirectory,
  buildArchive,
  writeFile,
  changeDirectory,
  readArchive,
};

function buildArchive(files: FileTree, prefix: string): BuiltArchive {
  const bytes = packArchive(files, { prefix });
  return { bytes, integrity: computeIntegrity(bytes), shasum: createHash('sha1').update(bytes).digest('hex') };
}

/** Everything is written beside the place and moved there in one step, so that a crash leaves no half of a pack. */
async function createDirectory(directory: string, files: FileTree): Promise<void> {
  const parent = dirname(directory);
  let staging: string | undefined;
  try {
    refuseFull(directory);
    mkdirSync(parent, { recursive: true });
    staging = mkdtempSync(join(parent, `.${basename(directory)}.`));
    const content = join(staging, 'content');
    const written = writeTree(content, files);
    await makeDurable(written, staging);
    refuseFull(directory);
    if (existsSync(directory)) rmdirSync(directory);
    renameSync(content, directory);
  } catch (error) {
    if (isErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) throw inTheWay(directory);
    throw toDiskError(error, `create ${directory}`);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

function refuseFull(directory: string): void {
  try {
    if (readdirSync(directory).length > 0) throw inTheWay(directory);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

function inTheWay(directory: string): PacksmithError {
  return new PacksmithError('DIRECTORY_IN_THE_WAY', `${directory} is there already and is no empty directory`);
}

function writeTree(root: string, files: FileTree): string[] {
  return [...files].map(([path, { content, mode }]) => {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content, { mode, flag: 'wx' });
    return full;
  });
}

function writeFile(path: string, bytes: Uint8Array, { replace }: { readonly replace: boolean }): void {
  if (!replace && existsSync(path))
    throw new PacksmithError('TARGET_IN_THE_WAY', `${path} is there already`, {
      hint: 'give another file with --output, or replace it with --force',
    });
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic(path, bytes, { mode: 0o644 });
  } catch (error) {
    throw toDiskError(error, `write ${path}`);
  }
}

function changeDirectory(directory: string, { written, removed }: Parameters<PackFiles['changeDirectory']>[1]): void {
  try {
    for (const path of removed) {
      refuseLinks(directory, path);
      rmSync(join(directory, path), { force: true });
      removeEmptyParents(directory, path);
    }
    for (const [path, { content, mode }] of written) {
      refuseLinks(directory, path);
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileAtomic(join(directory, path), content, { mode });
    }
  } catch (error) {
    throw toDiskError(error, `change ${directory}`);
  }
}

/** Nothing is written through a link, which may lead out of the pack. */
function refuseLinks(directory: string, path: string): void {
  const segments = path.split('/');
  for (const [index] of segments.entries()) {
    const part = segments.slice(0, index + 1).join('/');
    const stats = lstatSync(join(directory, part), { throwIfNoEntry: false });
    if (stats?.isSymbolicLink() === true) throw new PacksmithError('PATH_BLOCKED', `${part} in ${directory} is a link`);
  }
}

function removeEmptyParents(directory: string, path: string): void {
  for (let parent = dirname(path); parent !== '.' && readdirSync(join(directory, parent)).length === 0; parent = dirname(parent)) {
    rmdirSync(join(directory, parent));
  }
}

async function readArchive(path: string): Promise<{ files: FileTree; integrity: string }> {
  const bytes = readWhole(path);
  return { files: await unpackArchive(bytes, path), integrity: computeIntegrity(bytes) };
}

function readWhole(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${path}`);
    if (isErrno(error, 'EISDIR')) {
      throw new PacksmithError('INVALID_ARGUMENTS', `${path} is a directory, and neither an archive nor a bundle: give \`--as ID\``, {
        hint: '`packs import DIRECTORY --as ID` makes a pack of a template of another tool; a directory with a pack is used as it is',
      });
    }
    throw toDiskError(error, `read ${path}`);
  }
}
