import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import { planOf, type TestChange } from '../support/plan-of.ts';
import { putFile } from '../support/real-project.ts';

const OLD: Readonly<Record<string, string>> = {
  'README.md': 'old readme',
  'bin/run': 'old script',
  'docs/only.md': 'the only file of its directory',
  'lib/becomes-directory': 'a file',
  'lib/becomes-file/x/inner': 'inner',
  'mine/notes.txt': 'never touched',
  'src/deep/er/gone.ts': 'gone',
  'src/index.ts': 'old index',
  'packsmith.lock': 'old lock',
};

const CHANGES: readonly TestChange[] = [
  { path: 'README.md', before: 'old readme', after: 'new readme' },
  { path: 'bin/run', before: 'old script', after: { content: 'old script', mode: 0o755 } },
  { path: 'docs/only.md', before: 'the only file of its directory' },
  { path: 'fresh/a.ts', after: 'a' },
  { path: 'fresh/deep/b.sh', after: { content: 'b', mode: 0o755 } },
  { path: 'fresh/deep/er/c.ts', after: '' },
  { path: 'lib/becomes-directory', before: 'a file' },
  { path: 'lib/becomes-directory/inner', after: 'now inside' },
  { path: 'lib/becomes-file', after: 'now a file' },
  { path: 'lib/becomes-file/x/inner', before: 'inner' },
  { path: 'lib/new.ts', after: 'beside' },
  { path: 'src/deep/er/gone.ts', before: 'gone' },
  { path: 'src/index.ts', before: 'old index', after: 'new index' },
  { path: 'packsmith.lock', before: 'old lock', after: 'new lock', isRecord: true },
  { path: 'packsmith.toml', after: 'format = 1', isRecord: true },
];

/** Writes the project that `mixedPlan` changes. */
export function putOldProject(root: string): void {
  for (const [path, content] of Object.entries(OLD)) putFile(root, path, content);
}

/** A plan with every kind of change. */
export const mixedPlan: GenerationPlan = planOf(CHANGES, 'update');

/** The project before, as `readTree` shows it. */
export const oldTree: Readonly<Record<string, string>> = OLD;

/** The project after. */
export const newTree: Readonly<Record<string, string>> = {
  'README.md': 'new readme',
  'bin/run': '*old script',
  'fresh/a.ts': 'a',
  'fresh/deep/b.sh': '*b',
  'fresh/deep/er/c.ts': '',
  'lib/becomes-directory/inner': 'now inside',
  'lib/becomes-file': 'now a file',
  'lib/new.ts': 'beside',
  'mine/notes.txt': 'never touched',
  'packsmith.lock': 'new lock',
  'packsmith.toml': 'format = 1',
  'src/index.ts': 'new index',
};
