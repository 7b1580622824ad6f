import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** A directory where it ends with `/`. */
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** What Unix gives it, type and all; without it the archive is of a system that has no modes. */
  readonly mode?: number;
  readonly isStored?: boolean;
  /** What the list of contents says instead of what is true. */
  readonly says?: {
    readonly size?: number;
    readonly path?: string;
    readonly crc?: number;
    readonly method?: number;
    readonly flags?: number;
  };
}

const UTF8 = 0x800;

/** A ZIP archive, true or not. */
export function makeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const { path, content = '', mode, isStored = false, says = {} } of entries) {
    const bytes = Buffer.from(content as Uint8Array);
    const data = isStored ? bytes : deflateRawSync(bytes);
    const common = (name: Buffer): Buffer => {
      const header = Buffer.alloc(26);
      header.writeUInt16LE(20, 0);
      header.writeUInt16LE(says.flags ?? UTF8, 2);
      header.writeUInt16LE(says.method ?? (isStored ? 0 : 8), 4);
      header.writeUInt32LE(says.crc ?? crc32(bytes), 10);
      header.writeUInt32LE(data.byteLength, 14);
      header.writeUInt32LE(says.size ?? bytes.byteLength, 18);
      header.writeUInt16LE(name.byteLength, 22);
      return header;
    };
    const name = Buffer.from(path);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common(name), name, data]);
    const said = Buffer.from(says.path ?? path);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, mode === undefined ? 0 : 3]);
    listed.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), madeBy, common(said), tail, said]));
    parts.push(local);
    offset += local.byteLength;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.byteLength, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...parts, list, Buffer.from('PK\u0005\u0006'), end]));
}
