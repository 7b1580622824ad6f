import type { PlannedHook } from './generation-plan.ts';

/** The argument vector of a hook, its script among them under a name: its own, or that of the file that it was written to. */
export function hookArguments({ run, script }: Pick<PlannedHook, 'run' | 'script'>, name = script?.name): readonly string[] {
  return script === undefined || name === undefined ? run : run.toSpliced(script.at ?? run.length, 0, name);
}
