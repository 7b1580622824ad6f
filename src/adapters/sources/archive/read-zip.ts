import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import type { FileEntry } from '../../../core/tree/file-tree.ts';
import { MAX_PATH_BYTES } from '../../../core/tree/project-path.ts';
import type { TreePolicy } from './tree-policy.ts';

/** What unpacks to more than this many times its size, and is large too, is a bomb. */
export interface ZipLimits {
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}

/**
 * Reads a ZIP archive into files by path as they stand in it. Its list of contents decides: every entry is judged before any of it is unpacked,
 * and must then be what the list says, in size, checksum and name. What the policy refuses is skipped; reading ends where it is hopeless.
 */
export async function readZip(bytes: Uint8Array, policy: TreePolicy, limits: ZipLimits): Promise<ReadonlyMap<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true });
    const admitted: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      if (isLink(entry)) await addLink(zip, entry, policy);
      else if (admit(entry, policy)) admitted.push(entry);
      if (policy.isHopeless) return files;
    }
    checkRatio(admitted, policy, limits);
    if (policy.findings.length > 0) return files;
    // One after another: each is bounded, and so is what is in memory at one time.
    for (const entry of admitted) files.set(entry.fileName, { content: await readEntry(zip, entry, policy), mode: modeOf(entry) });
  } catch (error) {
    // Every failure of the library is about the bytes that it was given.
    policy.refuse(`it is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
  return files;
}

const UNIX = 3;
const FILE_TYPE = 0o170_000;
const REGULAR = 0o100_000;
const DIRECTORY = 0o040_000;
const LINK = 0o120_000;

/** The mode that Unix gave a file; 0 where another system made the archive. */
function unixMode({ versionMadeBy, externalFileAttributes }: Entry): number {
  return versionMadeBy >> 8 === UNIX ? externalFileAttributes >>> 16 : 0;
}

function isLink(entry: Entry): boolean {
  return (unixMode(entry) & FILE_TYPE) === LINK && !entry.fileName.endsWith('/');
}

/** The content of a link is what it says. */
async function addLink(zip: ZipFile, entry: Entry, policy: TreePolicy): Promise<void> {
  if (!entry.canDecodeFileData() || entry.uncompressedSize > MAX_PATH_BYTES)
    policy.refuse(`${JSON.stringify(entry.fileName)} is a link that cannot be read`);
  else policy.addLink(entry.fileName, decodeUtf8(await readEntry(zip, entry, policy)) ?? '');
}

/** Judges an entry; tells whether it is a file to be kept. */
function admit(entry: Entry, policy: TreePolicy): boolean {
  const { fileName } = entry;
  const shown = JSON.stringify(fileName);
  const mode = unixMode(entry);
  const type = mode & FILE_TYPE;
  const isDirectory = fileName.endsWith('/');
  if (type !== 0 && type !== (isDirectory ? DIRECTORY : REGULAR)) {
    policy.refuse(`${shown} is neither a file nor a directory`);
    return false;
  }
  if ((mode & (isDirectory ? 0o4000 : 0o7000)) !== 0) policy.refuse(`${shown} is marked setuid, setgid or sticky`);
  if (isDirectory) {
    policy.addDirectory(fileName.slice(0, -1));
    return false;
  }
  if (!entry.canDecodeFileData()) {
    policy.refuse(`${shown} is ${entry.isEncrypted() ? 'encrypted' : 'compressed in a way that is not supported'}`);
    return false;
  }
  return policy.addFile(fileName, entry.uncompressedSize);
}

function checkRatio(entries: readonly Entry[], policy: TreePolicy, { ratio, ratioFreeBytes }: ZipLimits): void {
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const compressed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  if (unpacked > ratioFreeBytes && unpacked > compressed * ratio) policy.refuseLimit(`it unpacks to more than ${ratio} times its size`);
}

/** The library stops where an entry has another size than the list says. */
async function readEntry(zip: ZipFile, entry: Entry, policy: TreePolicy): Promise<Uint8Array> {
  const header = await zip.readLocalFileHeaderPromise(entry);
  if (!header.fileName.equals(entry.fileNameRaw)) policy.refuse(`${JSON.stringify(entry.fileName)} has two names`);
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  const content = new Uint8Array(Buffer.concat(chunks));
  if (crc32(content) !== entry.crc32) policy.refuse(`${JSON.stringify(entry.fileName)} is damaged`);
  return content;
}

function modeOf(entry: Entry): FileEntry['mode'] {
  return (unixMode(entry) & 0o100) === 0 ? 0o644 : 0o755;
}
