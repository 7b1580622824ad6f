import { expect, it } from 'vitest';
import { describeHookOutput } from './hook-output.ts';

it.each([
  ['', []],
  ['it broke', [{ code: 'HOOK_OUTPUT', severity: 'error', message: 'it broke' }]],
  [
    "ModuleNotFoundError: No module named 'rich.console'",
    [
      {
        code: 'HOOK_OUTPUT',
        severity: 'error',
        message: "ModuleNotFoundError: No module named 'rich.console'",
        suggestion: 'install rich for python3; scripts of cookiecutter templates may need cookiecutter itself',
      },
    ],
  ],
])('what a failed hook printed is a finding: %j', (output, found) => expect(describeHookOutput(output)).toEqual(found));
