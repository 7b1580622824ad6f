import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { asksData, isGate, isShapes, usesData } from './pack-data.ts';

const QUERY = '[queries.all]\ntext = "SELECT * {}"\n';
const DATA = '[data.model]\ndefault = "m.ttl"\n';

describe('whether the data of a pack is read, and whether it is asked', () => {
  it.each<[what: string, manifest: string, files: Record<string, string>, uses: boolean, asks: boolean]>([
    ['a pack of files alone', '', { 'templates/a.txt.jinja': '{{ pack.id }}' }, false, false],
    ['data', DATA, { 'm.ttl': '' }, true, false],
    ['a query that only people ask', QUERY, { 'templates/a.txt': 'queries' }, true, false],
    ['a query that a template names', QUERY, { 'templates/a.txt.jinja': '{{ queries.all }}' }, true, true],
    ['a query that a path names', QUERY, { 'templates/{{ queries.all }}.txt': '' }, true, true],
    ['a query that a path names by its text', QUERY, { 'templates/{{ queries["all"] }}.txt': '' }, true, true],
    [
      'a query that the manifest names',
      `${QUERY}[[templates]]\ntext = "x"\noutput = "{{ row }}"\nfor_each = "queries.all"\nas = "row"\n`,
      {},
      true,
      true,
    ],
    ['a query that a hook names', `${QUERY}[[hooks.post_generate]]\nrun = ["git", "tag", "{{ queries.all }}"]\n`, {}, true, true],
    ['a query that a package names', `${QUERY}[packages.npm]\na = { version = "^1.0.0", when = "queries.all" }\n`, {}, true, true],
    ['the word, where there is no query', DATA, { 'm.ttl': '', 'templates/a.jinja': '{{ queries }}' }, true, false],
    ['a template that is no text', QUERY, { 'templates/a.jinja': '\u0000' }, true, false],
    ['a gate', '', { 'gates/a.rq': 'ASK {}' }, true, true],
    ['shapes', '', { 'shapes/a.ttl': '' }, true, true],
    ['files that are neither', '', { 'gates/sub/a.rq': '', 'gates/a.rq.txt': '', 'shapes/a.ttl2': '', 'x/shapes/a.ttl': '' }, false, false],
  ])('%s', (_what, manifest, files, uses, asks) => {
    const pack = makePack({ manifest, files });
    expect({ uses: usesData(pack), asks: asksData(pack) }).toEqual({ uses, asks });
  });

  it('knows gates and shapes by their place', () => {
    expect(['gates/a.rq', 'gates/.rq', 'gates/a/b.rq', 'a/gates/b.rq', 'gates/a.rqx'].map(isGate)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['shapes/a.ttl', 'shapes/.ttl', 'shapes/a/b.ttl', 'a/shapes/b.ttl', 'shapes/a.ttlx'].map(isShapes)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
