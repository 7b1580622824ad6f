import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import type { BaselineNotice } from '../../core/plan/generation-plan.ts';
import { type FileDiffInput, formatFileDiff } from '../../core/reconcile/text/unified-diff.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { DataPorts } from '../data/prepare-data.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';
import { findBaseline } from '../reconcile/find-baseline.ts';
import { checkFiles } from './check-project.ts';
import { requireProject } from './load-project.ts';
import { viewRecorded } from './view-recorded.ts';

export interface ProjectDiff {
  /** A unified diff with git's headers. */
  readonly diff: string;
  /** Present where the stored baseline is missing or damaged. */
  readonly baseline?: BaselineNotice;
  /** Edited files whose last generation is not to be had; absent where there are none. */
  readonly twoWay?: readonly TwoWayDiff[];
}

/** What a file without a base is compared with: what the locked packs give now, or nothing, so that all of it is shown. */
export interface TwoWayDiff {
  readonly path: ProjectPath;
  readonly against: 'rendered' | 'nothing';
}

/**
 * What the user changed since the last generation. Secrets stand masked on the side that was generated.
 * @throws PacksmithError `PROJECT_NOT_FOUND`, `LOCKFILE_INVALID`.
 */
export async function diffProject(
  request: FetchOptions,
  ports: ResolvePorts & DataPorts & Pick<Ports, 'clock' | 'codec'>,
): Promise<ProjectDiff> {
  const state = await requireProject(ports);
  const view = await viewRecorded(state, ports);
  const files = await checkFiles(view, ports);
  let rendered: ReadonlyMap<ProjectPath, Uint8Array> = new Map();
  const replay = async () => {
    // Loaded only here: a baseline is seldom lost.
    const { replayGeneration } = await import('../render/replay-generation.ts');
    const replayed = await replayGeneration({ ...request, state, given: [], workingDirectory: ports.project.root }, ports);
    rendered = replayed.rendered;
    return replayed;
  };
  const { contents: baseline, notice } = await findBaseline({ ...view, replay }, ports);
  const disk = await ports.project.survey(files.map(({ path }) => path));
  const diffs: string[] = [];
  const twoWay: TwoWayDiff[] = [];
  for (const { path, state } of files) {
    const locked = view.generated.get(path);
    if (state === 'as-generated' || locked === undefined) continue;
    const base = baseline.get(locked.masked ?? locked.sha256);
    const other = base ?? rendered.get(locked.output ?? path);
    if (base === undefined) twoWay.push({ path, against: other === undefined ? 'nothing' : 'rendered' });
    diffs.push(await diffFile({ locked, base: other, entry: disk.get(path) }, ports));
  }
  return {
    diff: diffs.join(''),
    ...(notice === undefined ? {} : { baseline: notice }),
    ...(twoWay.length === 0 ? {} : { twoWay }),
  };
}

interface FileSides {
  readonly locked: LockedFile;
  readonly base: Uint8Array | undefined;
  readonly entry: DiskEntry | undefined;
}

async function diffFile({ locked, base, entry }: FileSides, { project }: Pick<Ports, 'project'>): Promise<string> {
  const { path } = locked;
  if (entry?.kind !== 'file') return formatFileDiff({ path, before: toSide(base ?? NO_BYTES, locked) });
  const after = toSide(await project.readFile(path), { mode: entry.mode });
  return formatFileDiff({ path, after, ...(base === undefined ? {} : { before: toSide(base, locked) }) });
}

const NO_BYTES = new Uint8Array();

function toSide(content: Uint8Array | undefined, { mode }: Pick<LockedFile, 'mode'>): NonNullable<FileDiffInput['before']> {
  const text = content && decodeText(content);
  return { mode: `100${mode.toString(8).padStart(3, '0')}`, ...(text === undefined ? {} : { text }) };
}
