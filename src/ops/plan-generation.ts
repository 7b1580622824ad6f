import { basename, isAbsolute, relative, resolve } from 'node:path';
import { answerOrder } from '../core/compose/pack-order.ts';
import type { ComposeRules } from '../core/compose/path-rules.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { createEnvironment } from '../core/jinja/environment.ts';
import type { MergeMode, ProjectManifest } from '../core/manifest/project-manifest.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PackName } from '../core/pack/pack-name.ts';
import { type PackReference, parsePackReference } from '../core/pack/pack-reference.ts';
import type { ValueMap } from '../core/pack/values.ts';
import type { GenerationPlan } from '../core/plan/generation-plan.ts';
import type { AnswerEntry, AnswerOutcome, GivenAnswers, GivenValue } from '../core/template/answers/answer-types.ts';
import { createEvaluator } from '../core/template/evaluator.ts';
import { listTemplates, TEMPLATE_ROOT, type TemplateSource } from '../core/template/list-templates.ts';
import { type ProjectFacts, projectContext } from '../core/template/render-context.ts';
import { nearest } from '../core/text/nearest.ts';
import type { Ports } from '../ports/ports.ts';
import { type AskAnswersRequest, askAnswers } from './ask-answers.ts';
import { loadPacks, type PackDemand } from './load-packs.ts';
import { loadProject, type ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { planProject } from './plan-project.ts';
import { manifestTextFor } from './project-manifest-text.ts';
import { renderProject } from './render-project.ts';

export type GenerationPorts = Pick<Ports, 'repository' | 'project' | 'reporter' | 'clock' | 'hash' | 'codec' | 'prompter'>;

export interface GenerateRequest {
  /** References in the documented grammar. Paths are relative to `workingDirectory`. */
  readonly references: readonly string[];
  /** Absolute. */
  readonly workingDirectory: string;
  /** Strongest first; the project's own variables are added behind. */
  readonly given: readonly GivenAnswers[];
  /** What is done about a directory that is not empty: refuse, write beside what is there, or replace what is in the way. */
  readonly ifExists: 'refuse' | 'merge' | 'overwrite';
  /** Keep a copy of what is replaced. */
  readonly backup: boolean;
  /** Generate only this template of the pack; outside a project no records are left. */
  readonly template?: string;
  readonly skipHooks: boolean;
  /** How packs that write one path are put together; the rules of packsmith.toml stand behind them. */
  readonly strategy?: MergeMode;
  /** The pack that wins where a merge is not clean. */
  readonly prefer?: PackName;
  /** Whom to ask for answers when there is a prompter: about everything, about what is missing, or nobody. */
  readonly ask: AskAnswersRequest['ask'];
  readonly signal?: AbortSignal;
}

export interface GenerationPreview {
  readonly plan: GenerationPlan;
  /** Every variable, where its value came from, and whether it applies. */
  readonly answers: readonly AnswerEntry[];
  /** Warnings about the answers. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The packs of a generation and the project they go to, before any answer is known. */
interface GenerationSubject {
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
  readonly facts: ProjectFacts;
  /** The given answers, and behind them those of the project. */
  readonly given: readonly GivenAnswers[];
  /** What packsmith.toml gives to single packs. */
  readonly overrides: ReadonlyMap<PackName, ReadonlyMap<string, GivenValue>>;
}

/**
 * Computes what generating would do; writes nothing. Conflicts are part of the plan, not a failure.
 * @throws PacksmithError `PACK_NOT_FOUND`, `MANIFEST_INVALID`, `ANSWERS_MISSING`, `ANSWERS_INVALID`, `TEMPLATE_FAILED`, `TEMPLATE_NOT_FOUND`,
 * `PROJECT_IN_THE_WAY` for a directory that is not empty unless `ifExists` says otherwise, `PROJECT_HAS_OTHER_PACKS`, `LIMIT_EXCEEDED`.
 */
export async function planGeneration(request: GenerateRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const subject = await loadSubject(request, ports);
  return planSubject({ request, subject, answers: await settleAnswers(request, subject, ports) }, ports);
}

async function loadSubject(request: GenerateRequest, ports: GenerationPorts): Promise<GenerationSubject> {
  const state = await loadProject(ports);
  const demands = request.references.map((text): PackDemand => {
    const reference = parsePackReference(text);
    return { reference, sourceOf: (pack) => lockedSource(reference, pack, { request, root: ports.project.root }) };
  });
  const packs = await loadPacks(demands, ports);
  await checkDirectory({ request, state, packs }, ports);
  const directory = basename(ports.project.root);
  const facts: ProjectFacts = {
    name: state.manifest?.name ?? directory,
    directory,
    now: state.lockfile?.now ?? ports.clock.now(),
    packs: packs.map(({ pack }) => pack),
  };
  return { state, packs, facts, given: [...request.given, ...projectAnswers(state.manifest)], overrides: projectOverrides(state.manifest) };
}

async function settleAnswers(request: GenerateRequest, subject: GenerationSubject, ports: GenerationPorts): Promise<AnswerOutcome> {
  const { facts, given, overrides } = subject;
  const ordered = answerOrder(
    facts.packs,
    rootPacks(subject).map(({ manifest }) => manifest.id),
  );
  const packs = ordered.map(({ manifest: { id, variables } }) => ({ pack: id, variables, overrides: overrides.get(id) ?? new Map() }));
  const title = rootPacks(subject)
    .map(({ manifest }) => `${manifest.title} ${manifest.version}`)
    .join(', ');
  const evaluator = createEvaluator(createEnvironment({ hash: ports.hash }));
  const asked = await askAnswers({ packs, given, context: projectContext(facts), evaluator, ask: request.ask, title }, ports);
  if (asked.kind === 'answered') return asked.outcome;
  throw new PacksmithError('CANCELLED', 'cancelled: nothing was written');
}

/** The packs that were asked for, in the order of asking. */
function rootPacks({ packs }: Pick<GenerationSubject, 'packs'>): Pack[] {
  return packs.filter(({ because }) => because === 'asked for').map(({ pack }) => pack);
}

interface PlannableSubject {
  readonly request: GenerateRequest;
  readonly subject: GenerationSubject;
  readonly answers: AnswerOutcome;
}

async function planSubject({ request, subject, answers }: PlannableSubject, ports: GenerationPorts): Promise<GenerationPreview> {
  const { state, packs, facts } = subject;
  const only = request.template === undefined ? undefined : selectTemplate(request.template, packs);
  request.signal?.throwIfAborted();
  const rules = composeRules(request, state.manifest);
  const { composition, hooks } = await renderProject({ facts, answers, rules, ...(only === undefined ? {} : { only }) }, ports);
  const isPartial = only !== undefined;
  const plan = await planProject(
    {
      operation: 'generate',
      state,
      packs,
      composition,
      answers,
      hooks: request.skipHooks || isPartial ? [] : hooks,
      now: facts.now,
      manifest: await manifestTextFor({ state, packs, answers, name: facts.name }),
      inTheWay: request.ifExists === 'overwrite' ? 'overwrite' : 'refuse',
      backup: request.backup,
      isConcerned: (path) => !isPartial || composition.tree.has(path),
      keepsRecords: !isPartial || state.lockfile !== undefined,
      warnings: [],
    },
    ports,
  );
  return { plan, answers: answers.entries, diagnostics: answers.diagnostics };
}

/** What the command line says of the mode and the preference, and the rules of packsmith.toml. */
function composeRules({ strategy, prefer }: GenerateRequest, manifest: ProjectManifest | undefined): ComposeRules {
  return { mode: strategy ?? manifest?.merge.mode ?? 'merge', rules: manifest?.merge.rules ?? [], prefer };
}

/** The source by which a later run finds the same pack: a path relative to the project, or the kind of place an id was found in. */
function lockedSource(
  reference: PackReference,
  { provenance }: Pack,
  { request, root }: { request: GenerateRequest; root: string },
): string {
  if (reference.kind !== 'path') return provenance.kind;
  const path = relative(root, resolve(request.workingDirectory, reference.path)).replaceAll('\\', '/');
  return isAbsolute(path) || path.startsWith('.') ? path : `./${path}`;
}

interface DirectoryFacts {
  readonly request: GenerateRequest;
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
}

async function checkDirectory({ request, state, packs }: DirectoryFacts, { project }: Pick<Ports, 'project'>): Promise<void> {
  if (state.lockfile !== undefined) {
    const present = state.lockfile.packs.map(({ id }) => id);
    const others = packs.map(({ pack }) => pack.manifest.id).filter((id) => !present.includes(id));
    if (others.length === 0 && (packs.length === present.length || request.template !== undefined)) return;
    throw new PacksmithError('PROJECT_HAS_OTHER_PACKS', `${project.root} was generated from ${present.join(', ')}`, {
      hint: 'choose another directory, or name the same packs to generate them again',
    });
  }
  const { isEmpty } = await project.inspect();
  if (isEmpty || request.ifExists !== 'refuse' || request.template !== undefined) return;
  const files = await project.listFiles();
  const shown = files.slice(0, 5).join(', ');
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  throw new PacksmithError('PROJECT_IN_THE_WAY', `${project.root} is not empty: it has ${shown === '' ? 'directories' : shown}${more}`, {
    hint: '`--into-existing` writes beside what is there; `--overwrite` replaces what is in the way, with `--backup` keeping a copy',
  });
}

function projectAnswers(manifest: ProjectManifest | undefined): GivenAnswers[] {
  if (manifest === undefined) return [];
  return [{ source: 'project', detail: 'packsmith.toml', values: toGiven(manifest.variables) }];
}

function projectOverrides(manifest: ProjectManifest | undefined): GenerationSubject['overrides'] {
  return new Map((manifest?.packs ?? []).map(({ id, variables }) => [id, toGiven(variables)] as const));
}

function toGiven(values: ValueMap): Map<string, GivenValue> {
  return new Map([...values].map(([name, value]) => [name, { kind: 'value', value }]));
}

function selectTemplate(name: string, packs: readonly LoadedPack[]): (source: TemplateSource) => boolean {
  const templates = packs.flatMap(({ pack }) => listTemplates(pack));
  const isNamed = (source: TemplateSource): boolean =>
    [source.name, source.outputTemplate, source.name.slice(TEMPLATE_ROOT.length)].includes(name);
  if (templates.some(isNamed)) return isNamed;
  const suggestions = nearest(
    name,
    templates.map((template) => template.outputTemplate ?? template.name),
  );
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : '`packs show ID --templates` lists them';
  throw new PacksmithError('TEMPLATE_NOT_FOUND', `there is no template ${JSON.stringify(name)}`, { hint, suggestions });
}
