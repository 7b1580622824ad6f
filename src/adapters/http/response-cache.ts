import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCacheFile } from '../files/write-file-atomic.ts';

/** What was answered last time, so that it need not be sent again, and is there without network. */
export interface CachedResponse {
  /** To ask with: the answer is 304 while it still holds. */
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly body: Uint8Array;
}

const FORMAT = 1;
const MAX_HEAD_BYTES = 8 * 1024;

/** Answers by address, one file each: a line of JSON, then the body. Files that are damaged or cannot be written count as absent. */
export class ResponseCache {
  readonly #directory: string;

  /** @param directory absolute; made when it is first needed. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  read(key: string): CachedResponse | undefined {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#fileOf(key));
    } catch {
      // Absent or unreadable: either way it is fetched again.
      return undefined;
    }
    const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf(0x0a);
    const head = end < 0 ? undefined : parseHead(bytes.subarray(0, end).toString('utf8'));
    if (head === undefined) return undefined;
    const body = new Uint8Array(bytes.subarray(end + 1));
    if (head.format !== FORMAT || head.key !== digest(key) || head.sha256 !== digest(body)) return undefined;
    return { etag: textOf(head.etag), lastModified: textOf(head.lastModified), body };
  }

  write(key: string, response: CachedResponse): void {
    const { etag, lastModified, body } = response;
    const head = JSON.stringify({ format: FORMAT, key: digest(key), sha256: digest(body), etag, lastModified });
    if (head.length >= MAX_HEAD_BYTES) return;
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      writeCacheFile(this.#fileOf(key), Buffer.concat([Buffer.from(`${head}\n`), body]), { mode: 0o600 });
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
  }

  #fileOf(key: string): string {
    return join(this.#directory, digest(key));
  }
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function parseHead(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const head: unknown = JSON.parse(line);
    return typeof head === 'object' && head !== null ? (head as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
