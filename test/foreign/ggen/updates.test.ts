import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../../support/run-in-process.ts';
import { makeWorkshops } from '../../support/run-program.ts';
import { makeTagged } from '../tagged-template.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const people = (names: readonly string[]): string =>
  names.map((name) => `<https://e.example/${name}> <https://e.example/name> "${name}" .\n`).join('');

const HEAD = 'sparql: "SELECT ?name WHERE { ?p <https://e.example/name> ?name } ORDER BY ?name"';

const FIRST = {
  'pack.toml': '[pack]\nname = "people"\nversion = "1.0.0"\n',
  'ontology.ttl': people(['ada', 'bob']),
  'templates/each.tmpl': `---\nto: "src/{{ name }}.rs"\n${HEAD}\n---\n// {{ name }}\n\nfn first() {}\n\nfn last() {}\n`,
  'templates/list.tmpl': `---\nto: src/lib.rs\n${HEAD}\nfor_each: default\n---\npub mod {{ name }};\n`,
};

const SECOND = {
  'ontology.ttl': people(['ada', 'cy']),
  'templates/each.tmpl': FIRST['templates/each.tmpl'].replace('last', 'newest'),
};

describe('a pack of ggen in git', () => {
  it('is updated from tag to tag, with edits kept and the files of rows that went removed', async () => {
    const { root, home } = makeWorkshop();
    const address = makeTagged(root, 'people-pack.git', { 'v1.0.0': FIRST, 'v2.0.0': SECOND }, []);
    const app = join(root, 'app');
    const packs = async (args: readonly string[], cwd: string): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    expect(await packs(['plan', `${address}#v1.0.0`, app, '--defaults'], root)).toContain('src/bob.rs');
    await packs(['generate', `${address}#v1.0.0`, app, '--defaults'], root);
    expect(read('src/lib.rs')).toBe('pub mod ada;\npub mod bob;\n');
    writeFileSync(join(app, 'src/ada.rs'), read('src/ada.rs').replace('first', 'mine'));

    await packs(['update', '--defaults'], app);
    expect(read('src/ada.rs')).toBe('// ada\n\nfn mine() {}\n\nfn newest() {}\n');
    expect(read('src/lib.rs')).toBe('pub mod ada;\npub mod cy;\n');
    expect(read('src/cy.rs')).toContain('fn newest');
    expect(() => read('src/bob.rs')).toThrow();
    expect(await packs(['status'], app)).toContain('people-pack 2.0.0');
  });
});
