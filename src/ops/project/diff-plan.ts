import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { readPlannedContent } from '../../core/plan/planned-contents.ts';
import { type FileDiffInput, formatFileDiff } from '../../core/reconcile/text/unified-diff.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { Ports } from '../../ports/ports.ts';

type Side = NonNullable<FileDiffInput['before']>;

/** What a plan would change, as a unified diff with git's headers; packsmith's own records are left out. The empty text when nothing changes. */
export async function diffPlan({ plan }: { readonly plan: GenerationPlan }, { project }: Pick<Ports, 'project'>): Promise<string> {
  const changes = plan.paths.filter(
    ({ action, class: pathClass }) => pathClass !== 'record' && (action === 'create' || action === 'update' || action === 'delete'),
  );
  const diffs: string[] = [];
  for (const change of changes) {
    const before = await readBefore(change, project);
    const after = readAfter(change, plan);
    diffs.push(
      formatFileDiff({ path: change.path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }),
    );
  }
  return diffs.join('');
}

async function readBefore({ path, before }: PlannedPath, project: Ports['project']): Promise<Side | undefined> {
  const content = before === undefined ? undefined : await project.readFile(path);
  return content === undefined || before === undefined ? undefined : toSide(content, before.mode);
}

function readAfter({ action, after }: PlannedPath, plan: GenerationPlan): Side | undefined {
  return action === 'delete' || after === undefined ? undefined : toSide(readPlannedContent(plan, after.digest), after.mode);
}

function toSide(content: Uint8Array, mode: number): Side {
  const text = decodeText(content);
  return { mode: `100${mode.toString(8).padStart(3, '0')}`, ...(text === undefined ? {} : { text }) };
}
