// The register of mutation scores: what was run of each folder of `src/core`, of which sources, and when. A folder whose sources have changed since is stale.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one run found of one folder. */
export interface FolderScore {
  readonly folder: string;
  /** ISO 8601, the day. */
  readonly date: string;
  /** One of so many mutants of each file was run; 1: all. */
  readonly oneOf: number;
  /** Whether they met the tests of the folder itself, or all that load it. */
  readonly tests: 'own' | 'all';
  /** All that there are. */
  readonly mutants: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly noCoverage: number;
  /** SHA-256 of the folder's sources, without its tests. */
  readonly sources: string;
  /** SHA-256 of all of the above: `npm run mutation` writes entries, nobody else. */
  readonly seal: string;
}

export const REGISTER = 'docs/registers/mutation.json';

/** Empty where nothing was ever recorded. */
export function loadScores(repository: string): FolderScore[] {
  if (!existsSync(join(repository, REGISTER))) return [];
  return JSON.parse(readFileSync(join(repository, REGISTER), 'utf8')) as FolderScore[];
}

/** The folders of `src/core` that have sources. */
export function listFolders(repository: string): string[] {
  const entries = readdirSync(join(repository, 'src', 'core'), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => listSources(repository, name).length > 0).sort();
}

/** Paths relative to the repository. */
export function listSources(repository: string, folder: string): string[] {
  const files = readdirSync(join(repository, 'src', 'core', folder), { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => `src/core/${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file))
    .sort();
}

export function hashSources(repository: string, folder: string): string {
  const hash = createHash('sha256');
  for (const file of listSources(repository, folder)) hash.update(JSON.stringify([file, readFileSync(join(repository, file), 'utf8')]));
  return hash.digest('hex');
}

/** Of each folder as it is now. */
export function hashAll(repository: string): ReadonlyMap<string, string> {
  return new Map(listFolders(repository).map((folder) => [folder, hashSources(repository, folder)]));
}

export function seal(score: Omit<FolderScore, 'seal'>): FolderScore {
  const { folder, date, oneOf, tests, mutants, killed, timedOut, survived, noCoverage, sources } = score;
  const facts = [folder, date, oneOf, tests, mutants, killed, timedOut, survived, noCoverage, sources];
  return { ...score, seal: createHash('sha256').update(JSON.stringify(facts)).digest('hex') };
}

export function countRun({ killed, timedOut, survived, noCoverage }: FolderScore): number {
  return killed + timedOut + survived + noCoverage;
}

/** The share that tests see, from 0 to 1. */
export function detected(score: FolderScore): number {
  return (score.killed + score.timedOut) / countRun(score);
}

export interface Summary {
  /** The days of the first and the last run. */
  readonly dates: readonly [first: string, last: string];
  /** In percent: what tests see of all mutants, each folder weighing as much as it has mutants. */
  readonly score: number;
  /** In percent, to either side, at 95 %: what the sample leaves open. */
  readonly margin: number;
  readonly mutants: number;
  readonly run: number;
  /** Folders whose sources are not those that were run, or that were never run. */
  readonly stale: readonly string[];
}

/** `hashes` are of the sources as they are now. */
export function summarize(scores: readonly FolderScore[], hashes: ReadonlyMap<string, string>): Summary {
  const mutants = scores.reduce((sum, score) => sum + score.mutants, 0);
  const run = scores.reduce((sum, score) => sum + countRun(score), 0);
  const share = (score: FolderScore) => score.mutants / mutants;
  const score = scores.reduce((sum, own) => sum + share(own) * detected(own), 0);
  const variance = scores.reduce((sum, own) => {
    const size = countRun(own);
    return sum + share(own) ** 2 * ((detected(own) * (1 - detected(own))) / size) * (1 - size / own.mutants);
  }, 0);
  const known = new Map(scores.map(({ folder, sources }) => [folder, sources]));
  const stale = [...hashes].filter(([folder, hash]) => known.get(folder) !== hash).map(([folder]) => folder);
  const days = scores.map(({ date }) => date).sort();
  const dates = [days[0] ?? '', days.at(-1) ?? ''] as const;
  return { dates, score: 100 * score, margin: 100 * 1.96 * Math.sqrt(variance), mutants, run, stale };
}
