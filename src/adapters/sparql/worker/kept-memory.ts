/**
 * A store kept between runs as the memory of the engine, page by page without the empty ones: it is there again as fast as a file is read. The same
 * WebAssembly gives every address the same meaning, and nothing outside the memory has state while nothing runs, but for the table of what the engine
 * holds of JavaScript: the names of a few properties.
 *
 * The file: a line of JSON, then the pages. Whatever is wrong with it, it is as if there were none.
 */
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Store } from 'oxigraph/web.js';
import { removeIfThere } from '../../files/remove-if-there.ts';
import type { KeptStore } from '../protocol.ts';
import type { Engine } from './load-oxigraph.ts';

const PAGE_BYTES = 65_536;
const HEADER_BYTES = 1 << 20;
/** More is loaded anew: it would fill the disk. */
const MAX_BYTES = 256 * 1024 * 1024;

const MAX_KEPT = 8;

interface Header {
  readonly engine: string;
  readonly key: string;
  readonly pointer: number;
  readonly table: number;
  /** Names of JavaScript that the engine holds on to, by their place in the table. */
  readonly names: readonly (readonly [index: number, name: string])[];
  readonly memory: number;
  /** The pages that are not empty, as first page and count. */
  readonly runs: readonly (readonly [first: number, count: number])[];
  readonly checksum: number;
}

/** Writes the memory of an engine that holds this one store. Gives up where it can't be written, which costs time later and nothing else. */
export function keepMemory(engine: Engine, store: Store, { file, key }: KeptStore): void {
  const bytes = new Uint8Array(engine.memory.buffer);
  const runs = findRuns(bytes);
  const size = runs.reduce((sum, [, count]) => sum + count * PAGE_BYTES, 0);
  const names = findNames(engine.table);
  if (size > MAX_BYTES || names === undefined) return;
  const parts = runs.map(([first, count]) => bytes.subarray(first * PAGE_BYTES, (first + count) * PAGE_BYTES));
  const checksum = parts.reduce((sum, part) => crc32(part, sum), 0);
  const pointer = pointerOf(store);
  const header: Header = { engine: engine.identity, key, pointer, table: engine.table.length, names, memory: bytes.length, runs, checksum };
  writeFile(file, [Buffer.from(`${JSON.stringify(header)}\n`), ...parts]);
}

/** Puts back what is kept. @param engine One that nothing was done with yet. @returns Where the store is in it. */
export function restoreMemory(engine: Engine, { file, key }: KeptStore): number | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const found = readHeader(descriptor);
    if (found === undefined || found.header.engine !== engine.identity || found.header.key !== key) return undefined;
    return readPages(engine, descriptor, found);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

interface FoundHeader {
  readonly header: Header;
  readonly end: number;
}

function readHeader(descriptor: number): FoundHeader | undefined {
  const { uid, mode, size } = fstatSync(descriptor);
  // What another user could have written is not believed.
  if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
  const head = Buffer.alloc(Math.min(HEADER_BYTES, size));
  readSync(descriptor, head, 0, head.length, 0);
  const end = head.indexOf(10);
  return end === -1 ? undefined : { header: JSON.parse(head.toString('utf8', 0, end)) as Header, end: end + 1 };
}

/** Reads the pages beside the memory first, so that what is damaged changes nothing. */
function readPages({ memory, table }: Engine, descriptor: number, { header, end }: FoundHeader): number | undefined {
  const size = header.runs.reduce((sum, [, count]) => sum + count * PAGE_BYTES, 0);
  const pages = Buffer.allocUnsafe(size);
  if (readSync(descriptor, pages, 0, size, end) !== size || crc32(pages) !== header.checksum) return undefined;
  if (memory.buffer.byteLength < header.memory) memory.grow((header.memory - memory.buffer.byteLength) / PAGE_BYTES);
  if (table.length < header.table) table.grow(header.table - table.length);
  for (const [index, name] of header.names) table.set(index, name);
  const target = new Uint8Array(memory.buffer);
  let from = 0;
  let filled = 0;
  for (const [first, count] of header.runs) {
    target.fill(0, filled * PAGE_BYTES, first * PAGE_BYTES);
    target.set(pages.subarray(from, from + count * PAGE_BYTES), first * PAGE_BYTES);
    from += count * PAGE_BYTES;
    filled = first + count;
  }
  return header.pointer;
}

/** `undefined` where the engine holds more than names, which can't be kept. */
function findNames(table: Engine['table']): [number, string][] | undefined {
  const entries = Array.from({ length: table.length }, (_, index) => [index, table.get(index)] as const);
  const held = entries.filter(([, value]) => value !== undefined && value !== null && typeof value !== 'boolean');
  return held.every(([, value]) => typeof value === 'string') ? (held as [number, string][]) : undefined;
}

function findRuns(bytes: Uint8Array): [number, number][] {
  const empty = Buffer.alloc(PAGE_BYTES);
  const runs: [number, number][] = [];
  for (let page = 0; page * PAGE_BYTES < bytes.length; page++) {
    if (empty.equals(bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES))) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === page) last[1] += 1;
    else runs.push([page, 1]);
  }
  return runs;
}

function pointerOf(store: Store): number {
  return (store as Store & { readonly __wbg_ptr: number }).__wbg_ptr;
}

function writeFile(file: string, parts: readonly Uint8Array[]): void {
  const staged = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(staged, 'w', 0o600);
    try {
      for (const part of parts) writeAll(descriptor, part);
    } finally {
      closeSync(descriptor);
    }
    renameSync(staged, file);
    removeOldest(dirname(file));
  } catch {
    removeIfThere(staged);
  }
}

/** Contents of the catalogue come and go: a few of them stay. */
function removeOldest(directory: string): void {
  const kept = readdirSync(directory)
    .filter((name) => /^store-[0-9a-f]+\.bin$/.test(name))
    .map((name) => ({ path: join(directory, name), at: statSync(join(directory, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of kept.slice(MAX_KEPT)) rmSync(path, { force: true });
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from);
}
