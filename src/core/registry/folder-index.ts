import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { PackDependency } from '../pack/pack-manifest.ts';
import { isPackName, type PackName } from '../pack/pack-name.ts';
import { compareVersions, isVersion } from '../pack/versions.ts';
import { compareText } from '../text/compare-text.ts';
import { isRecord } from '../text/is-record.ts';
import { type ProjectPath, parseProjectPath } from '../tree/project-path.ts';
import { formatDependencyFacts, isRequirement, readDependencyFacts } from './pack-facts.ts';

/** What a folder registry has: its `index.json`. Plain files behind any web server, or a directory, are a registry. */
export interface FolderIndex {
  readonly packs: ReadonlyMap<PackName, FolderPack>;
}

export interface FolderPack {
  /** By version. */
  readonly versions: ReadonlyMap<string, FolderVersion>;
  /** Names such as `latest`, each with the version that it points at. */
  readonly tags: ReadonlyMap<string, string>;
}

export interface FolderVersion {
  /** The archive, relative to the index. It cannot lead out of the registry. */
  readonly archive: ProjectPath;
  /** `sha512-…` of the archive. */
  readonly integrity: string;
  readonly dependencies: readonly PackDependency[];
  /** The versions of packsmith that can load it, as an npm range. */
  readonly requires?: string | undefined;
  readonly status: 'available' | 'deprecated' | 'yanked';
  /** What is said to those who use a version that is not simply available. */
  readonly notice: string | undefined;
  /** What a search looks at; absent where the index does not say. */
  readonly about?: PackSummary | undefined;
}

/** What a pack says of itself, besides its id, to those who look for one. */
export interface PackSummary {
  readonly title: string;
  readonly description: string;
  readonly category: string | undefined;
  readonly keywords: readonly string[];
}

export const EMPTY_FOLDER_INDEX: FolderIndex = { packs: new Map() };

const STATUSES = ['available', 'deprecated', 'yanked'] as const;

/**
 * Reads an `index.json` of format 1.
 *
 * @throws PacksmithError `SOURCE_RESPONSE_INVALID` with what is wrong and where; an index with any mistake is not used at all.
 */
export function parseFolderIndex(text: string): FolderIndex {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new PacksmithError('SOURCE_RESPONSE_INVALID', 'the index is not valid JSON', { cause });
  }
  const root = readTable(document, 'the index');
  if (root['format'] !== 1)
    throw invalid('the index', `format ${JSON.stringify(root['format'])} is not known; this version of packsmith reads 1`);
  const packs = Object.entries(readTable(root['packs'], 'packs')).map(([id, pack]) => [readName(id), readPack(id, pack)] as const);
  return { packs: new Map(packs) };
}

/** Writes what `parseFolderIndex` reads: sorted, versions newest first, so that the same registry is the same bytes. */
export function formatFolderIndex({ packs }: FolderIndex): string {
  const sorted = [...packs].sort(([a], [b]) => compareText(a, b)).map(([id, pack]) => [id, formatPack(pack)]);
  return `${JSON.stringify({ format: 1, packs: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

/** Adds a version, or replaces what is said of it, and points tags at it. */
export function withFolderVersion(
  index: FolderIndex,
  added: { readonly id: PackName; readonly version: string; readonly facts: FolderVersion; readonly tags?: readonly string[] },
): FolderIndex {
  const pack = index.packs.get(added.id);
  const versions = new Map(pack?.versions).set(added.version, added.facts);
  const tags = new Map([...(pack?.tags ?? []), ...(added.tags ?? []).map((tag) => [tag, added.version] as const)]);
  return { packs: new Map(index.packs).set(added.id, { versions, tags }) };
}

function formatPack({ versions, tags }: FolderPack): unknown {
  const newestFirst = [...versions].sort(([a], [b]) => compareVersions(b, a));
  const facts = newestFirst.map(([version, { archive, integrity, dependencies, requires, status, notice, about }]) => [
    version,
    {
      archive,
      integrity,
      dependencies: formatDependencyFacts(dependencies),
      ...(requires === undefined ? {} : { requires }),
      ...(status === 'available' ? {} : { status }),
      ...(notice === undefined ? {} : { notice }),
      ...(about === undefined ? {} : { about }),
    },
  ]);
  return { versions: Object.fromEntries(facts), tags: Object.fromEntries([...tags].sort(([a], [b]) => compareText(a, b))) };
}

function readPack(id: string, value: unknown): FolderPack {
  const pack = readTable(value, id);
  const versions = Object.entries(readTable(pack['versions'], `${id}: versions`)).map(([version, facts]) => {
    if (!isVersion(version)) throw invalid(id, `${JSON.stringify(version)} is not a version`);
    return [version, readVersion(`${id}@${version}`, facts)] as const;
  });
  const known = new Map(versions);
  const tags = Object.entries(readTable(pack['tags'] ?? {}, `${id}: tags`)).map(([tag, version]) => {
    if (typeof version !== 'string' || !known.has(version)) throw invalid(id, `the tag ${JSON.stringify(tag)} points at no version`);
    return [tag, version] as const;
  });
  return { versions: known, tags: new Map(tags) };
}

function readVersion(where: string, value: unknown): FolderVersion {
  const { archive, integrity, dependencies = {}, requires, status = 'available', notice, about } = readTable(value, where);
  if (typeof archive !== 'string') throw invalid(where, 'archive is missing');
  if (typeof integrity !== 'string' || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity)) throw invalid(where, 'integrity is not a sha512');
  const read = readDependencyFacts(dependencies);
  if (read === undefined) throw invalid(where, 'dependencies are malformed');
  if (!isRequirement(requires)) throw invalid(where, 'requires is not a range');
  const known = STATUSES.find((candidate) => candidate === status);
  if (known === undefined) throw invalid(where, `status ${JSON.stringify(status)} is not one of ${STATUSES.join(', ')}`);
  if (notice !== undefined && (typeof notice !== 'string' || notice.length > 10_000)) throw invalid(where, 'notice is not a text');
  return {
    archive: readArchive(where, archive),
    integrity,
    dependencies: read,
    ...(requires !== undefined && { requires }),
    status: known,
    notice,
    ...(about !== undefined && { about: readSummary(where, about) }),
  };
}

const MAX_SUMMARY_LENGTH = 1_000;
const MAX_KEYWORDS = 100;

function readSummary(where: string, value: unknown): PackSummary {
  const { title, description, category, keywords = [] } = readTable(value, `${where}: about`);
  const isText = (text: unknown): text is string => typeof text === 'string' && text.length <= MAX_SUMMARY_LENGTH;
  if (!isText(title) || !isText(description) || (category !== undefined && !isText(category)))
    throw invalid(where, 'about has no title, description or category that is a text');
  if (!Array.isArray(keywords) || keywords.length > MAX_KEYWORDS || !keywords.every(isText))
    throw invalid(where, 'about has keywords that are no texts');
  return { title, description, category, keywords };
}

function readArchive(where: string, path: string): ProjectPath {
  try {
    return parseProjectPath(path);
  } catch (cause) {
    if (!(cause instanceof PacksmithError)) throw cause;
    throw invalid(where, `archive is refused: ${cause.message}`);
  }
}

function readName(id: string): PackName {
  if (!isPackName(id)) throw invalid('packs', `${JSON.stringify(id)} is not the id of a pack`);
  return id;
}

function readTable(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw invalid(where, 'it is not a table');
}

function invalid(where: string, reason: string): PacksmithError {
  return new PacksmithError('SOURCE_RESPONSE_INVALID', `${where}: ${reason}`);
}
