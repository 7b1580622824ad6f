import { planRemove } from '../../ops/project/remove-packs.ts';
import { applyChange } from '../apply-change.ts';
import type { RunCommand } from '../command.ts';
import { projectOptions } from '../prepare-generation.ts';
import { repeatCommand } from '../repeat-command.ts';
import { removeSpec } from '../specs/compose.ts';

export const runRemove: RunCommand<typeof removeSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory } = await context.openProject({ mayAsk: true });
  const preview = await planRemove({ ...(await projectOptions(flags, context, ports)), ids: positionals }, { ...ports, project });
  const commandLine = repeatCommand({ spec: removeSpec, positionals, flags, preview });
  return applyChange({ preview, ports, project, directory, commandLine, flags }, context);
};
