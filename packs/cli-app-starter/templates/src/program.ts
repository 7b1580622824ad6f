import { readFileSync } from 'node:fs';

export interface Program {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** What package.json says of this program; it is one folder up from both src/ and dist/. */
export function readProgram(): Program {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { bin, version, description } = JSON.parse(text);
  return { name: Object.keys(bin)[0] ?? '', version, description };
}
