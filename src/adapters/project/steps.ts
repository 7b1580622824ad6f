import type { PlannedFile } from '../../core/plan/generation-plan.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { parentOf } from './disk-view.ts';
import type { Journal } from './journal.ts';

/** One step of a commit. Each is one rename, so that it is done or not done; the index is that of its change, or of its directory. */
export type CommitStep =
  | { readonly kind: 'remove'; readonly index: number; readonly path: ProjectPath; readonly before: PlannedFile }
  | {
      readonly kind: 'file';
      readonly index: number;
      readonly path: ProjectPath;
      readonly before: PlannedFile | undefined;
      readonly after: PlannedFile;
    }
  | { readonly kind: 'directory'; readonly index: number; readonly path: ProjectPath; readonly files: readonly NewFile[] };

/** A file of a directory that is placed as a whole. */
export interface NewFile {
  readonly path: ProjectPath;
  readonly after: PlannedFile;
}

/** The steps of a journal, in order. A directory is placed where its first file stands in the list. */
export function listSteps(journal: Pick<Journal, 'directories' | 'changes'>): CommitStep[] {
  const owners = new DirectoryOwners(journal.directories);
  const filesOf = new Map<number, NewFile[]>();
  const steps: CommitStep[] = [];
  for (const [index, { path, before, after }] of journal.changes.entries()) {
    const directory = after === undefined ? undefined : owners.find(path);
    if (after === undefined) {
      if (before !== undefined) steps.push({ kind: 'remove', index, path, before });
    } else if (directory === undefined) {
      steps.push({ kind: 'file', index, path, before, after });
    } else {
      const files = filesOf.get(directory.index);
      if (files !== undefined) files.push({ path, after });
      else {
        const first = [{ path, after }];
        filesOf.set(directory.index, first);
        steps.push({ kind: 'directory', ...directory, files: first });
      }
    }
  }
  return steps;
}

/** Finds the new directory that a path is in. */
export class DirectoryOwners {
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #known = new Map<string, { readonly index: number; readonly path: ProjectPath } | undefined>();

  constructor(directories: readonly ProjectPath[]) {
    this.#indexes = new Map(directories.map((path, index) => [path, index]));
  }

  find(path: string): { readonly index: number; readonly path: ProjectPath } | undefined {
    const parent = parentOf(path);
    if (parent === '' || this.#indexes.size === 0) return undefined;
    if (this.#known.has(parent)) return this.#known.get(parent);
    const index = this.#indexes.get(parent);
    const owner = index === undefined ? this.find(parent) : { index, path: parent as ProjectPath };
    this.#known.set(parent, owner);
    return owner;
  }
}
