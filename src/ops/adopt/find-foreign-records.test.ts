import { describe, expect, it } from 'vitest';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { findForeignRecords } from './find-foreign-records.ts';

const COPIER = '_src_path: https://example.org/a.git\n_commit: v1.2.0\nname: shop\n';
const CRUFT = JSON.stringify({ template: '/templates/b', commit: 'abc', context: { cookiecutter: { name: 'inner' } } });

async function records(files: Readonly<Record<string, string>>) {
  const { demands, given } = await findForeignRecords(Object.keys(files) as ProjectPath[], new MemoryProjectDir(files));
  return {
    demands: demands.map(({ reference, requested, namesPlace, sourceOf }) => [reference, requested, namesPlace, sourceOf('x' as never)]),
    given: given.map(({ source, detail, values }) => [
      source,
      detail,
      Object.fromEntries([...values].map(([key, one]) => [key, one.kind === 'value' ? one.value : one.text])),
    ]),
  };
}

describe('records of other tools', () => {
  it('name the template at its commit, and its answers', async () => {
    expect(await records({ '.copier-answers.yml': COPIER, 'README.md': '_src_path: x\n' })).toEqual({
      demands: [
        [expect.stringMatching(/^git\+https:\/\/example\.org\/a\.git#/), expect.stringContaining('example.org/a.git'), true, undefined],
      ],
      given: [['inferred', '.copier-answers.yml', expect.objectContaining({ name: 'shop' })]],
    });
  });

  it('keep the answers of several templates apart; a directory with a revision is a repository', async () => {
    const { demands, given } = await records({ '.copier-answers.yml': COPIER, '.cruft.json': CRUFT });
    expect(demands[1]?.slice(0, 2)).toEqual(['git+file:///templates/b#abc', 'git+file:///templates/b#HEAD']);
    for (const [, , values] of given) for (const key of Object.keys(values as object)) expect(key).toMatch(/^[a-z-]+\..+/);
  });

  it('may be without a revision: the place is asked as it is', async () => {
    const { demands } = await records({ '.copier-answers.yml': '_src_path: /templates/a\nname: shop\n' });
    expect(demands).toEqual([['/templates/a', undefined, true, undefined]]);
  });

  it.each([
    ['../templates/a', '/memory/templates/a'],
    ['a', '/memory/project/a'],
    ['./', '/memory/project'],
  ])('may have a path that counts from the project: %s', async (source, path) => {
    const { demands } = await records({ '.copier-answers.yml': `_src_path: ${source}\n_commit: v1\n` });
    expect(demands).toEqual([[`git+file://${path}#v1`, `git+file://${path}`, true, undefined]]);
  });

  it.each([
    ['name: shop\n', '.copier-answers.yml does not say what the project was made from: it has no _src_path', undefined],
    ['name: shop\n_src_path: [\n', '.copier-answers.yml:3:1 does not say', 3],
  ])('are refused that name no template: %j', async (text, message, line) => {
    const refusal = { code: 'ADOPT_RECORD_INVALID', message: expect.stringContaining(message) };
    const where = { file: '.copier-answers.yml', ...(line && { line }) };
    await expect(records({ '.copier-answers.yml': text })).rejects.toMatchObject({ ...refusal, where });
  });

  it('of cruft stay as they are, which is said', async () => {
    const read = (files: Readonly<Record<string, string>>) =>
      findForeignRecords(Object.keys(files) as ProjectPath[], new MemoryProjectDir(files));
    expect((await read({ '.cruft.json': CRUFT })).notes).toEqual([expect.stringMatching(/^\.cruft\.json stays at abc: from now on/)]);
    expect((await read({ '.copier-answers.yml': COPIER })).notes).toEqual([]);
  });
});
