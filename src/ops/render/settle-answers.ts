import { basename, dirname } from 'node:path';
import { answerOrder } from '../../core/compose/pack-order.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { createEnvironment } from '../../core/jinja/environment.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import type { ValueMap } from '../../core/pack/values.ts';
import type { AnswerOutcome, GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { createEvaluator } from '../../core/template/evaluator.ts';
import { type ProjectFacts, projectContext } from '../../core/template/render-context.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ProjectState } from '../project/load-project.ts';
import { type LoadedPack, rootPacks } from '../project/loaded-pack.ts';
import { type AskAnswersRequest, askAnswers } from './ask-answers.ts';
import { assumeAnswers } from './assume-answers.ts';
import { castRecorded, foreignEvaluation, unwrapAnswers, withToolDefaults } from './foreign-answers.ts';

export interface ProjectFactsRequest {
  readonly state: ProjectState;
  readonly manifest: ProjectManifest | undefined;
  readonly packs: readonly LoadedPack[];
}

/** What templates see of the project: the name it has, and the instant that was fixed when it was first generated. */
export function projectFacts(
  { state, manifest, packs }: ProjectFactsRequest,
  { project, clock }: Pick<Ports, 'project' | 'clock'>,
): ProjectFacts {
  const directory = basename(project.root);
  const name = state.manifest?.name ?? manifest?.name ?? directory;
  const now = state.lockfile?.now ?? clock.now();
  const previous = new Map((state.lockfile?.packs ?? []).map(({ id, version, revision }) => [id, { version, revision }]));
  return { name, directory, parentDirectory: dirname(project.root), previous, now, packs: packs.map(({ pack }) => pack) };
}

export interface SettleAnswersRequest {
  /** The composition: answers for single packs. */
  readonly manifest: ProjectManifest | undefined;
  /** Strongest first. */
  readonly given: readonly GivenAnswers[];
  readonly ask: AskAnswersRequest['ask'];
  /** Whether examples stand for what has no answer. */
  readonly assume: boolean;
  readonly packs: readonly LoadedPack[];
  readonly facts: ProjectFacts;
}

/** The answers of all packs of a project. @throws PacksmithError `ANSWERS_MISSING`, `ANSWERS_INVALID`, `LIMIT_EXCEEDED`, `CANCELLED`. */
export async function settleAnswers(
  wanted: SettleAnswersRequest,
  { hash, prompter, readToolAnswers }: Pick<Ports, 'hash' | 'prompter' | 'readToolAnswers'>,
): Promise<AnswerOutcome> {
  const { manifest, packs, facts } = wanted;
  const roots = rootPacks(packs);
  const overrides = new Map((manifest?.packs ?? []).map(({ id, variables }) => [id, toGiven(variables)] as const));
  const ordered = answerOrder(
    facts.packs,
    roots.map((root) => root.manifest.id),
  );
  const asking = ordered.map(async (pack) => ({
    pack: pack.manifest.id,
    variables: await withToolDefaults(pack, readToolAnswers),
    overrides: castRecorded(overrides.get(pack.manifest.id) ?? new Map(), pack),
    ...foreignEvaluation(pack, facts, hash),
  }));
  const request: AskAnswersRequest = {
    packs: await Promise.all(asking),
    given: wanted.given.map((given) => unwrapAnswers(given, facts.packs)),
    context: projectContext(facts),
    evaluator: createEvaluator(createEnvironment({ hash })),
    ask: wanted.ask,
    title: roots.map((root) => `${root.manifest.title} ${root.manifest.version}`).join(', '),
  };
  const assumed = wanted.assume ? [assumeAnswers(request)] : [];
  const asked = await askAnswers({ ...request, given: [...request.given, ...assumed] }, { prompter });
  if (asked.kind === 'answered') return asked.outcome;
  throw new PacksmithError('CANCELLED', 'cancelled: nothing was written');
}

/** What packsmith.toml answers. */
export function projectAnswers(manifest: ProjectManifest | undefined): GivenAnswers[] {
  if (manifest === undefined) return [];
  return [{ source: 'project', detail: 'packsmith.toml', values: toGiven(manifest.variables) }];
}

function toGiven(values: ValueMap): Map<string, GivenValue> {
  return new Map([...values].map(([name, value]) => [name, { kind: 'value', value }]));
}
