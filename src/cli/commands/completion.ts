import type { RunCommand } from '../command.ts';
import { formatCompletion, isShell } from '../completion-scripts.ts';
import type { completionSpec } from '../specs/settings.ts';

/** What the scripts ask for what is not known beforehand. */
const CANDIDATES = 'candidates';

export const runCompletion: RunCommand<typeof completionSpec> = async ({ positionals }, context) => {
  const [shell = '', ...line] = positionals;
  if (shell === CANDIDATES) {
    const { completeLine } = await import('../complete-line.ts');
    const candidates = await completeLine(line.join(' '), context);
    return { data: { candidates }, view: () => candidates.map((candidate) => `${candidate}\n`).join('') };
  }
  const script = isShell(shell) ? formatCompletion(shell, context.specs) : '';
  return { data: { shell, script }, view: () => script };
};
