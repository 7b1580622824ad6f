import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describeManifest } from '../../core/catalogue/describe-manifest.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findLimitProblem } from '../../core/manifest/limits.ts';
import { parsePackManifest } from '../../core/manifest/parse-pack-manifest.ts';
import type { PackManifest, PackProvenance } from '../../core/pack/pack-manifest.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { recordFact, type StatFact } from './catalogue-index.ts';
import { listPackFiles } from './read-pack-directory.ts';

/** A place with packs: a directory whose sub-directories are packs, unless it lists them itself. */
export interface PackRoot {
  /** A change of what stands here makes the catalogue anew. */
  readonly directory: string;
  readonly kind: PackProvenance['kind'];
  /** The ids of the packs by their directories. */
  readonly listPacks?: () => ReadonlyMap<string, string>;
  /** Reads all files of one of its packs, verified where the place can; used before the manifest is. */
  readonly readFiles?: (directory: string) => FileTree;
}

export interface Scan {
  readonly entries: readonly CatalogueEntry[];
  /** What the answer rests on. */
  readonly facts: readonly StatFact[];
}

/** Reads the manifests of all packs below the roots, in the order of the roots; a directory met twice counts once. One broken pack does not hide the others. */
export function scanPacks(roots: readonly PackRoot[]): Scan {
  const entries: CatalogueEntry[] = [];
  const facts: StatFact[] = [];
  const seen = new Set<string>();
  for (const root of roots) {
    const { directories, looked } = listDirectories(root);
    facts.push(...looked);
    for (const directory of directories) {
      const real = realPath(directory);
      if (seen.has(real)) continue;
      seen.add(real);
      facts.push(...templateDirectoryFacts(directory));
      entries.push(readEntry(directory, root));
    }
  }
  return { entries, facts };
}

function listDirectories({ directory, listPacks }: PackRoot): ReturnType<typeof findPackDirectories> {
  if (listPacks === undefined) return findPackDirectories(directory);
  const directories = [...listPacks().keys()];
  return { directories, looked: [directory, ...directories.map((pack) => join(pack, 'pack.toml'))].map(recordFact) };
}

/** Sub-directories that hold a manifest, scopes (`@acme/`) one level deeper; and everything that was looked at, absent manifests included. */
function findPackDirectories(root: string): { readonly directories: string[]; readonly looked: StatFact[] } {
  const below = subDirectories(root).map((name) => join(root, name));
  const scopes = below.filter((directory) => basename(directory).startsWith('@'));
  const candidates = below.flatMap((directory) =>
    scopes.includes(directory) ? subDirectories(directory).map((name) => join(directory, name)) : [directory],
  );
  const manifests = candidates.map((candidate) => recordFact(join(candidate, 'pack.toml')));
  const directories = candidates.filter((_, index) => manifests[index]?.kind !== 'absent');
  return { directories, looked: [root, ...scopes].map(recordFact).concat(manifests) };
}

function subDirectories(directory: string): string[] {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => entry.name)
    .sort();
}

function templateDirectoryFacts(directory: string): StatFact[] {
  const templates = join(directory, 'templates');
  // A link is no part of a pack, and may lead to a directory without end.
  if (lookAt(templates)?.isDirectory() !== true) return [recordFact(templates)];
  const below = listBelow(templates).filter((entry) => entry.isDirectory());
  return [templates, ...below.map((entry) => join(entry.parentPath, entry.name))].map(recordFact);
}

/** Nothing where a directory cannot be listed: the pack is broken, which reading it tells. */
function listBelow(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true, recursive: true });
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM')) return [];
    throw error;
  }
}

function readEntry(directory: string, root: PackRoot): CatalogueEntry {
  const provenance: PackProvenance = { kind: root.kind, location: directory };
  const unverified = findDamage(directory, root);
  if (unverified !== undefined) return brokenEntry(root.listPacks?.().get(directory) ?? basename(directory), provenance, [unverified]);
  const { manifest, diagnostics } = readManifest(directory);
  if (manifest === undefined) return brokenEntry(basename(directory), provenance, diagnostics);
  const counted = countTemplates(directory, manifest);
  if (typeof counted !== 'number') return brokenEntry(basename(directory), provenance, [...diagnostics, counted]);
  return { ...describeManifest(manifest, { provenance, templates: counted }), shadowedBy: undefined, isBroken: false, diagnostics };
}

/** What a place that verifies its packs finds wrong with one, before anything in it is parsed. */
function findDamage(directory: string, { readFiles }: PackRoot): Diagnostic | undefined {
  try {
    readFiles?.(directory);
    return undefined;
  } catch (error) {
    if (error instanceof PacksmithError) return { code: 'PACK_FILES_INVALID', severity: 'error', message: error.message };
    throw error;
  }
}

function realPath(directory: string): string {
  return statSync(directory, { throwIfNoEntry: false }) === undefined ? directory : realpathSync(directory);
}

/** Reads and parses the manifest of a pack's directory; whatever is wrong with it is a diagnostic. */
export function readManifest(directory: string): ReturnType<typeof parsePackManifest> {
  const file = join(directory, 'pack.toml');
  let bytes: Uint8Array;
  try {
    const stats = lookAt(file);
    // What is no plain file, such as a pipe or a link to a device, might never come to an end.
    if (stats !== undefined && !stats.isFile()) return { manifest: undefined, diagnostics: [manifestProblem('it is not a plain file')] };
    const tooLarge = findLimitProblem('manifestBytes', stats?.size ?? 0);
    if (tooLarge !== undefined) return { manifest: undefined, diagnostics: [manifestProblem(tooLarge)] };
    bytes = readFileSync(file);
  } catch (error) {
    return { manifest: undefined, diagnostics: [manifestProblem(error instanceof Error ? error.message : String(error))] };
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) return { manifest: undefined, diagnostics: [manifestProblem('it is not valid UTF-8')] };
  return parsePackManifest(text);
}

function manifestProblem(reason: string): Diagnostic {
  return { code: 'MANIFEST_SYNTAX', severity: 'error', message: `the manifest cannot be read: ${reason}`, where: { file: 'pack.toml' } };
}

function countTemplates(directory: string, manifest: PackManifest): number | Diagnostic {
  try {
    const byConvention = [...listPackFiles(directory)].filter((path) => path.startsWith('templates/')).length;
    const inline = manifest.templates.filter(({ content }) => content.kind !== 'source' || !content.source.startsWith('templates/')).length;
    return byConvention + inline;
  } catch (error) {
    if (error instanceof PacksmithError) return { code: 'PACK_FILES_INVALID', severity: 'error', message: error.message };
    throw error;
  }
}

function brokenEntry(id: string, provenance: PackProvenance, diagnostics: readonly Diagnostic[]): CatalogueEntry {
  return {
    id,
    version: '',
    title: id,
    description: '',
    category: undefined,
    keywords: [],
    license: undefined,
    provenance,
    counts: { templates: 0, variables: 0, packages: 0, dependencies: 0, queries: 0, hooks: 0 },
    shadowedBy: undefined,
    isBroken: true,
    diagnostics,
  };
}
