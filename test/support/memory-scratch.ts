import type { ProjectPath } from '../../src/core/tree/project-path.ts';
import type { Scratch } from '../../src/ports/scratch.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';

/** Projects to throw away that exist only in memory. */
export const memoryScratch: Scratch = {
  open: async (name) => {
    const project = new MemoryProjectDir(undefined, { root: `/scratch/${name}` });
    return {
      project,
      write: async (changes) => {
        for (const [path, entry] of changes) {
          if (entry === undefined) project.remove(path as ProjectPath);
          else project.put(path, entry.content, entry.mode);
        }
      },
      dispose: async () => undefined,
    };
  },
};
