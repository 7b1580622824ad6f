import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import * as doubles from '../../src/testing/index.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { makeService } from './library-example.ts';
import { REPOSITORY } from './list-pages.ts';

const makeWorkshop = makeWorkshops();
const PAGE = readFileSync(join(REPOSITORY, 'docs/reference/library.md'), 'utf8');

it('the example of the library page is the one that is compiled and run here', async () => {
  const code = readFileSync(join(REPOSITORY, 'test/docs', 'library-example.ts'), 'utf8').replace('../../src/index.ts', 'packsmith');
  expect(PAGE).toContain(`\`\`\`ts\n${code}\`\`\`\n`);
  const { work, home } = makeWorkshop();
  mkdirSync(home, { recursive: true });
  const written = await makeService('shop', { packageRoot: REPOSITORY, version: '0.1.0', home, workingDirectory: work });
  expect(written).toContain('package.json');
  expect(written.filter((path) => !existsSync(join(work, 'shop', path)))).toEqual([]);
});

it('every function that the page names is exported', () => {
  const functions = [...PAGE.matchAll(/`([a-z][A-Za-z]+)\(/g)].map(([, name = '']) => name);
  expect(functions.length).toBeGreaterThan(10);
  expect(functions.filter((name) => !(name in library || name in doubles))).toEqual([]);
});
