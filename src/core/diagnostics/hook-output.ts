import type { Diagnostic } from './diagnostic.ts';

/** What a hook that failed has printed, as a finding; none where it printed nothing. */
export function describeHookOutput(output: string): Diagnostic[] {
  return output.trim() === '' ? [] : [{ code: 'HOOK_OUTPUT', severity: 'error', message: output }];
}
