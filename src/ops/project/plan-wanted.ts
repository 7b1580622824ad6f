import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LOCKFILE_PATH } from '../../core/lockfile/lockfile.ts';
import { PENDING_PATH } from '../../core/lockfile/pending.ts';
import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import { migrateManifest } from '../../core/manifest/migrate-manifest.ts';
import type { ProjectManifest, ProjectMerge } from '../../core/manifest/project-manifest.ts';
import type { GenerationPlan, Operation, PlannedHook } from '../../core/plan/generation-plan.ts';
import type { ConflictPolicy } from '../../core/plan/settle-conflict.ts';
import type { AnswerEntry, AnswerOutcome, GivenAnswers } from '../../core/template/answers/answer-types.ts';
import type { RenderedPack } from '../../core/template/rendered-pack.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Formatter } from '../../ports/formatter.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PlanPhase } from '../../ports/reporter.ts';
import { prepareDataOf } from '../data/prepare-data-of.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';
import type { AskAnswersRequest } from '../render/ask-answers.ts';
import { withExternalData } from '../render/read-external-data.ts';
import { renderMasked } from '../render/render-masked.ts';
import { type RenderedProject, renderProject } from '../render/render-project.ts';
import { projectAnswers, projectFacts, settleAnswers } from '../render/settle-answers.ts';
import { settleComposition } from '../render/settle-composition.ts';
import { type ComposeWish, composeRules, refuseStranger } from './compose-rules.ts';
import { demandsOf } from './demands.ts';
import { compilePreserved, findExcluded } from './find-excluded.ts';
import { type LoadedPacks, loadPacks, type PackDemand } from './load-packs.ts';
import type { ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { planProject } from './plan-project.ts';
import type { PlanProjectRequest } from './plan-request.ts';
import { refusePending } from './refuse-pending.ts';
import { selectTemplate } from './select-template.ts';

export type GenerationPorts = ResolvePorts &
  Pick<Ports, 'project' | 'dataFiles' | 'openSparqlEngine' | 'openShapeValidator' | 'clock' | 'hash' | 'codec' | 'prompter'>;

/** What every command that changes a project lets a user choose. */
export interface ProjectOptions extends ComposeWish {
  /** Absolute; references to directories are relative to it. */
  readonly workingDirectory: string;
  /** Strongest first; the project's own variables are added behind. */
  readonly given: readonly GivenAnswers[];
  /** What is done about a directory that is not empty: refuse, write beside what is there, or replace what is in the way. */
  readonly ifExists: 'refuse' | 'merge' | 'overwrite';
  /** Keep a copy of what is replaced. */
  readonly backup: boolean;
  readonly skipHooks: boolean;
  /** Refuse when packsmith.lock would change. */
  readonly frozen?: boolean;
  /** What to ask for where there is a prompter. */
  readonly ask: AskAnswersRequest['ask'];
  /** Take an example for what has no answer: only whether packs fit together is asked, and nothing will be written. */
  readonly assume?: boolean;
  /** Told of the packs that are new to the project, before anything is asked. */
  readonly beforeAnswers?: (packs: readonly LoadedPack[]) => Promise<void>;
  /** Use only what was fetched before. */
  readonly offline?: boolean;
  /** Runs the project's own formatters before texts are merged; none runs when not given. */
  readonly formatter?: Formatter;
  readonly signal?: AbortSignal;
}

export interface GenerationPreview {
  readonly plan: GenerationPlan;
  /** The packs, in the order in which they are rendered. */
  readonly packs: readonly LoadedPack[];
  /** The rules by which shared paths were settled. */
  readonly merge: ProjectMerge;
  /** Every variable, where its value came from, and whether it applies. */
  readonly answers: readonly AnswerEntry[];
  /** Warnings about the answers. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the packs rendered, before it was composed. */
  readonly rendered: readonly RenderedPack[];
}

/** What a command wants the project to be. */
export interface WantedProject {
  readonly operation: Operation;
  readonly state: ProjectState;
  /** The project as it is, where `state` has a pack under another id already; it is what is rendered again where the baseline is lost. */
  readonly before?: ProjectState;
  readonly demands: readonly PackDemand[];
  /** The composition: merge rules, recorded answers, answers for single packs. */
  readonly manifest: ProjectManifest | undefined;
  /** The text of packsmith.toml once packs and answers are known. */
  readonly manifestText: (facts: ManifestFacts) => Promise<string>;
  /** Refuses before anybody is asked, where the packs do not suit the directory. */
  readonly check?: (packs: readonly LoadedPack[]) => Promise<void>;
  /** Only this template. */
  readonly template?: string;
  /** Which packs keep the version that the lockfile has, where it fits; all of them when not given. */
  readonly isLocked?: (id: string) => boolean;
  /** What happens to what cannot be merged; `refuse` when not given. */
  readonly policy?: ConflictPolicy;
  /** Whether files that the user deleted come back. */
  readonly restores?: boolean;
  /** Globs of paths that are left as they are. */
  readonly preserve?: readonly string[];
  /** Take the wanted tree for what was generated: no file of the user's is written. */
  readonly adopts?: boolean;
}

export interface ManifestFacts {
  readonly packs: readonly LoadedPack[];
  readonly answers: AnswerOutcome;
  /** Those that were used, so that a later run settles every path in the same way. */
  readonly merge: ProjectMerge;
  /** What the packs' migrations change in the user's file. */
  readonly migration: readonly DocumentEdit[];
  /** The project's name. */
  readonly name: string;
}

/**
 * Computes what a command would do to a project; writes nothing. Conflicts are part of the plan, not a failure.
 * @throws PacksmithError `PACK_NOT_FOUND`, `MANIFEST_INVALID`, `NO_SOLUTION`, `ANSWERS_MISSING`, `ANSWERS_INVALID`, `TEMPLATE_FAILED`,
 * `TEMPLATE_NOT_FOUND`, `INJECTION_FAILED`, `LIMIT_EXCEEDED`, those of `prepareData`, `CANCELLED`, `FROZEN`, `INTEGRITY_MISMATCH` where a place has other content
 * than packsmith.lock has of the same version.
 */
export async function planWanted(asked: WantedProject, options: ProjectOptions, ports: GenerationPorts): Promise<GenerationPreview> {
  await refusePending(asked.state, ports);
  const migrated = await loadMigrated(asked, options, ports);
  const { wanted, packs } = migrated;
  const { state } = wanted;
  await prepare(wanted, packs, options);
  const facts = await withExternalData(projectFacts({ state, manifest: wanted.manifest, packs }, ports), ports.project);
  const begin = (phase: PlanPhase): void => ports.reporter.report({ kind: 'phase', phase });
  begin('answers');
  const { ask, assume } = options;
  const given = [...options.given, ...projectAnswers(wanted.manifest)];
  const answers = await settleAnswers({ manifest: wanted.manifest, given, ask, assume: assume ?? false, packs, facts }, ports);
  options.signal?.throwIfAborted();
  const only = wanted.template === undefined ? undefined : selectTemplate(wanted.template, packs);
  const { operation } = wanted;
  const expectsChanges = operation === 'regenerate' || operation === 'generate';
  const { workingDirectory, signal } = options;
  begin('data');
  const data = await prepareDataOf({ facts, answers, workingDirectory, state, expectsChanges, ...(signal && { signal }) }, ports);
  begin('render');
  const rendered = renderProject({ facts, answers, data: data.facts, ...(only === undefined ? {} : { only }) }, ports);
  begin('compose');
  const { composition, merge } = await settleComposition({ rendered, merge: composeRules(options, wanted.manifest) }, ports);
  const isPartial = only !== undefined;
  const isPreserved = compilePreserved(wanted.preserve ?? [], state);
  const kept = { ...composition, tree: new Map([...composition.tree].filter(([path]) => !isPreserved(path))) };
  const isConcerned = (path: ProjectPath): boolean =>
    !isPreserved(path) && (!isPartial || composition.tree.has(state.generated.get(path)?.output ?? path));
  begin('plan');
  const plan = await planProject(
    {
      operation: wanted.operation,
      state,
      packs,
      composition: kept,
      masked: await renderMasked({ facts, answers, merge, data: data.facts, ...(only === undefined ? {} : { only }) }, ports),
      answers,
      data: data.read,
      hooks: options.skipHooks || isPartial ? [] : rendered.planHooks().filter((hook) => isDue(hook, wanted, packs)),
      now: facts.now,
      manifest: await wanted.manifestText({ packs, answers, merge, migration: migrated.edits, name: facts.name }),
      policy: options.ifExists === 'overwrite' ? 'overwrite' : (wanted.policy ?? 'refuse'),
      restores: wanted.restores ?? false,
      backup: options.backup,
      adopts: wanted.adopts ?? false,
      isConcerned,
      isPreserved,
      ...findExcluded({ state, tree: composition.tree, isPreserved, isConcerned }),
      keepsRecords: !isPartial || state.lockfile !== undefined,
      replay: async () => {
        // Loaded only here: a baseline is seldom lost.
        const { replayGeneration } = await import('../render/replay-generation.ts');
        return replayGeneration(
          { state: asked.before ?? asked.state, given: options.given, workingDirectory, ...fetchOptions(options) },
          ports,
        );
      },
      warnings: [...migrated.warnings, ...data.warnings],
      ...formattingOf(options, wanted.state),
    },
    ports,
  );
  if (options.frozen === true) refuseChangedLock(plan, state);
  const { entries, diagnostics } = answers;
  const shown = { ...plan, packages: rendered.packages, ...notesOf(rendered, wanted, packs) };
  return { plan: shown, packs, merge, answers: entries, diagnostics, rendered: rendered.packs };
}

async function prepare(
  { check, state }: WantedProject,
  packs: readonly LoadedPack[],
  { beforeAnswers, prefer }: ProjectOptions,
): Promise<void> {
  refuseStranger(prefer, packs);
  await check?.(packs);
  await beforeAnswers?.(packs.filter(({ pack }) => isNewPack(pack.manifest.id, state)));
}

/**
 * The hooks for generating belong to what is generated anew and to packs that are new to the project, those for updating to packs that are updated:
 * not to those that stay as they are while others are added, removed or updated.
 * Scripts of other tools' templates for generating run once, when the template comes into the project.
 */
function isDue({ stage, pack, script }: PlannedHook, wanted: WantedProject, packs: readonly LoadedPack[]): boolean {
  const { operation, state } = wanted;
  const isNew = isNewPack(pack, state);
  if (script !== undefined && stage.endsWith('_generate')) return isNew;
  const isGenerated = isNew || operation === 'generate' || operation === 'compose' || operation === 'regenerate';
  return isGenerated ? stage.endsWith('_generate') : stage.endsWith('_update') && !isLeft(pack, wanted, packs);
}

/** Whether a pack stays as it is while others are added, removed or updated. */
function isLeft(id: string, { operation, state, isLocked }: WantedProject, packs: readonly LoadedPack[]): boolean {
  if (operation === 'update' ? isLocked?.(id) !== true : operation !== 'add' && operation !== 'remove') return false;
  const before = state.lockfile?.packs.find((locked) => locked.id === id)?.version;
  return packs.some(({ pack: { manifest } }) => manifest.id === id && manifest.version === before);
}

/** What the packs say to people about this change, where they say anything. */
function notesOf({ notes }: RenderedProject, wanted: WantedProject, packs: readonly LoadedPack[]): Pick<GenerationPlan, 'notes'> {
  const due = notes.filter(({ pack, isUpdate }) => isUpdate !== isNewPack(pack, wanted.state) && !isLeft(pack, wanted, packs));
  return due.length === 0 || wanted.template !== undefined ? {} : { notes: due.map(({ pack, text }) => ({ pack, text })) };
}

/** Whether a pack comes into the project only now. */
function isNewPack(pack: string, { lockfile }: ProjectState): boolean {
  return lockfile?.packs.every(({ id }) => id !== pack) ?? true;
}

function fetchOptions({ offline = false, signal }: ProjectOptions): FetchOptions {
  return { offline, ...(signal && { signal }) };
}

/** Says what of the lock would change: packs where it is about them, else only that it would. */
function refuseChangedLock({ paths, packs }: GenerationPlan, { lockfile }: ProjectState): void {
  if (paths.every(({ path, action }) => (path !== LOCKFILE_PATH && path !== PENDING_PATH) || action === 'keep')) return;
  const before = new Map((lockfile?.packs ?? []).map(({ id, version }) => [id, version]));
  const changed = packs.filter(({ id, version }) => before.get(id) !== version).map(({ id, version }) => `${id} ${version}`);
  const detail = changed.length === 0 ? `${LOCKFILE_PATH} would change` : `${changed.join(', ')} would be recorded in ${LOCKFILE_PATH}`;
  throw new PacksmithError('FROZEN', `--frozen: ${detail}`);
}

interface MigratedProject {
  readonly wanted: WantedProject;
  readonly packs: readonly LoadedPack[];
  readonly warnings: readonly string[];
  readonly edits: readonly DocumentEdit[];
}

/** Loads the packs, and carries the answers over to their new versions; packs that took over a part of another one are loaded as well. */
async function loadMigrated(wanted: WantedProject, options: ProjectOptions, ports: GenerationPorts): Promise<MigratedProject> {
  const { lockfile } = wanted.state;
  const isLocked = wanted.isLocked ?? (() => true);
  const load = (demands: readonly PackDemand[]): Promise<LoadedPacks> =>
    loadPacks(
      {
        demands,
        recorded: lockfile?.packs ?? [],
        isLocked,
        overrides: wanted.manifest?.overrides ?? new Map(),
        offline: options.offline ?? false,
        root: ports.project.root,
        ...(options.signal && { signal: options.signal }),
      },
      ports,
    );
  const { packs, warnings } = await load(wanted.demands);
  if (lockfile === undefined || wanted.manifest === undefined) return { wanted, packs, warnings, edits: [] };
  const lockedVersion = (id: string): string | undefined => lockfile.packs.find((locked) => locked.id === id)?.version;
  const { manifest, edits, addPacks } = migrateManifest(
    wanted.manifest,
    packs.map(({ pack }) => pack.manifest),
    lockedVersion,
  );
  if (addPacks.size === 0) return { wanted: { ...wanted, manifest }, packs, warnings, edits };
  const added = [...addPacks].map(([id, version]) => ({ id, version, source: undefined, variables: new Map() }));
  const places = { workingDirectory: ports.project.root, root: ports.project.root };
  const demands = [...wanted.demands, ...demandsOf({ references: [], packs: added, places })];
  return { wanted: { ...wanted, manifest, demands }, ...(await load(demands)), edits };
}

/** The formatters of the project's own packsmith.toml, and of nothing else: they run commands. */
function formattingOf({ formatter, signal }: ProjectOptions, { manifest }: ProjectState): Pick<PlanProjectRequest, 'formatting'> {
  if (formatter === undefined) return {};
  return { formatting: { formatters: manifest?.formatters ?? [], formatter, ...(signal && { signal }) } };
}
