import type { DataOutcome } from '../core/data/parse-plain-data.ts';
import type { DataFiles, NamedFile } from '../ports/data-files.ts';

/** Files of data in memory, by absolute path. Tables are split at every delimiter: it knows no quotes, and refuses text that has them. */
export class MemoryDataFiles implements DataFiles {
  readonly #files = new Map<string, Uint8Array>();
  readonly #named: NamedFile[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.put(path, text);
  }

  /** Writes a file as the user would. */
  put(path: string, text: string): void {
    this.#files.set(path, new TextEncoder().encode(text));
  }

  read(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#files.get(path));
  }

  wasNamed({ project, path }: NamedFile): boolean {
    return this.#named.some((known) => known.project === project && known.path === path);
  }

  rememberNamed(files: readonly NamedFile[]): void {
    this.#named.push(...files);
  }

  readTable(text: string, delimiter: ',' | '\t'): Promise<DataOutcome> {
    if (text.includes('"')) return Promise.resolve({ kind: 'problem', problem: 'this double reads no quotes', line: 1 });
    const [header = [], ...rows] = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(delimiter));
    return Promise.resolve({ kind: 'value', value: rows.map((row) => new Map(header.map((name, index) => [name, row[index] ?? '']))) });
  }
}
