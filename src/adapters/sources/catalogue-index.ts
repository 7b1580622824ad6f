/**
 * The compiled catalogue: the entries of every pack that one working directory sees, beside facts about each file and directory they were read
 * from. It is used only while every fact still holds, so that a stale index costs a slow `list`, never a wrong one. Everything is synchronous
 * and plain `node:fs`, since the program's fast path reads it before anything else is loaded.
 */
import { mkdirSync, readFileSync, renameSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import { removeIfThere } from '../files/remove-if-there.ts';

/** What stood at a path when the catalogue was compiled. `absent` is a fact too: a file that appears makes the index stale. */
export type StatFact =
  | { readonly path: string; readonly kind: 'absent' }
  | {
      readonly path: string;
      readonly kind: 'file' | 'directory' | 'other';
      readonly size: number;
      readonly inode: number;
      readonly modified: number;
      readonly changed: number;
    };

export interface CatalogueIndex {
  readonly format: 1;
  /** The version of packsmith that compiled it. */
  readonly tool: string;
  /** The whole key, since its hash alone names the file. */
  readonly key: string;
  /** Milliseconds since the epoch, taken before the first fact was recorded. */
  readonly recordedAt: number;
  readonly facts: readonly StatFact[];
  readonly entries: readonly CatalogueEntry[];
  /** Of everything in every pack, where every file of theirs is among the facts. */
  readonly digest?: string;
}

/** What decides which packs are seen. All paths are absolute. */
export interface CatalogueScope {
  /** The version of packsmith. */
  readonly tool: string;
  readonly workingDirectory: string;
  readonly shippedDirectory: string;
  readonly configFile: string;
  readonly dataDirectory: string;
}

/** A file changed this shortly before the facts were recorded could change again without its times changing. Some file systems count in 2 s. */
const RACE_WINDOW_MILLISECONDS = 2_000;

/** The text that tells one catalogue from another. `without` names a kind of place that is left out of it. */
export function catalogueKey(scope: CatalogueScope, without?: string): string {
  const { tool, workingDirectory, shippedDirectory, configFile, dataDirectory } = scope;
  return JSON.stringify([tool, workingDirectory, shippedDirectory, configFile, dataDirectory, ...(without === undefined ? [] : [without])]);
}

/** The file that holds the index of a key. */
export function catalogueIndexFile(cacheDirectory: string, key: string): string {
  return join(cacheDirectory, `catalogue-${hashText(key)}.json`);
}

/** Records what stands at a path now; links are followed. */
export function recordFact(path: string): StatFact {
  const stats = lookAt(path);
  if (stats === undefined) return { path, kind: 'absent' };
  return { path, kind: kindOf(stats), size: stats.size, inode: stats.ino, modified: stats.mtimeMs, changed: stats.ctimeMs };
}

/** Below what is no directory there is nothing either. */
function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Tells whether every fact of an index still holds, and was old enough to be trusted when it was recorded. */
export function isFresh(index: CatalogueIndex): boolean {
  const trustedUntil = index.recordedAt - RACE_WINDOW_MILLISECONDS;
  return index.facts.every((fact) => holds(fact, trustedUntil));
}

/** Reads the index of a key, or gives `undefined` when there is none, it is of another version, damaged, or no longer true. */
export function readCatalogueIndex(cacheDirectory: string, key: string): CatalogueIndex | undefined {
  try {
    const index: unknown = JSON.parse(readFileSync(catalogueIndexFile(cacheDirectory, key), 'utf8'));
    return isCatalogueIndex(index) && index.key === key && isFresh(index) ? index : undefined;
  } catch {
    // The index is only a cache: whatever is wrong with it, the packs themselves are read instead.
    return undefined;
  }
}

/** Writes an index for the next run, by rename. Gives `false` where the cache cannot be written, which costs speed and nothing else. */
export function writeCatalogueIndex(cacheDirectory: string, index: CatalogueIndex): boolean {
  const file = catalogueIndexFile(cacheDirectory, index.key);
  const staged = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(cacheDirectory, { recursive: true });
    writeFileSync(staged, JSON.stringify(index));
    renameSync(staged, file);
    return true;
  } catch {
    removeIfThere(staged);
    return false;
  }
}

function kindOf(stats: Stats): 'file' | 'directory' | 'other' {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'directory' : 'other';
}

function holds(fact: StatFact, trustedUntil: number): boolean {
  const now = statSync(fact.path, { throwIfNoEntry: false });
  if (fact.kind === 'absent' || now === undefined) return fact.kind === 'absent' && now === undefined;
  const isSame = now.mtimeMs === fact.modified && now.ctimeMs === fact.changed && now.size === fact.size && now.ino === fact.inode;
  return isSame && fact.changed < trustedUntil && fact.modified < trustedUntil && kindOf(now) === fact.kind;
}

function isCatalogueIndex(value: unknown): value is CatalogueIndex {
  if (typeof value !== 'object' || value === null) return false;
  const index = value as Partial<Record<keyof CatalogueIndex, unknown>>;
  return index.format === 1 && typeof index.key === 'string' && Array.isArray(index.facts) && Array.isArray(index.entries);
}

/** FNV-1a in 32 bits, twice with different seeds: enough to name a file whose whole key is checked, without loading a crypto library. */
function hashText(text: string): string {
  return [0x811c9dc5, 0x1b873593].map((seed) => fnv1a(text, seed).toString(16).padStart(8, '0')).join('');
}

function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
