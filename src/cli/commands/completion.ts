import type { RunCommand } from '../command.ts';
import { formatCompletion, isShell } from '../completion-scripts.ts';
import type { completionSpec } from '../specs/settings.ts';

export const runCompletion: RunCommand<typeof completionSpec> = async ({ positionals }, context) => {
  const shell = positionals[0] ?? '';
  const script = isShell(shell) ? formatCompletion(shell, context.specs) : '';
  return { data: { shell, script }, view: () => script };
};
