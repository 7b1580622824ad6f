// The getter of `node:fs`, since `node:fs/promises` is loaded with whatever imports it.
import { mkdirSync, promises, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataOutcome } from '../../core/data/parse-plain-data.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findLimitProblem } from '../../core/manifest/limits.ts';
import type { DataFiles, NamedFile } from '../../ports/data-files.ts';
import { isErrno, toDiskError } from '../files/errno.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';

/** More files than this are not remembered; the oldest are forgotten first. */
const MAX_REMEMBERED = 1_000;

/** Data on disk. What the user named is remembered beside the user's other state, where no project can write. */
export class NodeDataFiles implements DataFiles {
  readonly #stateFile: string;

  constructor(stateDirectory: string) {
    this.#stateFile = join(stateDirectory, 'named-data.json');
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      const file = await promises.open(path, 'r');
      try {
        const stats = await file.stat();
        if (!stats.isFile()) throw new PacksmithError('FILE_UNREADABLE', `${path} is not a plain file`);
        const problem = findLimitProblem('dataBytes', stats.size);
        if (problem !== undefined) throw new PacksmithError('LIMIT_EXCEEDED', `${path}: ${problem}`);
        return await file.readFile();
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw toDiskError(error, `read ${path}`);
    }
  }

  wasNamed({ project, path }: NamedFile): boolean {
    return this.#readNamed().some((known) => known.project === project && known.path === path);
  }

  rememberNamed(files: readonly NamedFile[]): void {
    const known = this.#readNamed();
    const added = files.filter(({ project, path }) => !known.some((entry) => entry.project === project && entry.path === path));
    if (added.length === 0) return;
    try {
      mkdirSync(dirname(this.#stateFile), { recursive: true });
      writeFileAtomic(this.#stateFile, `${JSON.stringify([...known, ...added].slice(-MAX_REMEMBERED), undefined, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      throw toDiskError(error, `write ${this.#stateFile}`);
    }
  }

  async readTable(text: string, delimiter: ',' | '\t'): Promise<DataOutcome> {
    const { readCsv } = await import('./read-csv.ts');
    return readCsv(text, delimiter);
  }

  /** What is damaged counts as nothing: the user is asked to name the file again. */
  #readNamed(): NamedFile[] {
    try {
      const entries: unknown = JSON.parse(readFileSync(this.#stateFile, 'utf8'));
      return Array.isArray(entries) ? entries.filter(isNamedFile) : [];
    } catch (error) {
      if (isErrno(error, 'ENOENT') || error instanceof SyntaxError) return [];
      throw toDiskError(error, `read ${this.#stateFile}`);
    }
  }
}

function isNamedFile(entry: unknown): entry is NamedFile {
  const file = entry as Partial<NamedFile> | null;
  return typeof file?.project === 'string' && typeof file.path === 'string';
}
