import { createGunzip } from 'node:zlib';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { findMarker, withoutOtherMarkers } from '../../../core/foreign/foreign-kind.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import type { FileEntry, FileTree } from '../../../core/tree/file-tree.ts';
import { plainSegments } from '../../../core/tree/plain-segments.ts';
import type { ProjectPath } from '../../../core/tree/project-path.ts';
import { followArchiveLinks, refusal, type UnpackedArchive } from './follow-archive-links.ts';
import type { TarReader } from './read-tar.ts';
import { TreePolicy } from './tree-policy.ts';

/** Text seldom shrinks to a tenth; only a bomb shrinks to a hundredth and is large too. */
const MAX_RATIO = 100;
const RATIO_FREE_BYTES = 8 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/**
 * Unpacks a `.tgz`, `.tar.gz`, `.tar` or `.zip` into a tree, in memory, with the directory that everything is in (`package/`) taken off. Modes are
 * 0644 and 0755. Memory stays bounded whatever the archive claims: limits are enforced while it streams. Links of a template of another tool are
 * the files of the archive that they lead to.
 *
 * @param input whole bytes, or chunks as they come.
 * @param name of the archive, for the message; credentials in it are masked.
 * @param directory in the archive that is meant, or the file of a template in one, in the place of the whole.
 * @throws PacksmithError `ARCHIVE_REFUSED` with all findings: links, devices, setuid bits, unsafe, duplicate or colliding paths, damage, or too
 * much of anything; `PACK_NOT_FOUND` where there is no such directory.
 */
export async function unpackArchive(
  input: Uint8Array | AsyncIterable<Uint8Array>,
  name = 'the archive',
  directory?: string,
): Promise<FileTree> {
  const named = findMarker(directory);
  const segments = plainSegments(named?.directory ?? directory ?? '');
  const prefix = segments.map((segment) => `${segment}/`).join('');
  const { files, findings } = followArchiveLinks(await readArchive(input, name), prefix, named?.kind);
  if (findings.length > 0) throw refused(name, findings);
  const tree = prefix === '' ? files : directoryOf(files, prefix, name);
  if (named === undefined) return tree;
  if (tree.has(named.marker as ProjectPath)) return withoutOtherMarkers(tree, named);
  throw new PacksmithError('PACK_NOT_FOUND', `${redactUrl(name)} has no ${directory}`);
}

/** A directory of an archive as a tree of its own. */
function directoryOf(tree: FileTree, prefix: string, name: string): FileTree {
  const found = [...tree].flatMap(([path, entry]) =>
    path.startsWith(prefix) ? [[path.slice(prefix.length) as ProjectPath, entry] as const] : [],
  );
  if (found.length === 0) throw new PacksmithError('PACK_NOT_FOUND', `${redactUrl(name)} has no directory ${prefix.slice(0, -1)}`);
  return new Map(found);
}

async function readArchive(input: Uint8Array | AsyncIterable<Uint8Array>, name: string): Promise<UnpackedArchive> {
  const chunks = toChunks(input)[Symbol.asyncIterator]();
  const first = await firstBytes(chunks);
  if (first === undefined) throw refused(name, ['it is empty']);
  const whole = withFirst(first, chunks);
  if (isZip(first)) return unpackZip(whole, name);
  // Loaded only here: most commands unpack nothing.
  const reader = new (await import('./read-tar.ts')).TarReader();
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  if (isGzip) await gunzipInto(reader, whole);
  else for await (const chunk of whole) if (!reader.write(chunk)) break;
  return judged(reader.end(), reader.policy, name);
}

/** Its list of contents stands at its end, so that it is read whole first; how large it may be, its source has decided. */
async function unpackZip(chunks: AsyncIterable<Uint8Array>, name: string): Promise<UnpackedArchive> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const policy = new TreePolicy();
  // Loaded only here: most archives are of the other kind.
  const { readZip } = await import('./read-zip.ts');
  const files = await readZip(Buffer.concat(parts), policy, { ratio: MAX_RATIO, ratioFreeBytes: RATIO_FREE_BYTES });
  return judged(files, policy, name);
}

function judged(files: ReadonlyMap<string, FileEntry>, { findings, links }: TreePolicy, name: string): UnpackedArchive {
  if (findings.length > 0) throw refused(name, [...findings, ...[...links.keys()].map(refusal)]);
  if (files.size === 0) throw refused(name, ['it holds no files']);
  const top = topDirectory([...files.keys(), ...links.keys()]);
  return {
    files: new Map([...files].map(([path, entry]) => [path.slice(top.length) as ProjectPath, entry])),
    links: new Map([...links].map(([path, target]) => [path.slice(top.length), target])),
  };
}

function refused(name: string, findings: readonly string[]): PacksmithError {
  const shown = redactUrl(name);
  const [only = ''] = findings;
  const message =
    findings.length === 1 ? `${shown} is refused: ${only}` : `${shown} is refused:\n${findings.map((text) => `  - ${text}`).join('\n')}`;
  const diagnostics = findings.map((text) => ({ code: 'PACK_FILES_INVALID', severity: 'error', message: text }) as const);
  return new PacksmithError('ARCHIVE_REFUSED', message, { diagnostics });
}

/** As many bytes as tell one kind of archive from another; fewer where there are no more. */
const SIGNATURE_BYTES = 4;

async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  let first: Uint8Array | undefined;
  while ((first?.byteLength ?? 0) < SIGNATURE_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = first === undefined || first.byteLength === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first?.byteLength === 0 ? undefined : first;
}

/** `PK` and what begins an entry, or the end of an archive without any. */
function isZip([p, k, third, fourth]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* toChunks(input: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (!(input instanceof Uint8Array)) return yield* input;
  for (let start = 0; start < input.byteLength; start += CHUNK_BYTES) yield input.subarray(start, start + CHUNK_BYTES);
}

async function gunzipInto(reader: TarReader, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const counted = { compressed: 0, unpacked: 0 };
  const feeding = feed(gunzip, chunks, counted);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      counted.unpacked += chunk.byteLength;
      if (counted.unpacked > RATIO_FREE_BYTES && counted.unpacked > counted.compressed * MAX_RATIO) {
        reader.policy.refuseLimit(`it unpacks to more than ${MAX_RATIO} times its size`);
      }
      if (!reader.write(chunk)) break;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    reader.policy.refuse(`its compression is damaged: ${error.message}`);
  } finally {
    gunzip.destroy();
  }
  await feeding;
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^Z_|^ERR_STREAM_PREMATURE_CLOSE$/.test(String(error.code));
}

/** Writes no faster than it is read; ends early, without a failure of its own, when the reader has seen enough. */
async function feed(
  gunzip: ReturnType<typeof createGunzip>,
  chunks: AsyncIterable<Uint8Array>,
  counted: { compressed: number },
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      counted.compressed += chunk.byteLength;
      if (!gunzip.write(chunk)) await drained(gunzip);
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function drained(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      gunzip.off('drain', done);
      gunzip.off('close', done);
      resolve();
    };
    if (gunzip.destroyed) return resolve();
    gunzip.on('drain', done);
    gunzip.on('close', done);
  });
}

/** The one directory that everything is in, with its `/`; empty where something stands beside it. */
function topDirectory(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => path.slice(0, path.indexOf('/') + 1)));
  const [top = ''] = tops;
  return tops.size === 1 ? top : '';
}
