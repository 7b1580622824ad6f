import { resolve } from 'node:path';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { isPackName, type PackName } from '../core/pack/pack-name.ts';
import type { NodePorts } from '../node-ports.ts';
import { type GenerateRequest, planGeneration } from '../ops/project/plan-generation.ts';
import type { GenerationPreview, ProjectOptions } from '../ops/project/plan-wanted.ts';
import type { ProjectDir } from '../ports/project-dir.ts';
import { choosingTemplate } from './choose-template.ts';
import type { CommandContext } from './command.ts';
import type { FlagValues } from './command-spec.ts';
import { definedOnly } from './defined-only.ts';
import { isPackReference } from './is-pack-reference.ts';
import { placeProject } from './place-project.ts';
import { readGivenAnswers } from './read-given-answers.ts';
import { repeatCommand } from './repeat-command.ts';
import { earlyHooks } from './run-early-hooks.ts';
import { type GENERATION_FLAGS, generateSpec } from './specs/generate.ts';

export interface GenerationInput {
  readonly flags: FlagValues<typeof GENERATION_FLAGS>;
  readonly positionals: readonly string[];
  /** Whether examples stand for missing answers. */
  readonly assume?: boolean;
  /** Where hooks may run before the questions: whether they are trusted. */
  readonly early?: { readonly isTrusted: boolean } | undefined;
}

/** Everything up to the plan, as `generate` and `plan` share it. */
export interface PreparedGeneration {
  readonly ports: NodePorts;
  readonly project: ProjectDir;
  /** As the user would write it. */
  readonly directory: string;
  readonly preview: GenerationPreview;
  /** The line that generates what was planned. */
  readonly commandLine: string;
}

/** Finds out what to generate and where, settles the answers, asking for them where that is wanted and possible, and plans. Writes nothing. */
export async function prepareGeneration(
  { flags, positionals, assume = false, early: mayRun }: GenerationInput,
  context: CommandContext,
): Promise<PreparedGeneration> {
  const ports = await context.openPorts({ mayAsk: true });
  const { references, directory } = await splitPositionals({ flags, positionals }, context, ports);
  const early = mayRun === undefined || flags['skip-hooks'] ? undefined : earlyHooks(mayRun.isTrusted, ports, context);
  const options = await projectOptions(flags, context, ports);
  const wanted = {
    ...options,
    ...definedOnly({ template: flags.template, beforeAnswers: early?.run }),
    ...(assume && { ask: onlyMissing(options.ask), assume }),
  };
  const attempt = async (asked: readonly string[]): Promise<PreparedGeneration> => {
    const placed = directory === undefined ? await placeProject(asked, wanted, context, ports) : { directory, options: wanted };
    const project = ports.openProject(resolve(context.workingDirectory, placed.directory));
    const request: GenerateRequest = { references: asked, ...placed.options };
    const planned = await planGeneration(request, { ...ports, project });
    const hooks = planned.plan.hooks.filter((hook) => early?.isSettled(hook) !== true);
    const preview = { ...planned, plan: { ...planned.plan, hooks } };
    const commandLine = repeatCommand({ spec: generateSpec, positionals: asked, flags: { ...flags, output: placed.directory }, preview });
    return { ports, project, directory: placed.directory, preview, commandLine };
  };
  return choosingTemplate(references, { run: attempt, ask: wanted.ask, isDefault: flags.defaults, prompter: ports.prompter });
}

/** The flags that every command which changes a project has, as its operation takes them. */
export async function projectOptions(
  flags: Omit<GenerationInput['flags'], 'template' | 'output'>,
  context: CommandContext,
  ports: NodePorts,
): Promise<ProjectOptions> {
  return {
    workingDirectory: context.workingDirectory,
    given: await readGivenAnswers(flags, context, ports),
    ifExists: flags.overwrite ? 'overwrite' : flags['into-existing'] ? 'merge' : 'refuse',
    backup: flags.backup,
    skipHooks: flags['skip-hooks'],
    frozen: flags.frozen,
    ask: askMode(flags, context),
    offline: context.globals.offline,
    signal: context.signal,
    ...definedOnly({ strategy: flags.strategy, prefer: flags.prefer === undefined ? undefined : toPackName(flags.prefer) }),
  };
}

/** What is asked where most answers are known from elsewhere, and defaults do for the rest. */
export function onlyMissing(ask: ProjectOptions['ask']): ProjectOptions['ask'] {
  return ask === 'expected' ? 'missing' : ask;
}

function toPackName(text: string): PackName {
  if (isPackName(text)) return text;
  throw new PacksmithError('INVALID_ARGUMENTS', `\`--prefer\` takes the id of a pack, not ${JSON.stringify(text)}`);
}

function askMode(flags: Pick<GenerationInput['flags'], 'interactive' | 'defaults'>, context: CommandContext): ProjectOptions['ask'] {
  if (flags.interactive && flags.defaults) {
    throw new PacksmithError('INVALID_ARGUMENTS', '`--interactive` asks and `--defaults` does not: give one of them');
  }
  if (flags.interactive && !context.isInteractive) {
    throw new PacksmithError('INVALID_ARGUMENTS', '`--interactive` needs a terminal to ask on', {
      hint: 'answer with `--var NAME=VALUE` or `--vars-file FILE`; without `--interactive` all that is missing is listed',
    });
  }
  if (flags.interactive) return 'all';
  return flags.defaults || !context.isInteractive ? 'never' : 'expected';
}

interface Target {
  readonly references: readonly string[];
  /** Absent where the pack decides about it. */
  readonly directory: string | undefined;
}

/** Of several arguments the last is the directory, unless it names a pack; for a single template it is this one. */
async function splitPositionals({ flags, positionals }: GenerationInput, context: CommandContext, ports: NodePorts): Promise<Target> {
  if (flags.output !== undefined) return { references: positionals, directory: flags.output };
  const before = positionals.slice(0, -1);
  const last = positionals.at(-1) ?? '';
  const isDirectory = before.length > 0 && (before.includes(last) || !(await isPackReference(last, context.workingDirectory, ports)));
  if (isDirectory) return { references: before, directory: last };
  if (flags.template !== undefined) return { references: positionals, directory: '.' };
  return { references: positionals, directory: undefined };
}
