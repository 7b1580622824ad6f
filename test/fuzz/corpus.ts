import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusEntry {
  /** Begins with `found-` where it once broke a law. */
  readonly name: string;
  readonly input: Uint8Array;
}

/** The stored inputs of a target in the order of their names. */
export function readCorpus(root: string, target: string): readonly CorpusEntry[] {
  const directory = join(root, 'test', 'fuzz', 'corpus', target);
  const names = readdirSync(directory).sort();
  return names.map((name) => ({ name, input: new Uint8Array(readFileSync(join(directory, name))) }));
}
