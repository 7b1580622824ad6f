import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTests, loadRegisters } from '../../tools/readiness/registers.ts';
import { REPOSITORY } from '../docs/list-pages.ts';

const { threats, failureModes } = loadRegisters(REPOSITORY);

// Whether the named tests pass is for `npm run readiness` to say, which runs them.
describe.each([
  ['threats', threats],
  ['failure modes', failureModes],
])('the register of %s', (_, entries) => {
  it('names each entry once', () => {
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))('%s has tests, in files that are there, and no empty field', (__, entry) => {
    expect(entry.tests.length).toBeGreaterThan(0);
    for (const { file } of entry.tests) expect(existsSync(join(REPOSITORY, file)), file).toBe(true);
    expect(Object.values(entry).filter((value) => value === '')).toEqual([]);
  });
});

describe('a reference to tests', () => {
  const tests = ['climbs out, as written', 'climbs out (twice), once rendered'].map((name) => ({
    file: 'a.test.ts',
    name,
    status: 'passed' as const,
  }));
  it.each([
    ['a.test.ts', 'climbs out', 2],
    ['a.test.ts', 'climbs out, %s', 1],
    ['a.test.ts', '%s, once rendered', 1],
    ['a.test.ts', 'out (twice)', 1],
    ['a.test.ts', 'out .twice', 0],
    ['a.test.ts', '', 2],
    ['b.test.ts', 'climbs out', 0],
  ])('in %s by "%s" finds %i', (file, name, count) => expect(findTests({ file, name }, tests)).toHaveLength(count));
});
