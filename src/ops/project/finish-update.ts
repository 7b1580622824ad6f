import { mergePlainText } from '../../core/compose/merges/text.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import { PENDING_PATH, type Pending } from '../../core/lockfile/pending.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { toPlannedContents } from '../../core/plan/planned-contents.ts';
import { decodeText, encodeUtf8 } from '../../core/text/utf8.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import { DEFAULT_MODE } from '../../core/tree/file-tree.ts';
import type { Ports } from '../../ports/ports.ts';
import { checkConflicts, describeOpen } from './check-conflicts.ts';
import { requireProject } from './load-project.ts';

type FinishPorts = Pick<Ports, 'project' | 'reporter' | 'hash'>;

/**
 * Plans recording a change whose conflicts are settled.
 * @throws PacksmithError `NOTHING_PENDING`, `CONFLICTS_OPEN` with every file that still has markers or a version beside it.
 */
export async function planContinue(_request: object, ports: FinishPorts): Promise<GenerationPlan> {
  const pending = await requirePending(ports);
  const open = describeOpen(await checkConflicts(pending.conflicts, ports));
  if (open.length > 0) {
    throw new PacksmithError('CONFLICTS_OPEN', `${open.length === 1 ? 'a file is' : `${open.length} files are`} not settled yet`, {
      diagnostics: open,
      hint: 'edit them to what they should be, remove markers and `.theirs` files, and continue',
    });
  }
  const settled = await keepManifestEdits(pending, ports);
  const disk = await ports.project.survey([PENDING_PATH, ...settled.map(({ path }) => path)]);
  const contents = new Map<Digest, Uint8Array>(settled.map(({ content }) => [ports.hash(content), content]));
  const records = settled.map(({ path, content }) => recordPath({ path, digest: ports.hash(content), entry: disk.get(path) }));
  return planOf([...records, ...removal(disk.get(PENDING_PATH))], toPlannedContents([contents]));
}

/** The records, with what the user wrote into packsmith.toml since the change was planned. */
async function keepManifestEdits({ records, manifest }: Pending, { project }: FinishPorts): Promise<Pending['records']> {
  const current = await project.readFile(MANIFEST_PATH);
  const texts = [manifest, current].map((bytes) => bytes && decodeText(bytes));
  const [base, ours] = texts;
  if (base === undefined || ours === undefined) return records;
  return records.map(({ path, content }) => {
    const theirs = path === MANIFEST_PATH ? decodeText(content) : undefined;
    if (theirs === undefined) return { path, content };
    const labels = { ours: 'yours', base: 'before', theirs: 'the change' };
    const merged = mergePlainText({ base, ours, theirs, labels, path });
    if (merged.kind === 'merged') return { path, content: encodeUtf8(merged.text) };
    throw new PacksmithError('CONFLICTS_OPEN', `${MANIFEST_PATH} was edited where the change edits it as well`, {
      hint: 'take your edit of it back, continue, and make it again',
    });
  });
}

/** @throws PacksmithError `NOTHING_PENDING`. */
export async function requirePending(ports: Pick<Ports, 'project' | 'reporter'>): Promise<Pending> {
  const { pending } = await requireProject(ports);
  if (pending !== undefined) return pending;
  throw new PacksmithError('NOTHING_PENDING', 'no change waits for conflicts to be settled', {
    hint: '`packs status` shows how the project stands',
  });
}

function recordPath({ path, digest, entry }: { path: PlannedPath['path']; digest: Digest; entry: DiskEntry | undefined }): PlannedPath {
  const common = { path, class: 'record', reason: 'the conflicts are settled', packs: [], after: { digest, mode: DEFAULT_MODE } } as const;
  if (entry?.kind !== 'file') return { ...common, action: 'create' };
  return { ...common, action: entry.digest === digest ? 'keep' : 'update', before: { digest: entry.digest, mode: entry.mode } };
}

function removal(entry: DiskEntry | undefined): PlannedPath[] {
  if (entry?.kind !== 'file') return [];
  const before = { digest: entry.digest, mode: entry.mode };
  return [{ path: PENDING_PATH, class: 'record', action: 'delete', reason: 'nothing is pending any more', packs: [], before }];
}

function planOf(paths: readonly PlannedPath[], contents: GenerationPlan['contents']): GenerationPlan {
  return { format: 1, operation: 'update', packs: [], answers: [], paths, decisions: [], conflicts: [], contents, hooks: [], warnings: [] };
}
