import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

interface Parsed {
  readonly subject: { readonly value: string };
  readonly predicate: { readonly value: string };
  readonly object: { readonly value: string };
}

/** Another tool than the one that writes JSON-LD and asks: it reads Turtle, TriG, N-Triples and N-Quads by itself. */
const { Parser } = createRequire(import.meta.url)('n3') as {
  readonly Parser: new (options: { format: string }) => { parse(text: string): Parsed[] };
};

const makeWorkshop = makeWorkshops(runWithShipped);
const NS = 'urn:packsmith:ns#';

const HOSTILE = {
  id: 'hostile',
  manifest: [
    '[packages.npm]\n"@scope/na.me" = "^1.0.0"\n',
    '[variables.x]\ntype = "text"\ndefault = """\\\\" . <a:b> <a:c> "d\n\\u0000\\u001b[31m\u2028"""\nprompt = "\\"^^<a:b> ."\n',
    '[[hooks.post_generate]]\nname = "> ; DROP"\nrun = ["true"]\n',
  ].join('\n'),
  files: { 'templates/{{ x }} (a); drop.txt.jinja': '{{ x }}' },
};

describe('packs export as RDF', () => {
  it.each([
    ['one.ttl', 'Turtle'],
    ['one.NQ', 'N-Quads'],
  ])('takes the form that the name of the file says: %s', async (file, name) => {
    const { succeed, work } = makeWorkshop();
    await succeed(['export', 'web-api-starter', '-o', file]);
    const text = readFileSync(join(work, file), 'utf8');
    expect(new Parser({ format: name }).parse(text).length).toBeGreaterThan(100);
    expect(text.includes('@prefix')).toBe(name === 'Turtle');
  });

  it.each([
    ['turtle', 'Turtle'],
    ['trig', 'TriG'],
    ['ntriples', 'N-Triples'],
    ['nquads', 'N-Quads'],
  ])('of a pack, in %s, is read by another tool', async (format, name) => {
    const { succeed } = makeWorkshop();
    const { stdout } = await succeed(['export', 'web-api-starter', '--format', format]);
    const quads = new Parser({ format: name }).parse(stdout);
    const valuesOf = (property: string) =>
      quads.filter(({ predicate }) => predicate.value === NS + property).map(({ object }) => object.value);
    expect(valuesOf('id')).toContain('web-api-starter');
    expect(valuesOf('usesPackage')).toContain('pkg:npm/fastify');
    expect(
      valuesOf('score')
        .map(Number)
        .every((score) => score > 0 && score <= 100),
    ).toBe(true);
    expect(valuesOf('variable').length).toBeGreaterThan(10);
  });

  it.each(['jsonld', 'rdfxml'])('of a pack, in %s, says the same as in N-Triples', async (format) => {
    const { succeed, work } = makeWorkshop();
    const text = (await succeed(['export', 'base-typescript', '--format', format])).stdout;
    writePack(join(work, 'reader'), {
      id: 'reader',
      manifest: `[data.given]\ndefault = "given.${format === 'jsonld' ? 'jsonld' : 'rdf'}"\n\n[queries.all]\ntext = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"\nover = "data.given"\n`,
      files: { [`given.${format === 'jsonld' ? 'jsonld' : 'rdf'}`]: text },
    });
    const count = new Set((await succeed(['export', 'base-typescript', '--format', 'ntriples'])).stdout.trim().split('\n')).size;
    expect((await succeed(['query', './reader', 'all', '--format', 'csv'])).stdout).toBe(`n\r\n${count}\r\n`);
  });

  it('of the catalogue is the same bytes each time, in a file or not', async () => {
    const { succeed, json, work } = makeWorkshop();
    const { stdout } = await succeed(['export', '--catalogue']);
    const { data } = await json(['export', '--catalogue', '--output', 'all.nq']);
    expect(readFileSync(join(work, 'all.nq'), 'utf8')).toBe(stdout);
    expect(data).toMatchObject({ format: 'nquads', file: join(work, 'all.nq'), statements: stdout.trim().split('\n').length });
    expect(new Parser({ format: 'N-Quads' }).parse(stdout)).toHaveLength(data.statements);
    expect((await json(['export', '--catalogue', '--output', 'all.nq'])).error?.code).toBe('TARGET_IN_THE_WAY');
  });

  it('keeps hostile text in its place', async () => {
    const { succeed, work } = makeWorkshop();
    writePack(join(work, 'hostile'), HOSTILE);
    for (const format of ['turtle', 'ntriples']) {
      const quads = new Parser({ format: format === 'turtle' ? 'Turtle' : 'N-Triples' }).parse(
        (await succeed(['export', './hostile', '--format', format])).stdout,
      );
      const objects = quads.map(({ object }) => object.value);
      expect(objects).toContain('\\" . <a:b> <a:c> "d\n\u0000\u001b[31m\u2028');
      expect(objects).toContain('pkg:npm/%40scope/na.me');
      expect(quads.map(({ subject }) => subject.value).filter((subject) => !/^(?:urn:packsmith:|pkg:npm\/)/.test(subject))).toEqual([]);
    }
  });

  it.each<[readonly string[], string]>([
    [[], 'INVALID_ARGUMENTS'],
    [['web-api-starter', '--catalogue'], 'INVALID_ARGUMENTS'],
    [['--catalogue', '--format', 'tar.gz'], 'INVALID_ARGUMENTS'],
    [['nothing-like-it', '--format', 'turtle'], 'PACK_NOT_FOUND'],
  ])('refuses %j', async (args, code) => expect((await makeWorkshop().json(['export', ...args])).error?.code).toBe(code));

  it('has a vocabulary that says what every term means', async () => {
    const { succeed } = makeWorkshop();
    const vocabulary = new Parser({ format: 'Turtle' }).parse((await succeed(['schema', 'vocabulary'])).stdout);
    const defined = new Set(vocabulary.map(({ subject }) => subject.value));
    const catalogue = new Parser({ format: 'N-Quads' }).parse((await succeed(['export', '--catalogue'])).stdout);
    const used = new Set(
      catalogue.flatMap(({ predicate, object }) => [predicate.value, object.value]).filter((value) => value.startsWith(NS)),
    );
    expect([...used].filter((name) => !defined.has(name))).toEqual([]);
    expect(used.size).toBeGreaterThan(30);
  });
});
