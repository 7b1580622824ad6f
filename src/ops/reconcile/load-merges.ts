import type { DesiredFile, DesiredTree } from '../../core/compose/desired-tree.ts';
import { chooseDriver } from '../../core/compose/merges/choose-driver.ts';
import type { MergeDriver, MergeInput } from '../../core/compose/merges/merge-driver.ts';
import { mergePlainText } from '../../core/compose/merges/text.ts';
import type { Baseline } from '../../core/lockfile/baseline.ts';
import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import { markerLabels, type PackVersions } from '../../core/plan/marker-labels.ts';
import type { FileMerge, MergeFile } from '../../core/plan/settle-conflict.ts';
import type { Placement } from '../../core/reconcile/place-files.ts';
import { likeOriginal } from '../../core/reconcile/text/like-original.ts';
import { pickSide } from '../../core/reconcile/text/markers.ts';
import { isSameButForForm } from '../../core/reconcile/text/same-but-for-form.ts';
import { takeOnForm } from '../../core/reconcile/text/take-on-form.ts';
import { plainText } from '../../core/reconcile/text/text-lines.ts';
import { type Secrets, unmaskSecrets } from '../../core/template/mask-secrets.ts';
import { decodeText, encodeUtf8 } from '../../core/text/utf8.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import { type FileMode, isExecutable } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Formatting } from '../project/plan-request.ts';
import type { FormattedSides } from './format-sides.ts';
import { loadDrivers } from './load-drivers.ts';
import type { MergeSides } from './merge-sides.ts';

export interface MergesRequest {
  readonly tree: DesiredTree;
  readonly placements: readonly Placement[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly baseline: Baseline;
  readonly secrets: Secrets;
  /** Packs with their versions, as they were generated last and as they are wanted now. */
  readonly versions: PackVersions;
  /** Who the sides are, where packs do not say it. */
  readonly labels: MergeInput['labels'] | undefined;
  readonly formatting: Formatting | undefined;
}

export interface Merges {
  readonly merge: MergeFile;
  /** The user's bytes of a file that is not as it was generated. */
  readonly ours: (path: ProjectPath) => Uint8Array | undefined;
  /** What the user's file is but for its form, where that is all that differs. */
  readonly likeness: (placement: Placement) => 'wanted' | 'generated' | undefined;
  readonly warnings: readonly string[];
}

/** Reads what a merge of any file may need, and gives the function that merges. Reads nothing where the user changed nothing. */
export async function loadMerges(request: MergesRequest, { project }: Pick<Ports, 'project'>): Promise<Merges> {
  const { tree, disk, placements, baseline, secrets, versions } = request;
  const edited = placements.filter(({ current, locked, isVacated }) => {
    const entry = disk.get(current);
    return isVacated !== true && entry?.kind === 'file' && entry.digest !== locked?.sha256;
  });
  const read = new Map<ProjectPath, MergeSides>();
  for (const { current, locked, output } of edited) {
    const base = locked && baseline.get(locked.masked ?? locked.sha256);
    const ours = await project.readFile(current);
    const labels =
      request.labels ?? markerLabels({ base: locked?.packs, theirs: output === undefined ? undefined : tree.get(output)?.packs }, versions);
    if (ours !== undefined) read.set(current, { base: base && unmaskSecrets(base, secrets), ours, labels });
  }
  const { sides, warnings } = await formatAll(read, request, project.root);
  const drivers = await loadDrivers(edited.map(({ current, output }) => driverName(current, output && tree.get(output))));
  return {
    warnings,
    merge: (path, file) => mergeFile({ path, file, sides: sides.get(path), driver: drivers.get(driverName(path, file)) }),
    ours: (path) => sides.get(path)?.ours,
    likeness: ({ current, output, locked }) => {
      const entry = disk.get(current);
      const file = output === undefined ? undefined : tree.get(output);
      return entry?.kind === 'file' ? likenessOf(current, { entry, locked, file, sides: sides.get(current) }) : undefined;
    },
  };
}

async function formatAll(
  sides: ReadonlyMap<ProjectPath, MergeSides>,
  { formatting, placements, tree }: MergesRequest,
  root: string,
): Promise<FormattedSides> {
  if (formatting === undefined || sides.size === 0) return { sides, warnings: [] };
  // Loaded only here: few ask for it.
  const { formatSides } = await import('./format-sides.ts');
  const outputs = new Map(placements.flatMap(({ current, output }) => (output === undefined ? [] : [[current, output] as const])));
  const wanted = (path: ProjectPath): DesiredFile | undefined => tree.get(outputs.get(path) ?? path);
  return formatSides({ sides, wanted, formatting, root });
}

interface LikenessFacts {
  readonly entry: Extract<DiskEntry, { kind: 'file' }>;
  readonly locked: LockedFile | undefined;
  readonly file: DesiredFile | undefined;
  readonly sides: MergeSides | undefined;
}

function likenessOf(path: ProjectPath, { entry, locked, file, sides }: LikenessFacts): 'wanted' | 'generated' | undefined {
  const ours = sides && decodeText(sides.ours);
  if (ours === undefined) return undefined;
  const isFormatted = sides?.isFormatted === true;
  const isLike = (bytes: Uint8Array | undefined, mode: FileMode | undefined): boolean => {
    const text = bytes && decodeText(bytes);
    const isSameMode = mode !== undefined && isExecutable(mode) === isExecutable(entry.mode);
    return isSameMode && text !== undefined && (isFormatted || text !== ours) && isSameButForForm(ours, text, path);
  };
  if (isLike(sides?.base, locked?.mode)) return 'generated';
  return isLike(sides?.theirs ?? file?.content, file?.mode) ? 'wanted' : undefined;
}

function driverName(path: ProjectPath, file: DesiredFile | undefined): string {
  return file?.merge ?? chooseDriver(path);
}

interface MergeFacts {
  readonly path: ProjectPath;
  readonly file: DesiredFile;
  readonly sides: MergeSides | undefined;
  readonly driver: MergeDriver | undefined;
}

/** By the form of the file; where that cannot be read, line by line. A file of which only the mode was changed has the pack's bytes. */
function mergeFile({ path, file, sides, driver }: MergeFacts): FileMerge {
  if (sides === undefined) return { kind: 'merged', content: file.content };
  const ours = decodeText(sides.ours);
  const theirs = decodeText(sides.theirs ?? file.content);
  const base = sides.base && decodeText(sides.base);
  if (ours === undefined || theirs === undefined || (sides.base !== undefined && base === undefined))
    return { kind: 'conflict', marked: undefined };
  const formed = base === undefined ? { theirs: takeOnForm({ base: theirs, ours, theirs }).theirs } : takeOnForm({ base, ours, theirs });
  const input: MergeInput = { ours, labels: sides.labels, path, ...formed };
  const outcome = driver?.(input);
  const settled = outcome === undefined || outcome.kind === 'unparsable' ? mergePlainText(input) : outcome;
  if (settled.kind === 'merged') return { kind: 'merged', content: encodeUtf8(settled.text) };
  if (settled.kind !== 'conflict') return { kind: 'conflict', marked: undefined };
  const { marked } = settled;
  const sided = (side: 'ours' | 'theirs'): Uint8Array | undefined => {
    const text = likeOriginal(plainText(pickSide(marked, side, sides.labels)), ours);
    // What a structured merge put together must still be what its reader reads.
    const isBroken = outcome?.kind === 'conflict' && driver?.({ ours: text, theirs, labels: sides.labels, path }).kind === 'unparsable';
    return isBroken ? undefined : encodeUtf8(text);
  };
  return { kind: 'conflict', marked: encodeUtf8(marked), sided };
}
