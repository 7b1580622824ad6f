import type { Diagnostic } from './diagnostic.ts';

const MISSING_MODULE = /ModuleNotFoundError: No module named '(\w+)/;

/** What a hook that failed has printed, as a finding; none where it printed nothing. */
export function describeHookOutput(output: string): Diagnostic[] {
  if (output.trim() === '') return [];
  const [, module] = MISSING_MODULE.exec(output) ?? [];
  const suggestion =
    module === undefined
      ? {}
      : { suggestion: `install ${module} for python3; scripts of cookiecutter templates may need cookiecutter itself` };
  return [{ code: 'HOOK_OUTPUT', severity: 'error', message: output, ...suggestion }];
}
