import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { isPackName, type PackName } from '../pack/pack-name.ts';
import { isVersion } from '../pack/versions.ts';
import { compareText } from '../text/compare-text.ts';
import { isRecord } from '../text/is-record.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { utf8At } from '../tree/file-text.ts';
import { DEFAULT_MODE, type FileEntry, type FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** What is said of one pack in a bundle. */
export interface BundledPack {
  readonly id: PackName;
  readonly version: string;
  /** `sha512-…` over the whole tree. */
  readonly integrity: string;
  /** A reference that finds it again where there is a network; absent where there is none that means the same elsewhere. */
  readonly source: string | undefined;
  /** The name of the registry it came from. */
  readonly registry: string | undefined;
}

export interface BundledTree {
  readonly pack: BundledPack;
  readonly files: FileTree;
}

/** Packs in one archive, for places without a network: `bundle.json`, and every pack's files below `packs/id/`. */
export interface Bundle {
  /** The packs that were asked for; the others are what they need. */
  readonly roots: readonly PackName[];
  /** Sorted by id; one version of each. */
  readonly packs: readonly BundledTree[];
}

export const BUNDLE_FILE = 'bundle.json' as ProjectPath;

/** The files of a bundle. The same packs give the same bytes. */
export function formatBundle({ roots, packs }: Bundle): FileTree {
  const sorted = [...packs].sort((a, b) => compareText(a.pack.id, b.pack.id));
  const index = { format: 1, roots: [...roots].sort(compareText), packs: sorted.map(({ pack }) => pack) };
  const text = `${JSON.stringify(index, undefined, 2)}\n`;
  const tree = new Map<ProjectPath, FileEntry>([[BUNDLE_FILE, { content: encodeUtf8(text), mode: DEFAULT_MODE }]]);
  for (const { pack, files } of sorted) for (const [path, entry] of files) tree.set(`${prefixOf(pack.id)}${path}` as ProjectPath, entry);
  return tree;
}

/**
 * Reads a bundle from its files, whose paths were checked. The integrities are what it says of itself: compare them before anything is used.
 * @throws PacksmithError `BUNDLE_INVALID` when anything in it is malformed, twice, missing, or belongs to no pack.
 */
export function parseBundle(tree: FileTree): Bundle {
  const document = readIndex(tree);
  const { format, roots, packs } = document;
  if (format !== 1) throw invalid(`its format ${JSON.stringify(format)} is not known`);
  if (!Array.isArray(packs) || packs.length === 0) throw invalid('it lists no packs');
  const entries = packs.map(readPack);
  const ids = new Set<unknown>(entries.map(({ id }) => id));
  if (ids.size !== entries.length) throw invalid('it has a pack twice');
  if (!Array.isArray(roots) || roots.length === 0 || !roots.every((id): id is PackName => ids.has(id)))
    throw invalid('it does not say what it is for');
  const trees = splitFiles(tree, entries);
  return { roots, packs: entries.map((pack) => ({ pack, files: trees.get(pack.id) ?? new Map() })) };
}

function prefixOf(id: string): string {
  return `packs/${id}/`;
}

function readIndex(tree: FileTree): Readonly<Record<string, unknown>> {
  const text = utf8At(tree, BUNDLE_FILE);
  try {
    const document: unknown = JSON.parse(text ?? '');
    if (isRecord(document)) return document;
  } catch (cause) {
    throw new PacksmithError('BUNDLE_INVALID', `the bundle is refused: it has no ${BUNDLE_FILE} that can be read`, { cause });
  }
  throw invalid(`${BUNDLE_FILE} is no table`);
}

function readPack(value: unknown): BundledPack {
  if (!isRecord(value)) throw invalid('a pack in it is no table');
  const { id, version, integrity, source, registry } = value;
  if (typeof id !== 'string' || !isPackName(id)) throw invalid('a pack in it has no id');
  if (typeof version !== 'string' || !isVersion(version)) throw invalid(`${id} has no version`);
  if (typeof integrity !== 'string' || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity)) throw invalid(`${id} has no integrity`);
  return { id, version, integrity, source: readText(source, id), registry: readText(registry, id) };
}

function readText(value: unknown, id: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '' && value.length <= 2_048)) return value;
  throw invalid(`${id} has a malformed source`);
}

function splitFiles(tree: FileTree, packs: readonly BundledPack[]): Map<string, Map<ProjectPath, FileEntry>> {
  const trees = new Map(packs.map(({ id }) => [id as string, new Map<ProjectPath, FileEntry>()]));
  for (const [path, entry] of tree) {
    if (path === BUNDLE_FILE) continue;
    const id = /^packs\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '';
    const files = trees.get(id);
    if (files === undefined) throw invalid(`${path} belongs to no pack that it lists`);
    files.set(path.slice(prefixOf(id).length) as ProjectPath, entry);
  }
  return trees;
}

function invalid(reason: string): PacksmithError {
  return new PacksmithError('BUNDLE_INVALID', `the bundle is refused: ${reason}`);
}
