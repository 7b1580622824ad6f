import { isAbsolute, relative } from 'node:path';
import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ProjectDir } from '../../ports/project-dir.ts';
import { type FolderTree, readFolder } from '../reconcile/read-folder.ts';
import { loadProject } from './load-project.ts';
import { planProject } from './plan-project.ts';
import { refusePending } from './refuse-pending.ts';
import type { UpdateConflicts } from './update-project.ts';

export interface MergeFoldersRequest {
  /** The folder whose changes are wanted. */
  readonly source: ProjectDir;
  /** What both folders come from. */
  readonly base: ProjectDir;
  /** How people name the folders. */
  readonly names: { readonly source: string; readonly target: string; readonly base: string };
  readonly onConflict: UpdateConflicts;
}

type MergePorts = Pick<Ports, 'project' | 'reporter' | 'hash' | 'codec'>;

/**
 * Plans taking what changed from a base folder to another one over into the project's folder, which may have changed as well: the same engine as that of
 * updates, where the one folder is what is wanted and the other what was generated. Packsmith's own records stay as they are.
 * @throws PacksmithError `FILE_NOT_FOUND` for a folder that is not there, `INVALID_ARGUMENTS` for folders within one another, `CHANGE_PENDING`, `LIMIT_EXCEEDED`.
 */
export async function planFolderMerge(request: MergeFoldersRequest, ports: MergePorts): Promise<GenerationPlan> {
  const { source, base, names } = request;
  const { project, hash } = ports;
  refuseNested([source, base], project);
  const [wanted, before] = [await readFolder(source), await readFolder(base)];
  const { exists } = await project.inspect();
  if (!exists) throw new PacksmithError('FILE_NOT_FOUND', `there is no directory ${project.root}`, { where: { file: project.root } });
  const state = await loadProject(ports);
  await refusePending(state, ports);
  // Where a link or the like came in the place of a file, nothing is known of what is wanted: the file stays.
  const known = [...before.files].filter(([path]) => !wanted.others.includes(path));
  const generated = new Map(known.map(([path, file]) => [path, lockedFile(path, file, ports)] as const));
  const plan = await planProject(
    {
      operation: 'merge',
      state: { manifest: undefined, manifestText: undefined, lockfile: undefined, pending: undefined, generated },
      packs: [],
      composition: { tree: desiredTree(wanted.files), decisions: [], conflicts: [], loose: [] },
      answers: { answers: new Map(), entries: [], diagnostics: [], missing: [] },
      masked: new Map(),
      data: [],
      hooks: [],
      now: '',
      manifest: '',
      policy: request.onConflict,
      restores: false,
      backup: false,
      adopts: false,
      stored: new Map([...before.files.values()].map(({ content }) => [hash(content), content] as const)),
      labels: { ours: names.target, base: names.base, theirs: names.source },
      isConcerned: () => true,
      keepsRecords: false,
      replay: async () => ({ contents: new Map(), rendered: new Map(), absent: [] }),
      warnings: [...describeLeftOut(names.source, wanted), ...describeLeftOut(names.base, before)],
    },
    ports,
  );
  return { ...plan, paths: plan.paths.map((path) => inWordsOfFolders(path, names.source)) };
}

function refuseNested(folders: readonly ProjectDir[], target: ProjectDir): void {
  for (const { root } of folders) {
    const isWithin = [relative(root, target.root), relative(target.root, root)].some(
      (way) => way === '' || !(way.startsWith('..') || isAbsolute(way)),
    );
    if (!isWithin) continue;
    throw new PacksmithError('INVALID_ARGUMENTS', `${root} and ${target.root} lie within one another`, {
      hint: 'move one of them, so that each folder has only files of its own',
    });
  }
}

function desiredTree(files: FileTree): DesiredTree {
  const common = { packs: [], onExists: undefined, merge: undefined, parts: new Map() };
  return new Map([...files].map(([path, { content, mode }]) => [path, { ...common, content, mode, template: path }] as const));
}

function lockedFile(
  path: ProjectPath,
  { content, mode }: { content: Uint8Array; mode: number },
  { hash }: Pick<Ports, 'hash'>,
): LockedFile {
  return { path, sha256: hash(content), mode, packs: [], template: path };
}

function describeLeftOut(name: string, { others, unportable }: FolderTree): string[] {
  const describe = (what: string, paths: readonly string[]): string[] => {
    if (paths.length === 0) return [];
    const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
    return [`${what} are not merged; of ${name} these were left out: ${paths.slice(0, 5).join(', ')}${more}`];
  };
  return [...describe('links and what is no plain file', others), ...describe('names that are not portable', unportable)];
}

/** The table of decisions speaks of packs and of what they generated. */
function inWordsOfFolders(planned: PlannedPath, source: string): PlannedPath {
  const reason = planned.reason
    .replaceAll('no longer generated', `no longer in ${source}`)
    .replaceAll('as generated', 'as in the base')
    .replaceAll('the pack', source);
  return { ...planned, reason };
}
