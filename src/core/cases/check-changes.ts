import { type FileEntry, type FileTree, isExecutable } from '../tree/file-tree.ts';
import type { CaseProblem } from './case-problem.ts';
import type { CaseExpectation } from './pack-case.ts';

export interface TreeChange {
  readonly by: 'the update' | 'the generation';
  readonly before: FileTree;
  readonly after: FileTree;
}

/** Compares what a command did to the files of a project with the lists that the case has of it. */
export function checkChanges({ by, before, after }: TreeChange, expected: CaseExpectation): CaseProblem[] {
  const created = [...after.keys()].filter((path) => !before.has(path));
  const deleted = [...before.keys()].filter((path) => !after.has(path));
  const updated = [...after].filter(([path, entry]) => isChanged(before.get(path), entry)).map(([path]) => path);
  return [
    ...compareLists({ key: 'created', by }, created, expected.created),
    ...compareLists({ key: 'updated', by }, updated, expected.updated),
    ...compareLists({ key: 'deleted', by }, deleted, expected.deleted),
  ];
}

function isChanged(before: FileEntry | undefined, after: FileEntry): boolean {
  if (before === undefined) return false;
  if (isExecutable(before.mode) !== isExecutable(after.mode)) return true;
  return before.content.length !== after.content.length || before.content.some((byte, index) => byte !== after.content[index]);
}

function compareLists(
  { key, by }: Pick<TreeChange, 'by'> & { readonly key: 'created' | 'updated' | 'deleted' },
  actual: readonly string[],
  expected: readonly string[] | undefined,
): CaseProblem[] {
  if (expected === undefined) return [];
  const at = ['expect', key];
  const missing = expected.filter((path) => !actual.includes(path)).map((path) => ({ path, message: `${path} is not ${key} by ${by}` }));
  const others = actual.filter((path) => !expected.includes(path)).map((path) => ({ path, message: `${path} is ${key} by ${by}` }));
  return [...missing, ...others].map((problem) => ({ at, ...problem }));
}
