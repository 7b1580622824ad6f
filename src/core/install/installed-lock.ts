import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { isPackName, type PackName } from '../pack/pack-name.ts';
import { isVersion, isVersionRange } from '../pack/versions.ts';
import { compareText } from '../text/compare-text.ts';
import { isRecord } from '../text/is-record.ts';

/** `installed.lock`: which packs are installed, the one thing that decides it. Sorted by id; one version of each pack. */
export interface InstalledLock {
  readonly format: 1;
  readonly packs: readonly InstalledPack[];
}

/** One installed pack. Its content is in the store under its integrity. */
export interface InstalledPack {
  readonly id: PackName;
  /** SemVer 2.0.0. */
  readonly version: string;
  /** `builtin`, or a reference that finds the same bytes again, without credentials. */
  readonly source: string;
  /** The name of the configured registry it came from, where it came from one. */
  readonly registry: string | undefined;
  /** `sha512-…` over the whole tree. */
  readonly integrity: string;
  /** `sha512-…` of the archive it came in, where it came in one. */
  readonly archiveIntegrity: string | undefined;
  /** Bytes of all its files. */
  readonly bytes: number;
  /** Ranges of what it needs, in code-unit order of the ids. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Ranges of what it can be used with: other versions must not be there beside it. */
  readonly optional: Readonly<Record<string, string>>;
  /** The reference by which a user asked for it; `undefined` when only other packs brought it. */
  readonly requested: string | undefined;
}

export const EMPTY_INSTALLED_LOCK: InstalledLock = { format: 1, packs: [] };

/** Finds an installed pack by its id. */
export function installedPackOf(lock: InstalledLock, id: string): InstalledPack | undefined {
  return lock.packs.find((pack) => pack.id === id);
}

/** Writes the lock as JSON, one pack a line, sorted by id, so that equal locks are equal bytes. */
export function formatInstalledLock({ packs }: InstalledLock): string {
  const lines = [...packs].sort((a, b) => compareText(a.id, b.id)).map((pack) => `    ${JSON.stringify(toJson(pack))}`);
  return `{\n  "format": 1,\n  "packs": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/**
 * Reads the lock, trusting nothing in it.
 * @throws PacksmithError `INSTALLED_LOCK_INVALID` with what is wrong first.
 */
export function parseInstalledLock(text: string): InstalledLock {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid('it is not JSON');
    throw error;
  }
  if (!isRecord(value) || value['format'] !== 1 || !Array.isArray(value['packs'])) throw invalid('it is not of format 1');
  const packs = value['packs'].map(readPack).sort((a, b) => compareText(a.id, b.id));
  const repeated = packs.find((pack, index) => packs[index - 1]?.id === pack.id);
  if (repeated !== undefined) throw invalid(`${repeated.id} is in it twice`);
  return { format: 1, packs };
}

/** Tells whether text is the integrity of a tree or an archive: `sha512-` and 64 bytes in base64. */
export function isIntegrity(text: unknown): text is string {
  return typeof text === 'string' && /^sha512-[A-Za-z0-9+/]{86}==$/.test(text);
}

function toJson(pack: InstalledPack): object {
  const dependencies = sortRanges(pack.dependencies);
  const optional = Object.keys(pack.optional).length === 0 ? undefined : sortRanges(pack.optional);
  const { id, version, source, registry, integrity, archiveIntegrity: archive, bytes, requested } = pack;
  return { id, version, source, registry, integrity, archive, bytes, dependencies, optional, requested };
}

function sortRanges(ranges: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(ranges).sort(([a], [b]) => compareText(a, b)));
}

function readPack(value: unknown): InstalledPack {
  if (!isRecord(value)) throw invalid('a pack in it is no table');
  const { id, version, source, registry, integrity, archive, bytes, dependencies, optional, requested } = value;
  if (typeof id !== 'string' || !isPackName(id)) throw invalid('a pack in it has no id');
  if (typeof version !== 'string' || !isVersion(version)) throw invalid(`${id} has no version`);
  if (typeof source !== 'string' || source === '') throw invalid(`${id} has no source`);
  if (!isIntegrity(integrity)) throw invalid(`${id} has no integrity`);
  if (archive !== undefined && !isIntegrity(archive)) throw invalid(`${id} has a malformed integrity of its archive`);
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 0) throw invalid(`${id} has no size`);
  if (!isText(registry) || !isText(requested)) throw invalid(`${id} has a malformed registry or request`);
  return {
    id,
    version,
    source,
    registry,
    integrity,
    archiveIntegrity: archive,
    bytes: bytes as number,
    dependencies: readRanges(id, dependencies),
    optional: readRanges(id, optional ?? {}),
    requested,
  };
}

function readRanges(id: string, value: unknown): Record<string, string> {
  if (!isRecord(value)) throw invalid(`${id} has no dependencies`);
  const entries = Object.entries(value).map(([name, range]) => {
    if (!isPackName(name) || typeof range !== 'string' || !isVersionRange(range)) throw invalid(`${id} has a malformed dependency`);
    return [name, range] as const;
  });
  return sortRanges(Object.fromEntries(entries));
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value !== '');
}

function invalid(reason: string): PacksmithError {
  return new PacksmithError('INSTALLED_LOCK_INVALID', `the list of installed packs cannot be read: ${reason}`);
}
