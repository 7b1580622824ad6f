import { makeCompositionPack } from '../../core/compose/composition-pack.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findPackNameProblem, type PackName } from '../../core/pack/pack-name.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { toPlannedContents } from '../../core/plan/planned-contents.ts';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import type { Digest } from '../../core/tree/digest.ts';
import { DEFAULT_MODE } from '../../core/tree/file-tree.ts';
import { parseProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { refuseConflicts } from './apply-generation.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { GenerationPreview } from './plan-wanted.ts';

export interface SaveCompositionRequest {
  /** The id of the new pack. */
  readonly id: string;
  /** The composition as it was planned: its packs, all of them found by id so that others can find them too, its rules, and the given answers. */
  readonly preview: GenerationPreview;
}

/**
 * Plans writing a composition as a pack of its own into the project directory, which must be the new pack's and empty.
 * @throws PacksmithError `REFERENCE_INVALID` when the id is no pack id, `PROJECT_IN_THE_WAY` when something is there,
 * `COMPOSE_CONFLICT` when they disagree, `COMPOSITION_NOT_PORTABLE` when a pack is known only by its place.
 */
export async function planSaveComposition(
  request: SaveCompositionRequest,
  { project, hash }: Pick<Ports, 'project' | 'hash'>,
): Promise<GenerationPlan> {
  const problem = findPackNameProblem(request.id);
  if (problem !== undefined) throw new PacksmithError('REFERENCE_INVALID', `${JSON.stringify(request.id)} is not a pack id: ${problem}`);
  const { plan, packs, merge, answers } = request.preview;
  refuseConflicts(plan);
  const roots = packs.filter(({ because }) => because === 'asked for');
  refuseLocalPacks(roots);
  const { isEmpty } = await project.inspect();
  if (!isEmpty)
    throw new PacksmithError('PROJECT_IN_THE_WAY', `${project.root} is not empty`, { hint: 'choose another id, or remove that directory' });
  const files = [...makeCompositionPack({ id: request.id as PackName, packs: roots.map(({ pack }) => pack), rules: merge, answers })].sort(
    ([a], [b]) => compareText(a, b),
  );
  const contents = new Map<Digest, Uint8Array>(files.map(([, text]) => [hash(text), encodeUtf8(text)]));
  const paths = files.map(([path, text]): PlannedPath => {
    const after = { digest: hash(text), mode: DEFAULT_MODE };
    return { path: parseProjectPath(path), class: 'new', action: 'create', reason: 'part of the new pack', after, packs: [], template: '' };
  });
  const empty = { packs: [], answers: [], decisions: [], conflicts: [], hooks: [] } as const;
  return { format: 1, operation: 'compose', paths, contents: toPlannedContents([contents]), warnings: warnOfLost(answers), ...empty };
}

/** Answers that belong to one pack alone cannot be defaults of another one. */
function warnOfLost(answers: readonly AnswerEntry[]): string[] {
  const lost = answers.filter(
    ({ key, name, source }) => key !== name && source !== 'default' && source !== 'computed' && source !== 'none',
  );
  return lost.map(({ key }) => `${key} belongs to one pack alone: the new pack cannot answer it, and asks for it again`);
}

function refuseLocalPacks(packs: readonly LoadedPack[]): void {
  const local = packs.filter(({ isFoundById }) => !isFoundById).map(({ pack }) => pack.manifest.id);
  if (local.length === 0) return;
  throw new PacksmithError('COMPOSITION_NOT_PORTABLE', `${local.join(', ')} can be found only by a path, which a pack cannot depend on`, {
    hint: 'put the pack into `packs/` of the project or into a configured directory, and name it by its id',
  });
}
