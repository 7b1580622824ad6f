import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import {
  blankNode,
  languageLiteral,
  literal,
  namedNode,
  type RdfFormat,
  type RdfSubject,
  type RdfTerm,
  XSD_BOOLEAN,
  XSD_DECIMAL,
  XSD_INTEGER,
} from '../../src/core/metadata/rdf.ts';
import type { QueryRequest, RdfInput, SparqlEngine, SparqlStore } from '../../src/ports/sparql-engine.ts';

const SHOP = `@prefix ex: <https://example.com/> .
ex:apple a ex:Fruit ; ex:name "Apple"@en , "Apfel"@de ; ex:price 2.50 ; ex:stock 7 ; ex:near ex:pear .
ex:pear a ex:Fruit ; ex:name "Pear"@en ; ex:price 3.10 ; ex:stock 0 ; ex:near ex:plum .
ex:plum a ex:Fruit ; ex:name "a \\"plum\\"\\nof two lines" ; ex:made [ ex:by "Ada" ] .
`;
const EX = new Map([['ex', 'https://example.com/']]);

/** Never ends in a time that a test would wait for. */
const ENDLESS = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x }';

/** What every engine for RDF and SPARQL promises. @param make An engine with at most this many bytes for its data. */
export function describeSparqlEngineContract(
  name: string,
  make: (options: { readonly memory: number; readonly cacheDirectory?: string }) => SparqlEngine,
): void {
  describe(`${name} as an engine of RDF and SPARQL`, () => {
    const engine = make({ memory: 256 * 1024 * 1024 });
    afterAll(() => engine.close());

    const turtle = (text: string): RdfInput => ({ text, format: 'turtle', name: 'data.ttl' });
    const openStore = async (...inputs: readonly RdfInput[]): Promise<SparqlStore> => {
      const opened = await engine.open(inputs.length === 0 ? [turtle(SHOP)] : inputs);
      if (opened.kind === 'invalid') throw new Error(JSON.stringify(opened.diagnostics));
      return opened.store;
    };
    const ask = async (text: string, options: Partial<QueryRequest> = {}, ...inputs: readonly RdfInput[]) => {
      const store = await openStore(...inputs);
      try {
        return await store.query({ text, name: 'query.rq', prefixes: EX, ...options });
      } finally {
        await store.close();
      }
    };
    const values = async (text: string, options: Partial<QueryRequest> = {}) => {
      const result = await ask(text, options);
      if (result.kind !== 'rows') throw new Error(result.kind);
      return result.rows.map((row) => row.map((term) => (term?.kind === 'triple' ? 'triple' : term?.value)));
    };
    const failure = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof PacksmithError)) throw error ?? new Error('it succeeded');
      return error;
    };

    describe('queries', () => {
      it('gives solutions in the order of the query, with what is not bound', async () => {
        expect(
          await ask('SELECT ?name ?stock { ?x ex:name ?name OPTIONAL { ?x ex:stock ?stock } FILTER(lang(?name) != "de") } ORDER BY ?x'),
        ).toEqual({
          kind: 'rows',
          variables: ['name', 'stock'],
          rows: [
            [languageLiteral('Apple', 'en'), literal('7', XSD_INTEGER)],
            [languageLiteral('Pear', 'en'), literal('0', XSD_INTEGER)],
            [literal('a "plum"\nof two lines'), undefined],
          ],
        });
      });

      it('names the variables where there is no solution', async () => {
        expect(await ask('SELECT ?b ?a { ?a ex:nothing ?b }')).toEqual({ kind: 'rows', variables: ['b', 'a'], rows: [] });
      });

      it('answers yes and no', async () => {
        expect(await ask('ASK { ex:apple ex:near ex:pear }')).toEqual({ kind: 'boolean', value: true });
        expect(await ask('ASK { ex:pear ex:near ex:apple }')).toEqual({ kind: 'boolean', value: false });
      });

      it('constructs and describes graphs', async () => {
        const isNear = {
          subject: namedNode('https://example.com/pear'),
          predicate: namedNode('https://example.com/isNear'),
          object: namedNode('https://example.com/apple'),
        };
        expect(await ask('CONSTRUCT { ?b ex:isNear ?a } { ?a ex:near ?b } ORDER BY ?a LIMIT 1')).toEqual({
          kind: 'graph',
          quads: [isNear],
        });
        const described = await ask('DESCRIBE ex:pear');
        expect(described.kind === 'graph' && described.quads.length).toBe(5);
      });

      it('follows paths and groups', async () => {
        expect(await values('SELECT ?x { ex:apple ex:near+ ?x } ORDER BY ?x')).toEqual([
          ['https://example.com/pear'],
          ['https://example.com/plum'],
        ]);
        expect(await values('SELECT (COUNT(*) AS ?n) (SUM(?price) AS ?sum) { ?x ex:price ?price }')).toEqual([['2', '5.6']]);
      });

      it('names blank nodes the same in every run', async () => {
        const text = 'SELECT ?made ?by { ?x ex:made ?made . ?made ex:by ?by }';
        expect(await ask(text)).toEqual({ kind: 'rows', variables: ['made', 'by'], rows: [[blankNode('b0'), literal('Ada')]] });
      });

      it('sees graphs by name, and all of them at once when it is told to', async () => {
        const quads = [
          {
            subject: namedNode('https://example.com/a'),
            predicate: namedNode('https://example.com/p'),
            object: literal('x'),
            graph: namedNode('https://example.com/g'),
          },
        ];
        expect(await ask('SELECT ?g { GRAPH ?g { ?s ?p ?o } }', {}, quads)).toMatchObject({ rows: [[namedNode('https://example.com/g')]] });
        expect(await ask('ASK { ?s ?p ?o }', {}, quads)).toEqual({ kind: 'boolean', value: false });
        expect(await ask('ASK { ?s ?p ?o }', { unionGraphs: true }, quads)).toEqual({ kind: 'boolean', value: true });
      });

      it('resolves relative IRIs against the base', async () => {
        expect(await ask('ASK { <apple> ?p ?o }', { base: 'https://example.com/' })).toEqual({ kind: 'boolean', value: true });
      });

      it('pages, within what the query itself limits', async () => {
        const text = 'SELECT ?x { ?x a ex:Fruit } ORDER BY ?x';
        expect(await values(text, { page: { offset: 1, limit: 1 } })).toEqual([['https://example.com/pear']]);
        expect(await values(`${text} LIMIT 2 # two`, { page: { offset: 1, limit: 5 } })).toEqual([['https://example.com/pear']]);
        expect(await values(`${text} OFFSET 1 LIMIT 5`, { page: { offset: 1, limit: undefined } })).toEqual([['https://example.com/plum']]);
        expect(await values(`${text} LIMIT 1`, { page: { offset: 1, limit: 5 } })).toEqual([]);
        expect(await values('SELECT ?x { ?x a ex:Fruit } VALUES ?x { ex:pear ex:plum }', { page: { offset: 0, limit: 1 } })).toHaveLength(
          1,
        );
      });

      it('writes the formats of W3C', async () => {
        const store = await openStore();
        const request = { text: 'SELECT ?x ?n { ?x ex:stock ?n } ORDER BY ?x', name: 'q', prefixes: EX };
        expect(await store.queryText(request, 'csv')).toBe('x,n\r\nhttps://example.com/apple,7\r\nhttps://example.com/pear,0\r\n');
        expect(await store.queryText(request, 'tsv')).toContain('<https://example.com/apple>\t7');
        expect(JSON.parse(await store.queryText(request, 'json'))).toMatchObject({ head: { vars: ['x', 'n'] } });
        expect(await store.queryText(request, 'xml')).toContain('<literal datatype="http://www.w3.org/2001/XMLSchema#integer">7</literal>');
        const construct = { ...request, text: 'CONSTRUCT { ?x ex:n ?n } { ?x ex:stock ?n }' };
        expect(await store.queryText(construct, 'ntriples')).toContain('<https://example.com/apple> <https://example.com/n> "7"');
        expect((await failure(store.queryText(construct, 'csv'))).code).toBe('QUERY_FORMAT_UNSUITABLE');
        expect((await failure(store.queryText(request, 'turtle'))).code).toBe('QUERY_FORMAT_UNSUITABLE');
        await store.close();
      });
    });

    describe('parameters', () => {
      const bound = (text: string, parameters: Readonly<Record<string, RdfTerm>>) =>
        values(text, { parameters: new Map(Object.entries(parameters)) });

      it.each<[string, string, Readonly<Record<string, RdfTerm>>, unknown[][]]>([
        ['a pattern', 'SELECT ?n { ?x ex:stock ?n }', { x: namedNode('https://example.com/pear') }, [['0']]],
        ['a filter', 'SELECT ?x { ?x ex:price ?p FILTER(?p > ?min) }', { min: literal('3', XSD_DECIMAL) }, [['https://example.com/pear']]],
        [
          'a filter of a union',
          'SELECT ?x { { ?x ex:price ?p FILTER(?p > ?min) } UNION { ?x ex:none ?p } }',
          { min: literal('3', XSD_INTEGER) },
          [['https://example.com/pear']],
        ],
        [
          'a subquery',
          'SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?x ex:price ?p FILTER(?p < ?max) } } }',
          { max: literal('3', XSD_INTEGER) },
          [['1']],
        ],
        [
          'FILTER NOT EXISTS',
          'SELECT ?x { ?x a ex:Fruit FILTER NOT EXISTS { ?x ex:price ?p FILTER(?p > ?min) } } ORDER BY ?x',
          { min: literal('3', XSD_INTEGER) },
          [['https://example.com/apple'], ['https://example.com/plum']],
        ],
        [
          'HAVING',
          'SELECT ?t { ?x a ?t } GROUP BY ?t HAVING(COUNT(*) > ?min)',
          { min: literal('2', XSD_INTEGER) },
          [['https://example.com/Fruit']],
        ],
        [
          'a projection',
          'SELECT ?x (?n * ?factor AS ?more) { ?x ex:stock ?n } ORDER BY ?x',
          { factor: literal('3', XSD_INTEGER) },
          [
            ['https://example.com/apple', '21'],
            ['https://example.com/pear', '0'],
          ],
        ],
        ['a language', 'SELECT ?x { ?x ex:name ?name }', { name: languageLiteral('Apfel', 'de') }, [['https://example.com/apple']]],
        [
          'a path',
          'SELECT ?x { ?start ex:near+ ?x } ORDER BY ?x',
          { start: namedNode('https://example.com/pear') },
          [['https://example.com/plum']],
        ],
        [
          'beside VALUES',
          'SELECT ?n { VALUES (?x) { (ex:apple) (ex:pear) } ?x ex:stock ?n FILTER(?n < ?max) }',
          { max: literal('5', XSD_INTEGER) },
          [['0']],
        ],
        ['$ for ?', 'SELECT ?n { $x ex:stock ?n }', { x: namedNode('https://example.com/apple') }, [['7']]],
      ])('are bound in %s', async (_, text, parameters, expected) => expect(await bound(text, parameters)).toEqual(expected));

      it('are bound in graphs', async () => {
        const parameters = new Map([['x', namedNode('https://example.com/apple')]]);
        const counts = await Promise.all(
          ['CONSTRUCT { ?x ex:n ?n } { ?x ex:stock ?n }', 'CONSTRUCT WHERE { ?x ex:stock ?n }', 'DESCRIBE ?x', 'ASK { ?x ex:stock 0 }'].map(
            async (text) => {
              const result = await ask(text, { parameters });
              return result.kind === 'graph' ? result.quads.length : result.kind === 'boolean' && result.value;
            },
          ),
        );
        expect(counts).toEqual([1, 1, 6, false]);
      });

      it.each([
        '"',
        '\\',
        '\\" } # ',
        '" } INSERT DATA { <a:b> <a:b> "x" } #',
        '\'\'\' """ \\u0022 \\U00000022',
        '> <https://example.com/x',
        '?x } UNION { ?x ?y ?z',
        'a\nb\r\tc\u0000\u2028',
        '\u{1F600}',
      ])('hold exactly the text %j', async (text) => {
        expect(
          await bound('SELECT ?value { ?x a ex:Fruit FILTER(?x = ex:apple) BIND(STR(?given) AS ?value) }', { given: literal(text) }),
        ).toEqual([[text]]);
      });

      it.each<[string, RdfTerm]>([
        ['RDF_TERM_INVALID', namedNode('https://example.com/> . ?a ?b ?c . <a:b')],
        ['RDF_TERM_INVALID', namedNode('relative')],
        ['RDF_TERM_INVALID', literal('1', 'https://example.com/> } #')],
        ['RDF_TERM_INVALID', { kind: 'literal', value: 'x', datatype: 'x', language: 'en . ?a ?b ?c' }],
        ['QUERY_PARAMETER_INVALID', blankNode('b0')],
      ])('are refused with %s where they are no terms', async (code, x) => {
        expect((await failure(bound('SELECT ?y { ?x ex:near ?y }', { x }))).code).toBe(code);
      });

      it('have to be in the query', async () => {
        const error = await failure(bound('SELECT ?price { ?x ex:price ?price }', { prise: literal('1') }));
        expect([error.code, error.hint]).toEqual(['QUERY_PARAMETER_INVALID', 'did you mean "price"?']);
      });
    });

    describe('errors', () => {
      it.each<[string, number | undefined, number | undefined, string]>([
        ['SELECT ?x WHERE {\n  ?x foo:bar ?y }', 2, 6, 'the prefix "foo:" is not declared'],
        ['SELECT ?x WHERE {\n  ?x ?y ?z ?w }', 2, 12, '"?w" is not expected here'],
        ['# a comment\nSELECT ?x {\n  ?x ?y "open }', 3, 9, 'a string does not end'],
        ['SELECT ?x {\n  { ?x ?y ?z }', 1, 11, '"{" is never closed'],
        ['SELECT ?x { ?x ?y ?z ) }', 1, 22, '")" stands where "}" is expected'],
        ['', 1, 1, 'there is no query'],
        ['PREFIX a: <a:b>\nFETCH ?x', 2, 1, 'a query does not begin with "FETCH"'],
        ['SELECT ?x {\n  ?x ex:name ex:other ex:third ex:fourth . }', 2, 23, '"ex:third" is not expected here'],
        ['SELECT ?y (COUNT(?x) AS ?n) { ?x ?y ?z }', undefined, undefined, 'the SELECT contains a variable that is unbound'],
      ])('of %j name line, column and what is wrong', async (text, line, column, message) => {
        const error = await failure(ask(text));
        expect([error.code, error.where?.file, error.where?.line, error.where?.column, error.message]).toEqual([
          'QUERY_INVALID',
          'query.rq',
          line,
          column,
          message,
        ]);
        const diagnostics = await engine.check({ text, name: 'query.rq', prefixes: EX });
        expect(diagnostics).toMatchObject([{ code: 'QUERY_INVALID', message, where: { file: 'query.rq' } }]);
      });

      it('are all given together', async () => {
        const diagnostics = await engine.check({ text: 'SELECT * { ?x foo:a bar:b }', name: 'q', prefixes: EX });
        expect(diagnostics.map(({ where }) => where?.column)).toEqual([15, 21]);
      });

      it.each([
        ['INSERT DATA { <a:b> <a:b> <a:b> }', 'INSERT', 1],
        ['PREFIX x: <a:b>\n# why\ndelete where { ?s ?p ?o }', 'DELETE', 3],
        ['LOAD <https://example.com/>', 'LOAD', 1],
        ['WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }', 'WITH', 1],
        ['DROP ALL', 'DROP', 1],
        ['SELECT * {\n SERVICE <https://example.com/> { ?s ?p ?o } }', 'SERVICE', 2],
        ['SELECT * { OPTIONAL {service silent<https://example.com/>{ ?s ?p ?o } }}', 'SERVICE', 1],
      ])('of %j say that it is refused', async (text, word, line) => {
        const error = await failure(ask(text));
        expect([error.code, error.where?.line]).toEqual(['QUERY_REFUSED', line]);
        expect(error.message).toContain(word);
      });

      it.each([
        'SELECT * { ?x ex:name "SERVICE <https://example.com/> {}" } # SERVICE <x>',
        "SELECT * { ?SERVICE ?insert '''\nLOAD 'it' ''' }",
        'PREFIX SERVICE: <a:b> SELECT * { SERVICE:SERVICE ?p <https://example.com/#SERVICE> }',
        'SELECT * { ?x ex:SERVICE "\\"SERVICE" , "a#b" . FILTER(?x<?y&&?x>?z) }',
      ])('are none where a word only looks like it: %j', async (text) =>
        expect(await engine.check({ text, name: 'q', prefixes: EX })).toEqual([]),
      );

      it('of documents name file, line and column', async () => {
        expect(await engine.open([turtle(SHOP), { text: '<a:b> <a:c>\n  p:d .', format: 'turtle', name: 'broken.ttl' }])).toEqual({
          kind: 'invalid',
          diagnostics: [
            {
              code: 'RDF_INVALID',
              severity: 'error',
              message: 'the prefix p: has not been declared',
              where: { file: 'broken.ttl', line: 2, column: 3 },
              suggestion: 'declare it: @prefix p: <IRI> .',
            },
          ],
        });
      });
    });

    describe('limits', () => {
      it('of all queries together end the one with which they take too long, and refuse the next', async () => {
        const allowance = { milliseconds: 400 };
        const store = await openStore();
        await store.query({ text: 'ASK {}', name: 'q', limits: { allowance } });
        expect(allowance.milliseconds).toBeLessThan(400);
        const ended = await failure(store.query({ text: ENDLESS, name: 'q', limits: { milliseconds: 60_000, allowance } }));
        expect(ended).toMatchObject({ code: 'QUERY_TIMEOUT', message: expect.stringContaining('together') });
        const next = await failure((await openStore()).query({ text: 'ASK {}', name: 'q', limits: { allowance } }));
        expect(next).toMatchObject({ code: 'QUERY_TIMEOUT', message: expect.stringContaining('together') });
      });

      it('end a query that takes too long, and leave the engine usable', async () => {
        const store = await openStore();
        const error = await failure(store.query({ text: ENDLESS, name: 'q', limits: { milliseconds: 200 } }));
        expect(error.code).toBe('QUERY_TIMEOUT');
        await store.close();
        expect(await ask('ASK { ex:apple ?p ?o }')).toEqual({ kind: 'boolean', value: true });
      });

      it.each(['SELECT * { ?s ?p ?o }', 'CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }', 'DESCRIBE ex:apple'])(
        'end %j, which has too many results',
        async (text) => {
          expect((await failure(ask(text, { limits: { rows: 5 } }))).code).toBe('QUERY_TOO_MANY_ROWS');
          expect(await ask(text, { limits: { rows: 20 } })).toBeDefined();
        },
      );

      it('count the solutions of every format', async () => {
        const store = await openStore();
        const request = { text: 'SELECT ?name { ?x ex:name ?name }', name: 'q', prefixes: EX };
        for (const format of ['json', 'xml', 'csv', 'tsv'] as const) {
          await store.queryText({ ...request, limits: { rows: 4 } }, format);
          expect((await failure(store.queryText({ ...request, limits: { rows: 3 } }, format))).code).toBe('QUERY_TOO_MANY_ROWS');
        }
        await store.close();
      });

      it('end what does not fit into memory', async () => {
        const small = make({ memory: 16 * 1024 * 1024 });
        const lines = Array.from({ length: 100_000 }, (_, index) => `<https://example.com/${index}> <a:b> "${index}" .`);
        expect((await failure(small.open([{ text: lines.join('\n'), format: 'nquads', name: 'big.nq' }]))).code).toBe(
          'QUERY_OUT_OF_MEMORY',
        );
        const opened = await small.open([turtle(SHOP)]);
        if (opened.kind === 'invalid') throw new Error('it is valid');
        const separator = 'x'.repeat(500);
        const grow = `SELECT (GROUP_CONCAT(STR(?a); separator="${separator}") AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }`;
        expect((await failure(opened.store.query({ text: grow, name: 'q' }))).code).toBe('QUERY_OUT_OF_MEMORY');
        await small.close();
      });

      it('end a query that is interrupted', async () => {
        const store = await openStore();
        const control = new AbortController();
        setTimeout(() => control.abort(), 50);
        expect((await failure(store.query({ text: ENDLESS, name: 'q', signal: control.signal }))).code).toBe('INTERRUPTED');
        expect((await failure(engine.open([turtle(SHOP)], { signal: control.signal }))).code).toBe('INTERRUPTED');
      });
    });

    describe('quads that are added', () => {
      const text = 'SELECT ?x ?y { ?x ex:near ?y } ORDER BY ?x ?y';
      const near = (from: RdfSubject, to: RdfTerm) => ({ subject: from, predicate: namedNode('https://example.com/near'), object: to });
      const [plum, fig] = [namedNode('https://example.com/plum'), namedNode('https://example.com/fig')];
      const rowsOf = async (store: SparqlStore) => {
        const result = await store.query({ text, name: 'q', prefixes: EX });
        return result.kind === 'rows' ? result.rows.map((row) => row.map((term) => term?.kind !== 'triple' && term?.value)) : [];
      };

      it('are seen by the next query, once', async () => {
        const store = await openStore();
        const [size, before] = [store.size, await rowsOf(store)];
        await store.add([near(plum, fig), near(plum, fig)]);
        await store.add([near(plum, fig)]);
        await store.add([]);
        expect(store.size).toBe(size + 1);
        expect(await rowsOf(store)).toEqual([...before, ['https://example.com/plum', 'https://example.com/fig']]);
        expect(await ask('ASK { ex:plum ex:near ex:fig }')).toEqual({ kind: 'boolean', value: false });
        await store.close();
      });

      it('have the blank nodes that the store has as quads', async () => {
        const store = await openStore([near(blankNode('one'), plum)]);
        await store.add([near(plum, blankNode('one')), near(fig, blankNode('two'))]);
        const circle = (name: string) => ({ text: `ASK { ?x ex:near ex:${name} . ex:${name} ex:near ?x }`, name: 'q', prefixes: EX });
        expect(await store.query(circle('plum'))).toEqual({ kind: 'boolean', value: true });
        expect(await store.query(circle('fig'))).toEqual({ kind: 'boolean', value: false });
        await store.close();
      });

      it.each([namedNode('relative'), literal('x', 'no type'), blankNode('no label')])('are refused as a whole for %j', async (wrong) => {
        const store = await openStore([]);
        for (const others of [[near(plum, fig)], [near(plum, fig), near(fig, blankNode('one'))]])
          expect((await failure(store.add([...others, near(fig, wrong)]))).code).toBe('RDF_TERM_INVALID');
        expect(store.size).toBe(0);
        expect(await rowsOf(store)).toEqual([]);
        await store.close();
      });
    });

    describe('what is kept between runs', () => {
      const directory = mkdtempSync(join(tmpdir(), 'packsmith-kept-'));
      afterAll(() => rmSync(directory, { recursive: true }));
      const QUESTION = {
        text: 'SELECT ?x ?name ?by { ?x ex:name ?name OPTIONAL { ?x ex:made/ex:by ?by } } ORDER BY ?name',
        name: 'q',
        prefixes: EX,
      };

      /** What a fresh engine answers, and how often it had to load. */
      const run = async (key: string, text = SHOP, at = directory) => {
        const fresh = make({ memory: 64 * 1024 * 1024, cacheDirectory: at });
        let loads = 0;
        const load = async () => {
          loads++;
          return [turtle(text)];
        };
        const opened = await fresh.openKept({ key, load });
        if (opened.kind === 'invalid') throw new Error('it is valid');
        const { size } = opened.store;
        const answer = await opened.store.query(QUESTION);
        // It works on as any other.
        const other = await fresh.open([turtle(`${SHOP} ex:fig a ex:Fruit .`)]);
        const count =
          other.kind === 'opened' && (await other.store.query({ ...QUESTION, text: 'SELECT (COUNT(*) AS ?n) { ?x a ex:Fruit }' }));
        await fresh.close();
        return { loads, size, answer, count };
      };

      it('is not loaded again, and answers as before', async () => {
        const first = await run('one');
        expect([first.loads, first.size]).toEqual([1, 15]);
        expect(await run('one')).toEqual({ ...first, loads: 0 });
      });

      it('is not used under another key', async () => {
        expect((await run('two', SHOP.replace('Pear', 'Peach'))).loads).toBe(1);
        expect(JSON.stringify((await run('two')).answer)).toContain('Peach');
        expect(JSON.stringify((await run('one')).answer)).toContain('Pear"');
      });

      it.each<[string, (bytes: Buffer) => Buffer]>([
        ['cut short', (bytes) => bytes.subarray(0, bytes.length / 2)],
        ['changed', (bytes) => Buffer.concat([bytes.subarray(0, -9), Buffer.from([bytes.at(-9)! ^ 1]), bytes.subarray(-8)])],
        ['of another key', (bytes) => Buffer.from(bytes.toString('latin1').replace('"damaged"', '"another"'), 'latin1')],
        ['of another engine', (bytes) => Buffer.from(bytes.toString('latin1').replace('oxigraph', 'oxidraph'), 'latin1')],
        ['no such thing', () => Buffer.from('nothing')],
        ['empty', () => Buffer.alloc(0)],
      ])('is loaded again when it is %s', async (what, damage) => {
        const at = join(directory, what.replaceAll(' ', '-'));
        await run('damaged', SHOP, at);
        const [file = ''] = readdirSync(at);
        writeFileSync(join(at, file), damage(readFileSync(join(at, file))));
        expect((await run('damaged', SHOP, at)).loads).toBe(1);
        expect((await run('damaged', SHOP, at)).loads).toBe(0);
      });

      it('is not kept where nothing can be written', async () => {
        const file = join(directory, 'a-file');
        writeFileSync(file, '');
        expect((await run('x', SHOP, join(file, 'below'))).loads).toBe(1);
      });

      it('is a few files', async () => {
        const at = join(directory, 'many');
        for (let key = 0; key < 10; key++) await run(`${key}`, SHOP, at);
        expect(readdirSync(at)).toHaveLength(8);
      });
    });

    describe('documents', () => {
      const STATEMENT = [
        {
          subject: namedNode('https://example.com/a'),
          predicate: namedNode('https://example.com/b'),
          object: languageLiteral('c "d"', 'en'),
        },
      ];

      it.each<[RdfFormat, string]>([
        ['turtle', '@prefix ex: <https://example.com/> . ex:a ex:b "c \\"d\\""@en .'],
        ['ntriples', '<https://example.com/a> <https://example.com/b> "c \\"d\\""@en .'],
        ['nquads', '<https://example.com/a> <https://example.com/b> "c \\"d\\""@en .'],
        ['trig', 'PREFIX ex: <https://example.com/> { ex:a ex:b "c \\"d\\""@en }'],
        ['jsonld', '{"@id":"https://example.com/a","https://example.com/b":{"@value":"c \\"d\\"","@language":"en"}}'],
        [
          'rdfxml',
          '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="https://example.com/"><rdf:Description rdf:about="https://example.com/a"><ex:b xml:lang="en">c "d"</ex:b></rdf:Description></rdf:RDF>',
        ],
      ])('are read and written as %s', async (format, text) => {
        expect(await engine.parse({ text, format, name: 'x' })).toEqual({ quads: STATEMENT, diagnostics: [] });
        const written = await engine.format(STATEMENT, format, EX);
        expect(await engine.parse({ text: written, format, name: 'x' })).toEqual({ quads: STATEMENT, diagnostics: [] });
      });

      it('keep graphs, types and blank nodes', async () => {
        const text =
          '<https://example.com/a> <https://example.com/b> _:x <https://example.com/g> .\n_:x <https://example.com/b> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n';
        const { quads } = await engine.parse({ text, format: 'nquads', name: 'x' });
        expect(quads).toEqual([
          {
            subject: namedNode('https://example.com/a'),
            predicate: namedNode('https://example.com/b'),
            object: blankNode('b0'),
            graph: namedNode('https://example.com/g'),
          },
          { subject: blankNode('b0'), predicate: namedNode('https://example.com/b'), object: literal('true', XSD_BOOLEAN) },
        ]);
        expect((await engine.parse({ text: await engine.format(quads, 'nquads'), format: 'nquads', name: 'x' })).quads).toHaveLength(2);
      });

      it.each<[RdfFormat, string, number | undefined, number | undefined]>([
        ['turtle', '<a:b> <a:c> "x"\n<a:d> <a:e> .', 2, 1],
        ['nquads', '<a:b> <a:c> "x" .\n<a:b> <a:c> .', 2, 13],
        ['jsonld', '{"@id":"a:b",\n "a:c": }', 2, 9],
        ['jsonld', '{"@context":"https://schema.org/","@id":"a:b"}', undefined, undefined],
        ['turtle', '<x> <a:b> <a:c> .', 1, 1],
      ])('that are no %s give a finding: %j', async (format, text, line, column) => {
        const { quads, diagnostics } = await engine.parse({ text, format, name: 'dir/file' });
        expect(quads).toEqual([]);
        expect(diagnostics.map(({ code, where }) => [code, where?.file, where?.line, where?.column])).toEqual([
          ['RDF_INVALID', 'dir/file', line, column],
        ]);
      });

      it('may have relative IRIs where there is a base', async () => {
        const { quads } = await engine.parse({ text: '<a> <b> <c> .', format: 'turtle', name: 'x', base: 'https://example.com/' });
        expect(quads[0]?.object).toEqual(namedNode('https://example.com/c'));
      });

      it('are not written with IRIs that are none', async () => {
        const bad = [
          { subject: namedNode('https://example.com/> <a:b> <a:c> . <a:d'), predicate: namedNode('a:b'), object: namedNode('a:c') },
        ];
        expect((await failure(engine.format(bad, 'nquads'))).code).toBe('RDF_TERM_INVALID');
        expect((await failure(engine.open([bad]))).code).toBe('RDF_TERM_INVALID');
      });
    });
  });
}
