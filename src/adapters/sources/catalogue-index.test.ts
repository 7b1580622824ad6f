import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CatalogueIndex,
  catalogueIndexFile,
  catalogueKey,
  readCatalogueIndex,
  recordFact,
  writeCatalogueIndex,
} from './catalogue-index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packsmith-index-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const KEY = catalogueKey({
  tool: '0.1.0',
  workingDirectory: '/w',
  shippedDirectory: '/packs',
  configFile: '/c/config.toml',
  dataDirectory: '/d',
});

/** An index over one manifest and one absent file, recorded long enough after both that its facts can be trusted. */
function compileIndex(): CatalogueIndex {
  const manifest = join(root, 'pack.toml');
  writeFileSync(manifest, 'format = 1\n');
  const facts = [recordFact(manifest), recordFact(join(root, 'absent.toml'))];
  return { format: 1, tool: '0.1.0', key: KEY, recordedAt: Date.now() + 60_000, facts, entries: [] };
}

describe('the compiled catalogue', () => {
  it('is read back while every fact holds', () => {
    const index = compileIndex();
    expect(writeCatalogueIndex(join(root, 'cache'), index)).toBe(true);
    expect(readCatalogueIndex(join(root, 'cache'), KEY)).toEqual(index);
  });

  it.each<[string, (index: CatalogueIndex) => CatalogueIndex | undefined]>([
    ['a file changed', () => void writeFileSync(join(root, 'pack.toml'), 'format = 1\n[pack]\n')],
    ['only the times of a file changed', () => void utimesSync(join(root, 'pack.toml'), 1, 1)],
    ['a file went away', () => void rmSync(join(root, 'pack.toml'))],
    ['an absent file appeared', () => void writeFileSync(join(root, 'absent.toml'), '')],
    ['a fact was too young to be trusted', (index) => ({ ...index, recordedAt: Date.now() })],
    ['it has another format', (index) => ({ ...index, format: 2 as 1 })],
    ['it belongs to another key of the same hash', (index) => ({ ...index, key: 'other' })],
  ])('is not trusted when %s', (_, change) => {
    const index = compileIndex();
    const changed = change(index) ?? index;
    writeCatalogueIndex(root, { ...changed, key: KEY });
    if (changed.key !== KEY) writeFileSync(catalogueIndexFile(root, KEY), JSON.stringify(changed));
    expect(readCatalogueIndex(root, KEY)).toBeUndefined();
  });

  it.each(['', '{', 'null', '[]', '{"format":1}'])('is not trusted when its file holds %j', (text) => {
    writeFileSync(catalogueIndexFile(root, KEY), text);
    expect(readCatalogueIndex(root, KEY)).toBeUndefined();
  });

  it('says that it could not be written, and leaves nothing behind', () => {
    writeFileSync(join(root, 'cache'), 'a file where the directory should be');
    expect(writeCatalogueIndex(join(root, 'cache'), compileIndex())).toBe(false);
    expect(readFileSync(join(root, 'cache'), 'utf8')).toContain('a file');
  });
});
