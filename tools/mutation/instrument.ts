// Mutants of source files, all of them switched into one text of each file; those that are not in the sample are switched off for good.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

export interface Mutant {
  readonly id: number;
  /** Relative to the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

export interface Instrumented {
  /** Texts by absolute path. */
  readonly texts: Readonly<Record<string, string>>;
  /** How many mutants each file has, whether they are in the sample or not. */
  readonly counts: ReadonlyMap<string, number>;
  readonly sample: readonly Mutant[];
}

/** One of so many mutants of each file is taken, at least one: always the same ones, by a hash of what they are. */
export async function instrument(repository: string, files: readonly string[], oneOf: number): Promise<Instrumented> {
  const sources = new Map(files.map((file) => [file, readFileSync(join(repository, file), 'utf8')]));
  const quiet = { debug() {}, info() {}, warn: console.warn, error: console.error, isDebugEnabled: () => false };
  const input = [...sources].map(([name, content]) => ({ name, content, mutate: true }));
  // The logger of the library's own that it asks for has more methods than it calls.
  const instrumenter = new Instrumenter(quiet as unknown as ConstructorParameters<typeof Instrumenter>[0]);
  const result = await instrumenter.instrument(input, { plugins: null, excludedMutations: [], ignorers: [], noHeader: true });
  const mutants = result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
    id: Number(id),
    file: fileName,
    line: location.start.line + 1,
    mutator: mutatorName,
    original: cut(sources.get(fileName) ?? '', location),
    replacement,
    place: [location.start.line, location.start.column, location.end.line, location.end.column].join(':'),
  }));
  const byFile = new Map(files.map((file) => [file, mutants.filter((mutant) => mutant.file === file)]));
  const sample = [...byFile.values()].flatMap((own) => draw(own, Math.ceil(own.length / oneOf)));
  const wanted = new Set(sample.map(({ id }) => id));
  return {
    texts: Object.fromEntries(result.files.map(({ name, content }) => [join(repository, name), keepOnly(content, wanted)])),
    counts: new Map([...byFile].map(([file, own]) => [file, own.length])),
    sample: sample.map(({ place: _, ...mutant }) => mutant),
  };
}

/** Those whose hash is least: no matter how often it is drawn, the same. */
function draw<M extends Mutant & { readonly place: string }>(mutants: readonly M[], size: number): M[] {
  const rank = ({ file, place, mutator, replacement }: M) =>
    createHash('sha256')
      .update(JSON.stringify([file, place, mutator, replacement]))
      .digest('hex');
  const ranked = mutants.map((mutant) => ({ mutant, rank: rank(mutant) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked
    .slice(0, size)
    .map(({ mutant }) => mutant)
    .sort((a, b) => a.id - b.id);
}

function keepOnly(text: string, wanted: ReadonlySet<number>): string {
  return text
    .replace(/stryMutAct_9fa48\("(\d+)"\)/g, (_, id: string) => (wanted.has(Number(id)) ? `stryMutAct_9fa48(${id})` : 'false'))
    .replace(/stryCov_9fa48\(("\d+"(?:, "\d+")*)\)/g, (_, ids: string) => {
      const kept = ids
        .split(', ')
        .map((id) => Number(id.slice(1, -1)))
        .filter((id) => wanted.has(id));
      return `stryCov_9fa48(${kept.join(', ')})`;
    });
}

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

function cut(text: string, { start, end }: Location): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, end.column);
  lines[0] = (lines[0] ?? '').slice(start.column);
  return lines.join('\n');
}
