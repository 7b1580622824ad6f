import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCacheFile } from '../../files/write-file-atomic.ts';
import { computeIntegrity, findStrongIntegrity } from './integrity.ts';

/** Archives by the SHA-512 of their bytes. What does not have its name's hash any more counts as absent. */
export class ArchiveCache {
  readonly #directory: string;

  /** @param directory absolute; made when it is first needed. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  read(integrity: string): Uint8Array | undefined {
    const strong = findStrongIntegrity(integrity);
    if (strong === undefined) return undefined;
    try {
      const bytes = new Uint8Array(readFileSync(this.#fileOf(strong)));
      return computeIntegrity(bytes) === strong ? bytes : undefined;
    } catch {
      // Absent or unreadable: either way it is fetched again.
      return undefined;
    }
  }

  /** Keeps an archive whose bytes were checked. */
  write(bytes: Uint8Array): void {
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      writeCacheFile(this.#fileOf(computeIntegrity(bytes)), bytes, { mode: 0o600 });
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
  }

  #fileOf(integrity: string): string {
    return join(this.#directory, Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'));
  }
}
