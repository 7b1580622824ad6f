import type { LockedFile } from '../core/lockfile/lockfile.ts';
import { type FileDiffInput, formatFileDiff } from '../core/reconcile/text/unified-diff.ts';
import { decodeText } from '../core/text/utf8.ts';
import type { Ports } from '../ports/ports.ts';
import { checkProject } from './check-project.ts';
import { loadBaseline, requireProject } from './load-project.ts';

/**
 * What the user changed since the last generation, as a unified diff with git's headers. Secrets stand masked on the side that was generated.
 * @throws PacksmithError `PROJECT_NOT_FOUND`, `LOCKFILE_INVALID`, `BASELINE_INVALID`.
 */
export async function diffProject(_request: object, ports: Pick<Ports, 'project' | 'reporter' | 'codec' | 'hash'>): Promise<string> {
  const { lockfile, generated } = await requireProject(ports);
  const { files } = await checkProject({}, ports);
  const baseline = await loadBaseline(lockfile, ports);
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
  return diffs.join('');
}

function toSide(content: Uint8Array | undefined, { mode }: Pick<LockedFile, 'mode'>): NonNullable<FileDiffInput['before']> {
  const text = content && decodeText(content);
  return { mode: `100${mode.toString(8).padStart(3, '0')}`, ...(text === undefined ? {} : { text }) };
}
