import { expect, it } from 'vitest';
import { BASELINE_PATH } from '../lockfile/lockfile.ts';
import type { PlannedHook } from './generation-plan.ts';
import { setAsideFor } from './set-aside.ts';

const hook: PlannedHook = {
  pack: 'a',
  integrity: 'sha512-x',
  stage: 'post_generate',
  name: 'tidy',
  run: ['python3'],
  timeout: 60,
  continueOnError: false,
};
const script = (text: string): PlannedHook => ({ ...hook, script: { name: 'tidy.py', text } });

it.each([
  ['a script', script('for path in root.rglob("*"): path.read_text()'), BASELINE_PATH],
  ['a script that is an argument', { ...hook, run: ['python3', '-c', 'print(1)'] }, BASELINE_PATH],
  ['a script that commits what is there', script('subprocess.run(["git", "add", "."])'), undefined],
  ['a script that commits in a shell', script('git init && git commit -qam Start'), undefined],
  ['a script that only speaks of git', script('print("set up git hooks: ln -s .git/hooks/commit-msg")'), BASELINE_PATH],
  ['a script before anything is written', { ...script('print(1)'), stage: 'pre_generate' as const }, undefined],
  ['a program, which may commit', { ...hook, run: ['make', 'init'] }, undefined],
])('%s meets the right records', (_what, given, expected) => expect(setAsideFor(given)).toBe(expected));
