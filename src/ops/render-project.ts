import { type Composition, composePacks } from '../core/compose/compose-packs.ts';
import { createBudget, DEFAULT_LIMITS } from '../core/jinja/budget.ts';
import { createEnvironment } from '../core/jinja/environment.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PlannedHook } from '../core/plan/generation-plan.ts';
import type { AnswerOutcome } from '../core/template/answers/answer-types.ts';
import type { TemplateSource } from '../core/template/list-templates.ts';
import { planHooks } from '../core/template/plan-hooks.ts';
import { type ProjectFacts, packContext, projectContext } from '../core/template/render-context.ts';
import { renderPack } from '../core/template/render-pack.ts';
import { decodeUtf8 } from '../core/text/utf8.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';

export interface RenderProjectRequest {
  readonly facts: ProjectFacts;
  /** Settled, without errors. */
  readonly answers: AnswerOutcome;
  readonly only?: (source: TemplateSource) => boolean;
}

export interface RenderedProject {
  readonly composition: Composition;
  readonly hooks: readonly PlannedHook[];
}

/**
 * Renders each pack with its answers, and composes the result. Reads and writes nothing.
 * @throws PacksmithError `TEMPLATE_FAILED` with all findings of one pack, `COMPOSE_CONFLICT`, `LIMIT_EXCEEDED`.
 */
export function renderProject(request: RenderProjectRequest, { hash, reporter }: Pick<Ports, 'hash' | 'reporter'>): RenderedProject {
  const { facts, answers, only } = request;
  const budget = createBudget(DEFAULT_LIMITS);
  const context = projectContext(facts);
  const rendered = facts.packs.map((pack) => {
    const environment = packEnvironment(pack, hash);
    const scope = packContext(context, pack, answers.answers.get(pack.manifest.id) ?? new Map());
    const files = renderPack({ pack, context: scope, environment, budget, ...(only === undefined ? {} : { only }) });
    reporter.report({ kind: 'pack-rendered', pack: pack.manifest.id, files: files.files.length });
    return { files, hooks: planHooks({ pack, context: scope, environment, budget }) };
  });
  return { composition: composePacks(rendered.map(({ files }) => files)), hooks: rendered.flatMap(({ hooks }) => hooks) };
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
