import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { GenerationPlan, PlannedContent, PlannedFile, PlannedPath } from '../../core/plan/generation-plan.ts';
import type { Digest } from '../../core/tree/digest.ts';
import { findPathProblem, foldPath, type ProjectPath } from '../../core/tree/project-path.ts';
import { LOCAL_PATH } from './layout.ts';

/** One path that a transaction changes. At least one of `before` and `after` is there. */
export interface PlannedChange {
  readonly path: ProjectPath;
  readonly before?: PlannedFile;
  readonly after?: PlannedFile;
  /** Where the bytes of `after` come from: the plan, or a file as it is before the change. */
  readonly source?: PlannedContent | { readonly copyOf: ProjectPath };
}

/**
 * What a plan changes, in the order it is done: what goes, then what comes, packsmith's own records last.
 *
 * @throws PacksmithError `PLAN_INVALID` when the plan contradicts itself or reaches where no plan may.
 */
export function listPlannedChanges(plan: GenerationPlan): PlannedChange[] {
  const removed: PlannedChange[] = [];
  const written: PlannedChange[] = [];
  const records: PlannedChange[] = [];
  const onDisk = new Map(plan.paths.flatMap(({ path, before }) => (before === undefined ? [] : [[before.digest, path] as const])));
  for (const planned of plan.paths) {
    const change = toChange(planned, plan, onDisk);
    if (change === undefined) continue;
    if (planned.class === 'record') records.push(change);
    else (change.after === undefined ? removed : written).push(change);
  }
  const changes = [...removed, ...written, ...records];
  checkPaths(changes);
  return changes;
}

/** Says why a path cannot be changed by any plan; `undefined` when it can. */
export function findForbidden(path: string): string | undefined {
  const problem = findPathProblem(path);
  if (problem !== undefined) return problem;
  const folded = foldPath(path);
  if (folded === LOCAL_PATH || folded.startsWith(`${LOCAL_PATH}/`) || folded === '.packsmith') return 'it is where transactions are kept';
  // A file below .git can make git run a program.
  if (folded.split('/').some((segment) => segment === '.git' || segment === 'git~1'))
    return "it is inside a git repository's own directory";
  return undefined;
}

function toChange(planned: PlannedPath, plan: GenerationPlan, onDisk: ReadonlyMap<Digest, ProjectPath>): PlannedChange | undefined {
  const { path, action, before, after } = planned;
  switch (action) {
    case 'keep':
    case 'conflict':
      return undefined;
    case 'delete':
      if (before === undefined || after !== undefined) throw contradiction(planned);
      return { path, before };
    case 'create':
      if (before !== undefined || after === undefined) throw contradiction(planned);
      return { path, after, source: findContent(planned, after, plan, onDisk) };
    case 'update':
      if (before === undefined || after === undefined) throw contradiction(planned);
      return { path, before, after, source: findContent(planned, after, plan, onDisk) };
    default:
      throw contradiction(planned);
  }
}

function findContent(
  planned: PlannedPath,
  after: PlannedFile,
  plan: GenerationPlan,
  onDisk: ReadonlyMap<Digest, ProjectPath>,
): PlannedContent | { readonly copyOf: ProjectPath } {
  const content = Object.hasOwn(plan.contents, after.digest) ? plan.contents[after.digest] : undefined;
  if (content !== undefined) return content;
  // A change of mode alone, or a backup, need not carry bytes that are there already.
  const copyOf = planned.before?.digest === after.digest ? planned.path : onDisk.get(after.digest);
  if (copyOf !== undefined) return { copyOf };
  throw new PacksmithError('PLAN_INVALID', `the plan has no content for ${planned.path} (${after.digest})`);
}

function contradiction(planned: PlannedPath): PacksmithError {
  const states = `before is ${planned.before === undefined ? 'nothing' : 'a file'}, after is ${planned.after === undefined ? 'nothing' : 'a file'}`;
  return new PacksmithError('PLAN_INVALID', `the plan contradicts itself at ${planned.path}: "${planned.action}", but ${states}`);
}

function checkPaths(changes: readonly PlannedChange[]): void {
  const seen = new Set<string>();
  const left = new Set(changes.flatMap((change) => (change.after === undefined ? [] : [change.path as string])));
  for (const { path } of changes) {
    const problem = findForbidden(path);
    if (problem !== undefined) throw new PacksmithError('PLAN_INVALID', `the plan may not change ${JSON.stringify(path)}: ${problem}`);
    if (seen.has(path)) throw new PacksmithError('PLAN_INVALID', `the plan changes ${path} twice`);
    seen.add(path);
  }
  for (const path of left) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (left.has(parent)) throw new PacksmithError('PLAN_INVALID', `the plan makes ${parent} both a file and a directory`);
    }
  }
}
