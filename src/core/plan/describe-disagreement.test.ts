import { expect, it } from 'vitest';
import { MANIFEST_PATH } from '../lockfile/lockfile.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { describeDisagreement } from './describe-disagreement.ts';
import type { GenerationPlan } from './generation-plan.ts';

const CONFLICT = { path: 'a' as ProjectPath, ours: 'one', theirs: 'two', places: [{ at: '', reason: 'two files' }], isAsked: false };

it.each<[action: 'create' | 'keep', file: string]>([
  ['create', 'a composition file for `packs compose --file`'],
  ['keep', 'packsmith.toml'],
])('where packsmith.toml is to %s, rules go into %s', (action, file) => {
  const plan = { paths: [{ path: MANIFEST_PATH, action }], conflicts: [CONFLICT] } as unknown as GenerationPlan;
  const { hint, diagnostics } = describeDisagreement(plan);
  expect(hint).toBe(`rule for each path in [merge] of ${file}, or choose with --prefer ID`);
  expect(diagnostics).toMatchObject([{ suggestion: expect.stringContaining(`rule for it in ${file}: [merge]`) }]);
});
