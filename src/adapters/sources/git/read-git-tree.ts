import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { asCheckedOut } from '../../../core/foreign/checked-out.ts';
import {
  COOKIECUTTER,
  type ForeignKind,
  findForeignKind,
  findMarker,
  foreignParts,
  TELLING_FILES,
  withoutOtherMarkers,
} from '../../../core/foreign/foreign-kind.ts';
import { listPointers } from '../../../core/foreign/lfs-pointers.ts';
import { LIMITS } from '../../../core/manifest/limits.ts';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import type { FileEntry, FileTree } from '../../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../../core/tree/project-path.ts';
import { TreePolicy } from '../archive/tree-policy.ts';
import { followGitLinks } from './follow-git-links.ts';
import type { GitMirror } from './git-mirror.ts';

const MAX_LISTING_BYTES = 32 * 1024 * 1024;
const BYTES_PER_HEADER = 128;

interface ListedFile {
  readonly path: string;
  readonly object: string;
  readonly size: number;
  readonly mode: number;
  readonly isLink: boolean;
}

export interface GitPlace {
  readonly commit: string;
  readonly path: string | undefined;
  readonly shown: string;
  /** Of a template of another tool: only its parts are read, and links are what they lead to. */
  readonly kind: ForeignKind | undefined;
}

interface Reading {
  readonly prefix: string;
  readonly policy: TreePolicy;
  /** What of it belongs to a template of another tool. */
  readonly isPart: ((path: string) => boolean) | undefined;
}

/**
 * Reads the files of a commit, or of a directory in it, from the objects themselves: nothing is checked out, and no attribute or filter applies,
 * but that files of templates of other tools have the line ends that git would give them.
 *
 * @returns `undefined` where the commit has no such directory.
 * @throws PacksmithError `PACK_UNREADABLE` with all findings for unsafe paths, and in a pack for links, submodules and files kept in Git LFS; `PACK_TOO_LARGE`.
 */
export async function readGitTree(mirror: GitMirror, at: GitPlace, signal: AbortSignal | undefined): Promise<FileTree | undefined> {
  const named = findMarker(at.path);
  if (named === undefined) return readTree(mirror, at, signal);
  const tree = await readTree(mirror, { ...at, path: named.directory === '' ? undefined : named.directory }, signal);
  return tree === undefined ? undefined : withoutOtherMarkers(tree, named);
}

async function readTree(mirror: GitMirror, at: GitPlace, signal: AbortSignal | undefined): Promise<FileTree | undefined> {
  const listed = await listFiles(mirror, at, signal);
  if (listed === undefined) return undefined;
  const bytes = listed.reduce((sum, { size }) => sum + size + BYTES_PER_HEADER, 0);
  const input = listed.map(({ object }) => `${object}\n`).join('');
  const output = await mirror.read(['cat-file', '--batch'], { input, maximumBytes: bytes, signal });
  const tree = toTree(listed, Buffer.from(output.buffer, output.byteOffset, output.byteLength));
  const links = listed.flatMap(({ path, isLink }) => (isLink ? [path as ProjectPath] : []));
  if (links.length > 0) await followGitLinks(mirror, { ...at, tree, links, followsDirectories: at.kind === 'copier' }, signal);
  if (at.kind !== undefined) return asCheckedOut(tree, prefixOf(at), await readAttributes(mirror, { ...at, tree }, signal));
  const pointers = listPointers(tree);
  if (pointers.length > 0)
    throw refused(
      at.shown,
      pointers.map((path) => `${JSON.stringify(path)} is kept in Git LFS`),
    );
  return tree;
}

const ATTRIBUTES = '.gitattributes';

/** The attributes that stand in a tree, and in the directories of the repository above it, by directory. */
async function readAttributes(
  mirror: GitMirror,
  at: { readonly commit: string; readonly path: string | undefined; readonly tree: FileTree },
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const segments = at.path?.split('/') ?? [];
  const above = ['', ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))];
  const found = new Map<string, string>();
  for (const directory of above) {
    const path = directory === '' ? ATTRIBUTES : `${directory}/${ATTRIBUTES}`;
    const content = await readGitFile(mirror, { commit: at.commit, path }, signal);
    if (content !== undefined) found.set(directory, decodeUtf8(content) ?? '');
  }
  const inside = [...at.tree].filter(([path]) => path.endsWith(`/${ATTRIBUTES}`));
  for (const [path, { content }] of inside) found.set(`${prefixOf(at)}${path.slice(0, -ATTRIBUTES.length - 1)}`, decodeUtf8(content) ?? '');
  return found;
}

function prefixOf({ path }: { readonly path: string | undefined }): string {
  return path === undefined ? '' : `${path}/`;
}

/** Reads one file of a commit; `undefined` where there is none. */
export async function readGitFile(
  mirror: GitMirror,
  at: { readonly commit: string; readonly path: string },
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const input = `${at.commit}:${at.path}\n`;
  const output = await mirror.read(['cat-file', '--batch'], {
    input,
    maximumBytes: LIMITS.manifestBytes.maximum + BYTES_PER_HEADER,
    signal,
  });
  const end = output.indexOf(0x0a);
  const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(Buffer.from(output.subarray(0, end)).toString('utf8')) ?? [];
  return size === undefined ? undefined : output.slice(end + 1, end + 1 + Number(size));
}

/** Which other tool's template a directory of a commit is, by the names at its top; or the one whose file is named. @throws SeveralTemplates */
export async function findGitKind(
  mirror: GitMirror,
  { commit, path, shown }: { readonly commit: string; readonly path: string | undefined; readonly shown: string },
  signal: AbortSignal | undefined,
): Promise<ForeignKind | undefined> {
  const named = findMarker(path);
  const directory = named === undefined ? path : named.directory;
  const prefix = prefixOf({ path: directory === '' ? undefined : directory });
  const args = ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', '--name-only', commit, ...(prefix === '' ? [] : ['--', prefix])];
  const listing = await mirror.read(args, { maximumBytes: MAX_LISTING_BYTES, signal });
  const names = new Set(Buffer.from(listing).toString('utf8').split('\0'));
  if (named !== undefined) return names.has(prefix + named.marker) ? named.kind : undefined;
  const texts = new Map<string, string | undefined>();
  for (const name of TELLING_FILES) {
    const content = names.has(prefix + name) ? await readGitFile(mirror, { commit, path: prefix + name }, signal) : undefined;
    texts.set(name, content && decodeUtf8(content));
  }
  return findForeignKind({ has: (name) => names.has(prefix + name), read: (name) => texts.get(name), shown });
}

/** The paths of all files of a commit. */
export async function listGitFiles(mirror: GitMirror, commit: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit];
  const listing = await mirror.read(args, { maximumBytes: MAX_LISTING_BYTES, signal });
  return Buffer.from(listing).toString('utf8').split('\0');
}

/** The directories that have a manifest, so that a pack can be named. */
export function packsAmong(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.endsWith('/pack.toml')).map((path) => path.slice(0, -'/pack.toml'.length));
}

async function listFiles(
  mirror: GitMirror,
  { commit, path, shown, kind }: GitPlace,
  signal: AbortSignal | undefined,
): Promise<readonly ListedFile[] | undefined> {
  const prefix = prefixOf({ path });
  const args = ['--literal-pathspecs', 'ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...(prefix === '' ? [] : ['--', prefix])];
  const listing = await mirror.read(args, { maximumBytes: MAX_LISTING_BYTES, signal });
  const lines = Buffer.from(listing).toString('utf8').split('\0').slice(0, -1);
  if (lines.length === 0) return undefined;
  const policy = new TreePolicy();
  const config = kind === 'cookiecutter' ? await readGitFile(mirror, { commit, path: prefix + COOKIECUTTER }, signal) : undefined;
  const isPart = kind && foreignParts(kind, () => config && decodeUtf8(config));
  const files = lines.flatMap((line) => (policy.isHopeless ? [] : (readLine(line, { prefix, policy, isPart }) ?? [])));
  if (policy.isOverLimit) throw new PacksmithError('PACK_TOO_LARGE', `${shown}: ${policy.findings.at(-1)}`);
  if (policy.findings.length > 0) throw refused(shown, policy.findings);
  return files;
}

function readLine(line: string, { prefix, policy, isPart }: Reading): ListedFile | undefined {
  const [, mode = '', object = '', size = '', full = ''] = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]*)$/.exec(line) ?? [];
  const path = full.slice(prefix.length);
  if (isPart !== undefined && (mode === '160000' || !isPart(path))) return undefined;
  const isLink = isPart !== undefined && mode === '120000';
  if (!isLink && mode !== '100644' && mode !== '100755') {
    policy.refuse(`${JSON.stringify(path)} is ${UNUSABLE_MODES[mode] ?? 'no plain file'}`);
    return undefined;
  }
  if (!policy.addFile(path, Number(size))) return undefined;
  return { path, object, size: Number(size), mode: mode === '100755' ? 0o755 : 0o644, isLink };
}

const UNUSABLE_MODES: Readonly<Record<string, string>> = { '120000': 'a symbolic link', '160000': 'a submodule' };

function toTree(listed: readonly ListedFile[], output: Buffer): Map<ProjectPath, FileEntry> {
  const tree = new Map<ProjectPath, FileEntry>();
  let offset = 0;
  for (const { path, size, mode } of listed) {
    const start = output.indexOf(0x0a, offset) + 1;
    tree.set(path as ProjectPath, { content: new Uint8Array(output.subarray(start, start + size)), mode });
    offset = start + size + 1;
  }
  return tree;
}

function refused(shown: string, findings: readonly string[]): PacksmithError {
  const diagnostics = findings.map((message) => ({ code: 'PACK_FILES_INVALID', severity: 'error', message }) as const);
  const hint = 'a pack or template holds plain files, with names that every system can have: mend it in its repository';
  return new PacksmithError('PACK_UNREADABLE', `${shown} cannot be used: ${findings.join('; ')}`, { diagnostics, hint });
}
