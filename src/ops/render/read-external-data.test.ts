import { describe, expect, it } from 'vitest';
import type { Pack } from '../../core/pack/pack.ts';
import { makeForeign } from '../../testing/foreign-fixture.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { withExternalData } from './read-external-data.ts';

const TEMPLATE = makeForeign('copier', { files: { 'copier.yml': 'name: shop\n', 'a.txt.jinja': 'a\n' } });
const factsOf = (...packs: Pack[]) => ({ name: 'x', directory: 'x', now: '2026-01-01T00:00:00.000Z', packs });
const naming = (path: string): Pack => ({ ...TEMPLATE, foreign: { ...TEMPLATE.foreign, externalData: new Map([['other', path]]) } });

describe('data in the project that templates of other tools name', () => {
  it('is nothing where no template names any', async () => {
    const facts = factsOf(makePack(), TEMPLATE);
    expect(await withExternalData(facts, new MemoryProjectDir())).toBe(facts);
  });

  it.each([
    ['a file', { 'answers.yml': 'port: 80\n' }, new Map([['port', 80]])],
    ['a file in UTF-16', { 'answers.yml': Buffer.from('\ufeffport: 80\n', 'utf16le') }, new Map([['port', 80]])],
    ['an empty file', { 'answers.yml': '' }, new Map()],
    ['a file that is not there', {}, undefined],
    ['a folder', { 'answers.yml/a': 'port: 80\n' }, undefined],
  ])('is that of %s', async (_, files: Record<string, string | Uint8Array>, expected) => {
    const { external } = await withExternalData(factsOf(naming('answers.yml')), new MemoryProjectDir(files));
    expect(external?.get('answers.yml')).toEqual(expected);
  });

  it.each(['../secrets.yml', '/etc/passwd'])('is refused outside the project: %s', async (path) => {
    await expect(withExternalData(factsOf(naming(path)), new MemoryProjectDir())).rejects.toMatchObject({
      code: 'PATH_ESCAPES_PROJECT',
      message: expect.stringContaining(path),
    });
  });
});
