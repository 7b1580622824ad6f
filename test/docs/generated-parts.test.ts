import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillGeneratedParts } from '../../tools/generated-parts.ts';
import { listPages, REPOSITORY } from './list-pages.ts';

// `npm run docs` fills them, as does `npm run snap -- test/docs`.
describe('every generated part of a page is as the program has it', () => {
  const pages = listPages().filter((page) => readPage(page).includes('<!-- begin '));
  it.each(pages)('%s', async (page) => {
    await expect(fillGeneratedParts(readPage(page))).toMatchFileSnapshot(join(REPOSITORY, page));
  });

  it('refuses a part that nothing makes', () => {
    expect(() => fillGeneratedParts('<!-- begin nothing -->\n<!-- end -->')).toThrow('no generated part "nothing"');
  });
});

function readPage(page: string): string {
  return readFileSync(join(REPOSITORY, page), 'utf8');
}
