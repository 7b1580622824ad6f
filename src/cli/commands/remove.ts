import { planRemove } from '../../ops/remove-packs.ts';
import { applyChange } from '../apply-change.ts';
import type { RunCommand } from '../command.ts';
import { projectOptions } from '../prepare-generation.ts';
import type { removeSpec } from '../specs/compose.ts';
import { formatArguments } from '../views/format-value.ts';

export const runRemove: RunCommand<typeof removeSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory } = await context.openProject({ mayAsk: true });
  const preview = await planRemove({ ...(await projectOptions(flags, context, ports)), ids: positionals }, { ...ports, project });
  const commandLine = formatArguments(['packs', 'remove', ...positionals]);
  return applyChange({ preview, ports, project, directory, commandLine, flags }, context);
};
