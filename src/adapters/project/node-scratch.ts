// The getter of `node:fs`, since `node:fs/promises` is loaded with whatever imports it.
import { promises } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileEntry } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Scratch, ScratchProject } from '../../ports/scratch.ts';
import { toDiskError } from '../files/errno.ts';
import { NodeProjectDir } from './node-project-dir.ts';

/** Projects below the system's directory for temporary files, each in a directory that only its owner can enter. */
export const nodeScratch: Scratch = {
  open: async (name) => {
    const place = await attempt('make a temporary directory', () => promises.mkdtemp(join(tmpdir(), 'packsmith-test-')));
    return openAt(place, name);
  },
};

function openAt(place: string, name: string): ScratchProject {
  const root = join(place, name);
  return {
    project: new NodeProjectDir(root),
    write: async (changes) => {
      for (const [path, entry] of changes) await attempt(`write ${path}`, () => writeEntry(root, path, entry));
    },
    dispose: () => promises.rm(place, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
  };
}

async function writeEntry(root: string, path: ProjectPath, entry: FileEntry | undefined): Promise<void> {
  const full = join(root, path);
  if (entry === undefined) return promises.rm(full, { force: true });
  await promises.mkdir(dirname(full), { recursive: true });
  await promises.writeFile(full, entry.content);
  await promises.chmod(full, entry.mode);
}

async function attempt<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toDiskError(error, what);
  }
}
