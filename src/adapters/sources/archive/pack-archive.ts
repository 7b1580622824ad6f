import { gzipSync } from 'node:zlib';
import { Header, Pax } from 'tar';
import { type FileTree, isExecutable, sortedPaths } from '../../../core/tree/file-tree.ts';

const BLOCK = 512;
/** The instant that npm gives every file of a package, so that the same files make the same bytes. */
const FIXED_TIME = new Date('1985-10-26T08:15:00.000Z');
const UNKNOWN_SYSTEM = 255;

/**
 * Packs a tree into a gzipped tar: sorted, without owners, times or permissions other than 0644 and 0755, and with a gzip header that names
 * neither a time nor a system. The same tree gives the same tar everywhere, and the same bytes with the same zlib.
 *
 * @param options.prefix the directory that all files are put in; `package`, as npm has it, where nothing is said.
 */
export function packArchive(tree: FileTree, options: { readonly prefix?: string } = {}): Uint8Array {
  const bytes = gzipSync(packTar(tree, options.prefix ?? 'package'), { level: 9 });
  bytes[9] = UNKNOWN_SYSTEM;
  return new Uint8Array(bytes);
}

function packTar(tree: FileTree, prefix: string): Buffer {
  const blocks: Uint8Array[] = [];
  for (const path of sortedPaths(tree)) {
    const entry = tree.get(path);
    if (entry === undefined) continue;
    const mode = isExecutable(entry.mode) ? 0o755 : 0o644;
    blocks.push(...headerBlocks(prefix === '' ? path : `${prefix}/${path}`, entry.content.byteLength, mode));
    blocks.push(entry.content, Buffer.alloc((BLOCK - (entry.content.byteLength % BLOCK)) % BLOCK));
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function headerBlocks(path: string, size: number, mode: number): Uint8Array[] {
  const header = new Header({ path, mode, size, type: 'File', uid: 0, gid: 0, mtime: FIXED_TIME });
  const block = Buffer.alloc(BLOCK);
  const needsPax = header.encode(block);
  return needsPax ? [new Pax({ path }).encode(), block] : [block];
}
