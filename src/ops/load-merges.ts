import type { DesiredFile, DesiredTree } from '../core/compose/desired-tree.ts';
import { chooseDriver } from '../core/compose/merges/choose-driver.ts';
import type { MergeDriver, MergeInput } from '../core/compose/merges/merge-driver.ts';
import { mergePlainText } from '../core/compose/merges/text.ts';
import type { Baseline } from '../core/lockfile/baseline.ts';
import type { FileMerge, MergeFile } from '../core/plan/settle-conflict.ts';
import type { Placement } from '../core/reconcile/place-files.ts';
import { type Secrets, unmaskSecrets } from '../core/template/mask-secrets.ts';
import { decodeText, encodeUtf8 } from '../core/text/utf8.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';
import { loadDrivers } from './load-drivers.ts';

export interface MergesRequest {
  readonly tree: DesiredTree;
  readonly placements: readonly Placement[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly baseline: Baseline;
  readonly secrets: Secrets;
  /** Who the sides are, for markers: the user, the last generation, the new one. */
  readonly labels: MergeInput['labels'];
}

interface Sides {
  /** Absent where the last generation is not stored, or never was. */
  readonly base: Uint8Array | undefined;
  readonly ours: Uint8Array;
}

export interface Merges {
  readonly merge: MergeFile;
  /** The user's bytes of a file that is not as it was generated. */
  readonly ours: (path: ProjectPath) => Uint8Array | undefined;
}

/** Reads what a merge of any file may need, and gives the function that merges. Reads nothing where the user changed nothing. */
export async function loadMerges(request: MergesRequest, { project }: Pick<Ports, 'project'>): Promise<Merges> {
  const { tree, disk, placements, baseline, secrets, labels } = request;
  const edited = placements.filter(({ output, current, locked }) => {
    const entry = disk.get(current);
    return output !== undefined && entry?.kind === 'file' && entry.digest !== locked?.sha256;
  });
  const sides = new Map<ProjectPath, Sides>();
  for (const { current, locked } of edited) {
    const base = locked && baseline.get(locked.masked ?? locked.sha256);
    const ours = await project.readFile(current);
    if (ours !== undefined) sides.set(current, { base: base && unmaskSecrets(base, secrets), ours });
  }
  const drivers = await loadDrivers(edited.map(({ current, output }) => driverName(current, output && tree.get(output))));
  return {
    merge: (path, file) => mergeFile({ path, file, sides: sides.get(path), driver: drivers.get(driverName(path, file)), labels }),
    ours: (path) => sides.get(path)?.ours,
  };
}

function driverName(path: ProjectPath, file: DesiredFile | undefined): string {
  return file?.merge ?? chooseDriver(path);
}

interface MergeFacts {
  readonly path: ProjectPath;
  readonly file: DesiredFile;
  readonly sides: Sides | undefined;
  readonly driver: MergeDriver | undefined;
  readonly labels: MergeInput['labels'];
}

/** By the form of the file; where that cannot be read, line by line. A file of which only the mode was changed has the pack's bytes. */
function mergeFile({ path, file, sides, driver, labels }: MergeFacts): FileMerge {
  if (sides === undefined) return { kind: 'merged', content: file.content };
  const ours = decodeText(sides.ours);
  const theirs = decodeText(file.content);
  const base = sides.base && decodeText(sides.base);
  if (ours === undefined || theirs === undefined || (sides.base !== undefined && base === undefined))
    return { kind: 'conflict', marked: undefined };
  const input: MergeInput = { ours, theirs, labels, path, ...(base === undefined ? {} : { base }) };
  const outcome = driver?.(input);
  const settled = outcome === undefined || outcome.kind === 'unparsable' ? mergePlainText(input) : outcome;
  if (settled.kind === 'merged') return { kind: 'merged', content: encodeUtf8(settled.text) };
  return { kind: 'conflict', marked: settled.kind === 'conflict' ? encodeUtf8(settled.marked) : undefined };
}
