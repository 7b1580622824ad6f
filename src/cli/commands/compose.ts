import { dirname, join, resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { applyGeneration } from '../../ops/project/apply-generation.ts';
import { planGeneration } from '../../ops/project/plan-generation.ts';
import { planSaveComposition } from '../../ops/project/save-composition.ts';
import { applyChange } from '../apply-change.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { definedOnly } from '../defined-only.ts';
import { noteDefaults } from '../note-defaults.ts';
import { projectOptions } from '../prepare-generation.ts';
import { readComposition } from '../read-composition.ts';
import { repeatCommand } from '../repeat-command.ts';
import { composeSpec } from '../specs/compose.ts';
import { viewAppliedPlan } from '../views/plan.ts';

export const runCompose: RunCommand<typeof composeSpec> = async (input, context) => {
  const { flags, positionals } = input;
  checkArguments(input);
  const ports = await context.openPorts({ mayAsk: true });
  const composition = flags.file === undefined ? undefined : await readComposition(flags.file, context, ports);
  const id = flags['save-as'];
  const directory = flags.output ?? join('packs', id ?? '');
  const project = ports.openProject(resolve(context.workingDirectory, directory));
  const own = { ...ports, project };
  const options = await projectOptions(flags, context, ports);
  const preview = await planGeneration(
    {
      ...options,
      references: positionals,
      operation: 'compose',
      ...definedOnly({
        composition,
        compositionDirectory: flags.file === undefined ? undefined : dirname(resolve(context.workingDirectory, flags.file)),
      }),
    },
    own,
  );
  if (id !== undefined) return savePack({ id, directory, input, preview }, context, own);
  const commandLine = repeatCommand({ spec: composeSpec, positionals, flags, preview });
  const result = await applyChange({ preview, ports, project, directory, commandLine, flags }, context);
  noteDefaults(preview, flags, context);
  return result;
};

interface SaveSettings {
  readonly id: string;
  readonly directory: string;
  readonly input: CommandInput<typeof composeSpec>;
  readonly preview: Awaited<ReturnType<typeof planGeneration>>;
}

type SavePorts = Parameters<typeof planGeneration>[1] & Parameters<typeof applyGeneration>[1];

async function savePack(
  { id, directory, input, preview }: SaveSettings,
  context: CommandContext,
  ports: SavePorts,
): Promise<CommandResult> {
  const plan = await planSaveComposition({ id, preview }, ports);
  const isShown = input.flags['dry-run'] || input.flags.diff;
  const transaction = isShown
    ? undefined
    : (await applyGeneration({ plan, consentedHooks: [], signal: context.signal }, ports)).transaction;
  return {
    data: { directory: ports.project.root, plan: { ...plan, contents: {} }, transaction: transaction ?? null },
    view: (terminal) => viewAppliedPlan(plan, { directory, terminal }),
    warnings: plan.warnings,
    next: [formatArguments(['packs', 'show', id]), formatArguments(['packs', 'generate', id, 'DIR'])],
  };
}

function checkArguments({ flags, positionals }: CommandInput<typeof composeSpec>): void {
  if ((flags.output === undefined) === (flags['save-as'] === undefined)) {
    throw new PacksmithError(
      'INVALID_ARGUMENTS',
      '`packs compose` makes a project with `--output DIR` or a pack with `--save-as ID`: give one of them',
    );
  }
  if (positionals.length === 0 && flags.file === undefined) {
    throw new PacksmithError('INVALID_ARGUMENTS', '`packs compose` needs packs, or a composition file with `--file`', {
      hint: '`packs list` shows the packs there are',
    });
  }
}
