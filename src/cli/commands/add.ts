import { planAdd } from '../../ops/project/add-packs.ts';
import { applyChange } from '../apply-change.ts';
import type { RunCommand } from '../command.ts';
import { projectOptions } from '../prepare-generation.ts';
import { repeatCommand } from '../repeat-command.ts';
import { addSpec } from '../specs/compose.ts';

export const runAdd: RunCommand<typeof addSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory } = await context.openProject({ mayAsk: true });
  const preview = await planAdd({ ...(await projectOptions(flags, context, ports)), references: positionals }, { ...ports, project });
  const commandLine = repeatCommand({ spec: addSpec, positionals, flags, preview });
  return applyChange({ preview, ports, project, directory, commandLine, flags }, context);
};
