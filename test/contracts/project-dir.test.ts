import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import { isExecutable } from '../../src/core/tree/file-tree.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';
import { makeTemporaryDirectories, putFile, putLink, readTree } from '../support/real-project.ts';
import { describeProjectDirContract } from './project-dir.ts';

const makeDirectory = makeTemporaryDirectories();

describeProjectDirContract('on disk', ({ isNew = false } = {}) => {
  const parent = makeDirectory();
  const root = join(parent, 'new', 'project');
  if (!isNew) mkdirSync(root, { recursive: true });
  return {
    open: () => new NodeProjectDir(root),
    put: (path, content, mode) => putFile(root, path, content, mode),
    putLink: (path, leadsOut) => {
      putLink(root, path, leadsOut ? parent : root);
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    read: () => readTree(root),
  };
});

describeProjectDirContract('in memory', ({ isNew = false } = {}) => {
  const project = isNew ? new MemoryProjectDir() : new MemoryProjectDir({});
  const links = new Set<string>();
  return {
    open: () => project,
    put: (path, content, mode) => project.put(path, content, mode),
    putLink: (path, leadsOut) => {
      links.add(path);
      project.putLink(path, { leadsOut });
    },
    remove: (path) => project.remove(path),
    read: () => {
      const texts = project.toTexts();
      const marked = Object.entries(texts).map(([path, text]) => [path, `${isExecutable(project.modeOf(path)) ? '*' : ''}${text}`]);
      return { ...Object.fromEntries(marked), ...Object.fromEntries([...links].map((path) => [path, '->'])) };
    },
  };
});
