import { answerOrder } from '../../core/compose/pack-order.ts';
import { listPackages, type PackagesOfPack, packageContributions } from '../../core/compose/package-manifests.ts';
import { NO_FACTS, type PackFacts } from '../../core/data/pack-data.ts';
import type { ForeignRun, ForeignTemplate } from '../../core/foreign/foreign-template.ts';
import { createBudget, DEFAULT_LIMITS } from '../../core/jinja/budget.ts';
import { createEnvironment } from '../../core/jinja/environment.ts';
import { evaluateExpression, isTruthy } from '../../core/jinja/render-template.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { MergeRule } from '../../core/pack/pack-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { PlannedHook, PlannedPackage } from '../../core/plan/generation-plan.ts';
import type { AnswerOutcome } from '../../core/template/answers/answer-types.ts';
import type { TemplateSource } from '../../core/template/list-templates.ts';
import { planHooks } from '../../core/template/plan-hooks.ts';
import { type ProjectFacts, packContext, projectContext } from '../../core/template/render-context.ts';
import { type RenderRequest, renderPack } from '../../core/template/render-pack.ts';
import type { RenderedPack } from '../../core/template/rendered-pack.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { foreignScopeOf } from './foreign-answers.ts';

export interface RenderProjectRequest {
  readonly facts: ProjectFacts;
  /** Settled, without errors. */
  readonly answers: AnswerOutcome;
  /** By pack; packs without data are absent. */
  readonly data?: ReadonlyMap<PackName, PackFacts>;
  readonly only?: (source: TemplateSource) => boolean;
}

/** A text of a pack for people. */
export interface RenderedNote {
  readonly pack: string;
  readonly isUpdate: boolean;
  readonly text: string;
}

export interface RenderedProject {
  /** What the packs want, in order of composition; their packages come last. */
  readonly packs: readonly RenderedPack[];
  /** `[merge]` of the packs; those of a pack come before those of the packs that it needs. */
  readonly packRules: readonly MergeRule[];
  /** Renders the hooks; only where they may run, so that one that cannot be rendered is in nobody's way who leaves them out. */
  readonly planHooks: () => readonly PlannedHook[];
  /** What templates of other tools say to people, when they come into a project and when they are updated. */
  readonly notes: readonly RenderedNote[];
  /** What the packs bring through `[packages]`, those whose conditions hold. */
  readonly packages: readonly PlannedPackage[];
}

/**
 * Renders each pack with its answers. Reads and writes nothing.
 * @throws PacksmithError `TEMPLATE_FAILED` with all findings of one pack, `LIMIT_EXCEEDED`.
 */
export function renderProject(request: RenderProjectRequest, ports: Pick<Ports, 'hash' | 'reporter'>): RenderedProject {
  const { facts, only } = request;
  const rendered = renderAll(request, ports);
  const wanted = only === undefined ? rendered.map(({ packages }) => packages) : [];
  const packages =
    only === undefined
      ? packageContributions(
          wanted,
          rendered.map(({ files }) => files),
          facts.name,
        )
      : [];
  const packs: RenderedPack[] = [...rendered.map(({ files }) => files), ...packages];
  const needed = new Set<string>(facts.packs.flatMap(({ manifest }) => manifest.dependencies.map(({ id }) => id)));
  const roots = facts.packs.map(({ manifest }) => manifest.id).filter((id) => !needed.has(id));
  const packRules = answerOrder(facts.packs, roots).flatMap(({ manifest }) => manifest.merge);
  return {
    packs,
    packRules,
    planHooks: () => rendered.flatMap((each) => each.planHooks()),
    notes: rendered.flatMap(({ notes }) => notes),
    packages: listPackages(wanted),
  };
}

interface RenderedParts {
  readonly files: RenderedPack;
  readonly planHooks: () => readonly PlannedHook[];
  readonly notes: readonly RenderedNote[];
  readonly packages: PackagesOfPack;
}

/** One budget bounds all packs together. */
function renderAll(
  { facts, answers, data, only }: RenderProjectRequest,
  { hash, reporter }: Pick<Ports, 'hash' | 'reporter'>,
): RenderedParts[] {
  const budget = createBudget(DEFAULT_LIMITS);
  const project = projectContext(facts);
  return facts.packs.map((pack) => {
    const { id } = pack.manifest;
    const { foreign } = pack;
    const given = answers.answers.get(id) ?? new Map();
    const foreignScope = foreignScopeOf(facts, hash);
    const environment = foreign?.makeEnvironment(foreignScope) ?? packEnvironment(pack, hash);
    const context =
      foreign?.makeContext(given, foreignScope, environment, budget) ??
      packContext(project, pack, { answers: given, ...(data?.get(id) ?? NO_FACTS) });
    const before = facts.previous?.get(id);
    const scope = { pack, context, environment, budget, previousVersion: before?.version, previousRevision: before?.revision };
    const files = renderPack({ ...scope, ...(only === undefined ? {} : { only }) });
    reporter.report({ kind: 'pack-rendered', pack: id, files: files.files.length });
    const notes = foreign === undefined ? [] : renderNotes(foreign, id, scope);
    const packages = { pack: id, packages: wantedPackages(scope) };
    return { files, notes, planHooks: () => foreign?.planHooks(scope) ?? planHooks(scope), packages };
  });
}

function renderNotes({ messages }: ForeignTemplate, pack: string, run: ForeignRun): RenderedNote[] {
  if (messages === undefined) return [];
  return ([false, true] as const).flatMap((isUpdate): RenderedNote[] => {
    const moments = isUpdate ? (['before_update', 'after_update'] as const) : (['before_copy', 'after_copy'] as const);
    const texts = moments.map((moment) => messages(moment, run)).filter((text) => text !== '');
    return texts.map((text) => ({ pack, isUpdate, text }));
  });
}

/** The packages of a pack whose conditions hold. */
function wantedPackages({ pack, ...scope }: RenderRequest): PackagesOfPack['packages'] {
  return pack.manifest.packages.filter(({ name, when }) => {
    return when === undefined || isTruthy(evaluateExpression(when, { ...scope, name: `pack.toml [packages] ${name} (when)` }));
  });
}

/** The template environment of one pack: its own files can be included and imported, by their paths below the pack. */
function packEnvironment(pack: Pack, hash: Ports['hash']): ReturnType<typeof createEnvironment> {
  return createEnvironment({
    hash,
    loadTemplate: (name) => {
      const entry = pack.files.get(name as ProjectPath);
      return entry === undefined ? undefined : decodeUtf8(entry.content);
    },
  });
}
