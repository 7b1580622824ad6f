import { gzipSync } from 'node:zlib';
import { Header, Pax } from 'tar';

/** One entry of a tar that need not be a good one. */
export interface TarEntry {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  readonly type?:
    | 'File'
    | 'OldFile'
    | 'Directory'
    | 'SymbolicLink'
    | 'Link'
    | 'CharacterDevice'
    | 'BlockDevice'
    | 'FIFO'
    | 'ContiguousFile';
  readonly linkpath?: string;
  /** What the header claims, where it is not the truth. */
  readonly size?: number;
  /** Writes the path in an extended header, so that it may be of any length and have any character. */
  readonly isExtended?: boolean;
}

/** Writes a tar with exactly these entries, however bad. */
export function makeTar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(entryBlocks), Buffer.alloc(1024)]);
}

export function makeTgz(entries: readonly TarEntry[]): Uint8Array {
  return new Uint8Array(gzipSync(makeTar(entries)));
}

function entryBlocks({ path, content = '', mode = 0o644, type = 'File', linkpath, size, isExtended = false }: TarEntry): Uint8Array[] {
  const bytes = Buffer.from(content);
  const header = new Header({
    path: isExtended ? 'shortened' : path,
    mode,
    type,
    size: size ?? bytes.byteLength,
    mtime: new Date(0),
    ...(linkpath === undefined ? {} : { linkpath }),
  });
  const block = Buffer.alloc(512);
  header.encode(block);
  const extended = isExtended ? [new Pax({ path }).encode()] : [];
  return [...extended, block, bytes, Buffer.alloc((512 - (bytes.byteLength % 512)) % 512)];
}
