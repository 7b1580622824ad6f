import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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

it('on disk: empty directories and names that are not portable are passed over', async () => {
  const root = makeDirectory();
  for (const path of ['a/empty', 'a/end.', 'a/full']) mkdirSync(join(root, path), { recursive: true });
  for (const path of ['a/end./inner', 'a/full/file', 'nul']) putFile(root, path, 'x');
  const project = new NodeProjectDir(root);
  expect(await project.listFiles()).toEqual(['a/full/file']);
  expect(await project.listPassedOver('')).toEqual([
    { path: 'a/empty', because: 'empty' },
    { path: 'a/end.', because: 'name' },
    { path: 'nul', because: 'name' },
  ]);
});
