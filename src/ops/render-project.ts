import { type Composition, composePacks, neededDrivers } from '../core/compose/compose-packs.ts';
import { type PackagesOfPack, packageContributions } from '../core/compose/package-manifests.ts';
import type { ComposeRules } from '../core/compose/path-rules.ts';
import { createBudget, DEFAULT_LIMITS } from '../core/jinja/budget.ts';
import { createEnvironment } from '../core/jinja/environment.ts';
import { evaluateExpression, isTruthy } from '../core/jinja/render-template.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PlannedHook } from '../core/plan/generation-plan.ts';
import type { AnswerOutcome } from '../core/template/answers/answer-types.ts';
import type { TemplateSource } from '../core/template/list-templates.ts';
import { planHooks } from '../core/template/plan-hooks.ts';
import { type ProjectFacts, packContext, projectContext } from '../core/template/render-context.ts';
import { type RenderRequest, renderPack } from '../core/template/render-pack.ts';
import type { RenderedPack } from '../core/template/rendered-pack.ts';
import { decodeUtf8 } from '../core/text/utf8.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';
import { loadDrivers } from './load-drivers.ts';

export interface RenderProjectRequest {
  readonly facts: ProjectFacts;
  /** Settled, without errors. */
  readonly answers: AnswerOutcome;
  readonly rules: ComposeRules;
  readonly only?: (source: TemplateSource) => boolean;
}

export interface RenderedProject {
  readonly composition: Composition;
  readonly hooks: readonly PlannedHook[];
}

/**
 * Renders each pack with its answers, and composes the result. Reads and writes nothing.
 * @throws PacksmithError `TEMPLATE_FAILED` with all findings of one pack, `INJECTION_FAILED`, `LIMIT_EXCEEDED`.
 */
export async function renderProject(request: RenderProjectRequest, ports: Pick<Ports, 'hash' | 'reporter'>): Promise<RenderedProject> {
  const { facts, rules, only } = request;
  const rendered = renderAll(request, ports);
  const packages =
    only === undefined
      ? packageContributions(
          rendered.map(({ packages }) => packages),
          rendered.map(({ files }) => files),
          facts.name,
        )
      : [];
  const packs: RenderedPack[] = [...rendered.map(({ files }) => files), ...packages];
  const packRules = facts.packs.flatMap(({ manifest }) => manifest.merge);
  const drivers = await loadDrivers(neededDrivers({ packs, packRules }));
  return { composition: composePacks({ packs, rules, packRules, drivers }), hooks: rendered.flatMap(({ hooks }) => hooks) };
}

interface RenderedParts {
  readonly files: RenderedPack;
  readonly hooks: readonly PlannedHook[];
  readonly packages: PackagesOfPack;
}

/** One budget bounds all packs together. */
function renderAll({ facts, answers, only }: RenderProjectRequest, { hash, reporter }: Pick<Ports, 'hash' | 'reporter'>): RenderedParts[] {
  const budget = createBudget(DEFAULT_LIMITS);
  const project = projectContext(facts);
  return facts.packs.map((pack) => {
    const context = packContext(project, pack, answers.answers.get(pack.manifest.id) ?? new Map());
    const scope = { pack, context, environment: packEnvironment(pack, hash), budget };
    const files = renderPack({ ...scope, ...(only === undefined ? {} : { only }) });
    reporter.report({ kind: 'pack-rendered', pack: pack.manifest.id, files: files.files.length });
    return { files, hooks: planHooks(scope), packages: { pack: pack.manifest.id, packages: wantedPackages(scope) } };
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
