import type { ChangelogSection } from '../../core/install/changelog.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { compareVersions } from '../../core/pack/versions.ts';
import { findPackChanges, type PackChange } from '../../core/quality/breaking-changes.ts';
import { formatUnifiedDiff } from '../../core/reconcile/text/unified-diff.ts';
import { decodeText } from '../../core/text/utf8.ts';
import { type FileEntry, isExecutable, sortedPaths } from '../../core/tree/file-tree.ts';
import { type LoadOptions, resolveOne } from './load-named-pack.ts';
import type { ResolvePorts } from './resolved-packs.ts';
import { readChangelog } from './upgrade-packs.ts';

export interface DiffPacksRequest extends LoadOptions {
  /** References to exactly two packs, the older one first. */
  readonly before: string;
  readonly after: string;
}

/** How one file of a pack differs. */
export interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Absent for bytes that are no text. */
  readonly diff: string | undefined;
}

export interface PackDifference {
  readonly before: { readonly id: string; readonly version: string };
  readonly after: { readonly id: string; readonly version: string };
  readonly changes: readonly PackChange[];
  readonly files: readonly FileChange[];
  readonly changelog: readonly ChangelogSection[];
}

/** What differs between two versions of a pack, or two packs. @throws PacksmithError as `resolvePacks` does. */
export async function diffPacks(request: DiffPacksRequest, ports: ResolvePorts): Promise<PackDifference> {
  const [before, after] = await Promise.all([resolveOne(request.before, request, ports), resolveOne(request.after, request, ports)]);
  const span = { after: before.manifest.version, upTo: after.manifest.version };
  const isSame = before.manifest.id === after.manifest.id && compareVersions(span.after, span.upTo) < 0;
  return {
    before: describe(before),
    after: describe(after),
    changes: findPackChanges(before, after),
    files: compareFiles(before, after),
    changelog: isSame ? readChangelog(after, span) : [],
  };
}

function describe({ manifest }: Pack): PackDifference['before'] {
  return { id: manifest.id, version: manifest.version };
}

function compareFiles(before: Pack, after: Pack): FileChange[] {
  const paths = sortedPaths(new Map([...before.files, ...after.files]));
  return paths.flatMap((path) => {
    const old = before.files.get(path);
    const now = after.files.get(path);
    if (isSameFile(old, now)) return [];
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [{ path, change, diff: diffTexts(path, old, now) }];
  });
}

function isSameFile(a: FileEntry | undefined, b: FileEntry | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.content.length !== b.content.length || isExecutable(a.mode) !== isExecutable(b.mode)) return false;
  return a.content.every((byte, index) => byte === b.content[index]);
}

function diffTexts(path: string, before: FileEntry | undefined, after: FileEntry | undefined): string | undefined {
  const old = before === undefined ? '' : decodeText(before.content);
  const now = after === undefined ? '' : decodeText(after.content);
  if (old === undefined || now === undefined) return undefined;
  return formatUnifiedDiff(old, now, { path });
}
