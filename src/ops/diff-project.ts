import type { LockedFile } from '../core/lockfile/lockfile.ts';
import type { BaselineNotice } from '../core/plan/generation-plan.ts';
import { type FileDiffInput, formatFileDiff } from '../core/reconcile/text/unified-diff.ts';
import { decodeText } from '../core/text/utf8.ts';
import type { FetchOptions } from '../ports/pack-source.ts';
import type { Ports } from '../ports/ports.ts';
import { checkFiles } from './check-project.ts';
import { findBaseline } from './find-baseline.ts';
import { requireProject } from './load-project.ts';
import type { DataPorts } from './prepare-data.ts';
import type { ResolvePorts } from './resolve-packs.ts';

export interface ProjectDiff {
  /** A unified diff with git's headers. */
  readonly diff: string;
  /** Present where the stored baseline is missing or damaged. */
  readonly baseline?: BaselineNotice;
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
  const { lockfile, generated } = state;
  const files = await checkFiles(state, ports);
  const replay = async () => {
    // Loaded only here: a baseline is seldom lost.
    const { replayGeneration } = await import('./replay-generation.ts');
    return replayGeneration({ ...request, state, given: [], workingDirectory: ports.project.root }, ports);
  };
  const { contents: baseline, notice } = await findBaseline({ lockfile, replay }, ports);
  const disk = await ports.project.survey(files.map(({ path }) => path));
  const diffs: string[] = [];
  for (const { path, state } of files) {
    const locked = generated.get(path);
    if (state === 'as-generated' || locked === undefined) continue;
    const entry = disk.get(path);
    const now = entry?.kind === 'file' ? await ports.project.readFile(path) : undefined;
    const before = toSide(baseline.get(locked.masked ?? locked.sha256), locked);
    const after = entry?.kind === 'file' ? { after: toSide(now, { mode: entry.mode }) } : {};
    diffs.push(formatFileDiff({ path, before, ...after }));
  }
  return { diff: diffs.join(''), ...(notice === undefined ? {} : { baseline: notice }) };
}

function toSide(content: Uint8Array | undefined, { mode }: Pick<LockedFile, 'mode'>): NonNullable<FileDiffInput['before']> {
  const text = content && decodeText(content);
  return { mode: `100${mode.toString(8).padStart(3, '0')}`, ...(text === undefined ? {} : { text }) };
}
