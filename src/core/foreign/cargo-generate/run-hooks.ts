import { unlessItFails } from '../../diagnostics/unless-it-fails.ts';
import type { ValueMap } from '../../pack/values.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import type { FinishedFile, ForeignQuestion, ForeignSource, ForeignTemplate } from '../foreign-template.ts';
import { type HookCommand, type HookProgram, type HookRequest, type HookResult, treeOf } from './hooks/hook-program.ts';
import { listFiles } from './list-files.ts';
import { firstNames, makeContext } from './make-context.ts';
import { type CargoConfig, HOOK_STAGES, type HookStage } from './read-config.ts';

/** What one render with scripts needs from its beginning to its end. */
interface HookedRun {
  readonly request: Omit<HookRequest, 'variables' | 'files'>;
  readonly before: readonly HookResult[];
  after: HookResult | undefined;
}

/** How a template with scripts differs from one without. */
export interface HookedTemplate extends Required<Pick<ForeignTemplate, 'makeContext' | 'list' | 'finish' | 'messages' | 'planHooks'>> {
  /** What scripts set before anything is asked. @throws PacksmithError `LIMIT_EXCEEDED` */
  readonly initialNames: (question: ForeignQuestion) => ValueMap;
  readonly refine: NonNullable<ForeignTemplate['refine']>;
  /** Whether a variable is a question of a script. */
  readonly asks: (variable: string) => boolean;
}

/** Seconds. */
const TIMEOUT = 600;

/** Runs the scripts of a template where cargo-generate does. What one run leaves is found again by the context that it made. */
export function runWithHooks(source: ForeignSource, config: CargoConfig, hooks: HookProgram): HookedTemplate {
  const runs = new WeakMap<ValueMap, HookedRun>();
  const stages = new Map(HOOK_STAGES.flatMap((stage) => hooks.questionsOf(stage).map(({ name }): [string, HookStage] => [name, stage])));
  const first = (answers: ValueMap): Pick<HookRequest, 'variables' | 'files'> => ({
    variables: firstNames(config, answers),
    files: hooks.files,
  });
  /** What there is behind the scripts that run before anything is asked. */
  const initial = ({ answers, scope: { now }, budget }: ForeignQuestion): Pick<HookRequest, 'variables' | 'files'> => {
    if (config.hooks.init.length === 0) return first(answers);
    // What fails here is told when it is rendered.
    return unlessItFails(
      () => {
        const init = hooks.run('init', { ...first(answers), answers, now, budget });
        return { variables: init.variables, files: treeOf(init) };
      },
      () => first(answers),
    );
  };
  return {
    asks: (variable) => stages.has(variable),
    initialNames: (question) => initial(question).variables,
    makeContext: (answers, { now }, environment, budget) => {
      const request = { answers, now, budget };
      const init = hooks.run('init', { ...first(answers), ...request });
      const variables = makeContext(config, { answers, environment, budget, initial: init.variables });
      const pre = hooks.run('pre', { ...request, variables, files: treeOf(init) });
      runs.set(pre.variables, { request, before: [init, pre], after: undefined });
      return pre.variables;
    },
    refine: (definition, question) => {
      const { answers, scope, environment, budget } = question;
      const stage = stages.get(definition.name);
      if (stage === undefined || stage === 'post') return { definition, applies: true };
      const request = { answers, now: scope.now, budget };
      const before = stage === 'init' ? first(answers) : initial(question);
      const variables =
        stage === 'init' ? before.variables : makeContext(config, { answers, environment, budget, initial: before.variables });
      const asked = hooks.findAsked(stage, { ...request, files: before.files, variables }).get(definition.name);
      return { definition: asked ?? definition, applies: asked !== undefined };
    },
    list: (run) => {
      const last = runs.get(run.context)?.before.at(-1);
      return listFiles(last === undefined ? hooks.files : treeOf(last), config);
    },
    finish: (files, run) => {
      const hooked = runs.get(run.context);
      if (hooked === undefined) return unchanged(files);
      hooked.after = hooks.run('post', { ...hooked.request, variables: run.context, files });
      return hooked.after.files;
    },
    messages: (moment, run) => {
      const hooked = runs.get(run.context);
      if (moment === 'before_copy') return linesOf(hooked?.before ?? []);
      return moment === 'after_copy' && hooked?.after !== undefined ? linesOf([hooked.after]) : '';
    },
    planHooks: (run) => planCommands(commandsOf(runs.get(run.context)), source),
  };
}

function unchanged(files: FileTree): ReadonlyMap<string, FinishedFile> {
  return new Map([...files].map(([path, entry]) => [path, { entry, from: path, by: undefined }]));
}

function linesOf(results: readonly HookResult[]): string {
  return results.flatMap(({ printed }) => printed).join('\n');
}

function commandsOf(run: HookedRun | undefined): HookCommand[] {
  return run === undefined ? [] : [...run.before, ...(run.after === undefined ? [] : [run.after])].flatMap(({ commands }) => commands);
}

/** Commands are given to a shell, as cargo-generate does. */
function planCommands(commands: readonly HookCommand[], { id, integrity }: ForeignSource): PlannedHook[] {
  return commands.map(({ script, line }) => ({
    pack: id,
    integrity,
    stage: 'post_generate',
    name: script,
    run: ['sh', '-c', line],
    timeout: TIMEOUT,
    continueOnError: false,
  }));
}
