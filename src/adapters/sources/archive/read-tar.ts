import { Parser, type ReadEntry } from 'tar';
import { LIMITS } from '../../../core/manifest/limits.ts';
import type { FileEntry } from '../../../core/tree/file-tree.ts';
import { TreePolicy } from './tree-policy.ts';

/** Paths and long names are all that a pack needs of extended headers. */
const MAX_META_BYTES = 64 * 1024;
/** Every entry has a header of its own, may have an extended one, and is padded. */
const BYTES_PER_ENTRY = 4 * 512;
const MAX_TAR_BYTES = LIMITS.packBytes.maximum + 2 * LIMITS.packFiles.maximum * BYTES_PER_ENTRY;

const FILE_TYPES: ReadonlySet<string> = new Set(['File', 'OldFile']);
const DIRECTORY_TYPES: ReadonlySet<string> = new Set(['Directory']);

/**
 * Reads an uncompressed tar, chunk by chunk, into files by path as they stand in it. Nothing is written anywhere; what the policy refuses is
 * skipped while reading, and reading ends where it is hopeless. Devices and everything else that is no file, directory or symbolic link is a finding.
 */
export class TarReader {
  readonly policy = new TreePolicy();
  readonly #files = new Map<string, FileEntry>();
  readonly #parser: Parser;
  #bytes = 0;
  #isAtEnd = false;
  #openEntries = 0;

  constructor() {
    this.#parser = new Parser({
      strict: false,
      maxMetaEntrySize: MAX_META_BYTES,
      zstd: false,
      onwarn: (code: string, message: string | Error) => this.#warn(code, message),
      // What it refuses must be consumed all the same; throwing here could not be caught.
      filter: (_path, entry) => this.#admit(entry as ReadEntry),
      onReadEntry: (entry) => this.#collect(entry),
    });
    this.#parser.on('ignoredEntry', (entry: ReadEntry) => this.#judgeType(entry));
    this.#parser.on('meta', (text: string) => {
      if (isAmbiguous(text)) this.policy.refuse('an extended header does not say one path');
    });
    this.#parser.on('eof', () => {
      this.#isAtEnd = true;
    });
  }

  /** Feeds bytes; tells whether more are wanted. */
  write(chunk: Uint8Array): boolean {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > MAX_TAR_BYTES) this.policy.refuseLimit(`it unpacks to more than ${MAX_TAR_BYTES} bytes`);
    if (this.policy.isHopeless) return false;
    // The parser would take a compressed stream inside for one; only plain tar is given to it.
    if (this.#bytes === chunk.byteLength && looksCompressed(chunk)) {
      this.policy.refuse('it is no tar archive');
      return false;
    }
    this.#attempt(() => this.#parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    return !this.policy.isHopeless;
  }

  /** Ends the input. What was read is worth something only where the policy has no findings. */
  end(): ReadonlyMap<string, FileEntry> {
    this.#attempt(() => this.#parser.end());
    if (this.policy.findings.length > 0) return this.#files;
    if (this.#openEntries > 0) this.policy.refuse('it ends in the middle of a file');
    else if (!this.#isAtEnd && this.#bytes % 512 !== 0) this.policy.refuse('it ends in the middle of a block');
    return this.#files;
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.policy.refuse(`it is damaged: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #warn(code: string, message: string | Error): void {
    // Metadata such as times that make no sense are dropped anyway.
    if (code === 'TAR_ENTRY_INFO') return;
    this.policy.refuse(`it is damaged: ${message instanceof Error ? message.message : message}`);
  }

  #admit(entry: ReadEntry): boolean {
    const isFile = FILE_TYPES.has(entry.type);
    if (!isFile && !DIRECTORY_TYPES.has(entry.type)) return false;
    const forbiddenBits = isFile ? 0o7000 : 0o4000;
    if (((entry.mode ?? 0) & forbiddenBits) !== 0) this.policy.refuse(`${JSON.stringify(entry.path)} is marked setuid, setgid or sticky`);
    const path = plainPath(entry.path);
    if (isFile) return this.policy.addFile(path, entry.size);
    if (path !== '') this.policy.addDirectory(path);
    return true;
  }

  #judgeType(entry: ReadEntry): void {
    if (FILE_TYPES.has(entry.type) || DIRECTORY_TYPES.has(entry.type)) return;
    if (entry.type === 'SymbolicLink') this.policy.addLink(plainPath(entry.path), entry.linkpath ?? '');
    else if (entry.meta) this.policy.refuse(`it has an extended header of ${entry.size} bytes`);
    else this.policy.refuse(`${JSON.stringify(entry.path)} is ${TYPE_WORDS.get(entry.type) ?? 'neither a file nor a directory'}`);
  }

  #collect(entry: ReadEntry): void {
    const chunks: Uint8Array[] = [];
    this.#openEntries += 1;
    entry.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    entry.on('end', () => {
      this.#openEntries -= 1;
      if (!FILE_TYPES.has(entry.type)) return;
      const mode = ((entry.mode ?? 0) & 0o100) === 0 ? 0o644 : 0o755;
      this.#files.set(plainPath(entry.path), { content: new Uint8Array(Buffer.concat(chunks)), mode });
    });
  }
}

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['Link', 'a hard link'],
  ['CharacterDevice', 'a device'],
  ['BlockDevice', 'a device'],
  ['FIFO', 'a pipe'],
]);

/**
 * Tells whether an extended header (`LENGTH key=value` a line) or a long name could be read in two ways: a path with a line break or NUL in it is
 * taken by some readers whole and by others in part.
 */
function isAmbiguous(text: string): boolean {
  if (!/^\d+ [^=\n]+=/.test(text)) return /[\0\n]/.test(text.replace(/\0+$/, ''));
  return text.split('\n').some((line) => {
    const length = /^(\d+) (?:path|linkpath|size)=/.exec(line)?.[1];
    return length !== undefined && (Number(length) !== Buffer.byteLength(line) + 1 || line.includes('\0'));
  });
}

/** `./a/` as `tar .` writes it means `a`. */
function plainPath(path: string): string {
  return path.replace(/^\.\/(?!\/)|^\.$/, '').replace(/(?<!^)\/$/, '');
}

function looksCompressed(chunk: Uint8Array): boolean {
  const [first, second, third, fourth] = chunk;
  return (first === 0x1f && second === 0x8b) || (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd);
}
