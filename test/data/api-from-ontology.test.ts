import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPlannedContent } from '../../src/core/plan/planned-contents.ts';
import { decodeUtf8 } from '../../src/core/text/utf8.ts';
import { planGeneration } from '../../src/ops/project/plan-generation.ts';
import { hasProgram } from '../support/generated-project.ts';
import { request, world } from '../support/memory-world.ts';
import { loadShippedPacks, SHIPPED } from '../support/shipped-packs.ts';

const hasPython = hasProgram('python3', 'the tables of api-from-ontology in SQLite');
let files: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  const { plan } = await planGeneration(request(['api-from-ontology']), world(await loadShippedPacks()));
  files = new Map(
    plan.paths.flatMap(({ path, after }) =>
      after === undefined ? [] : [[path, decodeUtf8(readPlannedContent(plan, after.digest)) ?? '']],
    ),
  );
});

const textOf = (path: string) => files.get(path) ?? '';

describe('what api-from-ontology makes of the small shop', () => {
  it('is JSON Schema that takes what the ontology allows, and nothing else', () => {
    const ajv = new Ajv2020({ validateFormats: false, strictTypes: false });
    const schemas = [...files.keys()].filter((path) => path.startsWith('schemas/'));
    expect(schemas.length).toBe(6);
    for (const path of schemas) ajv.addSchema(JSON.parse(textOf(path)) as object);
    const isValid = (name: string, value: object) =>
      ajv.validate(`${name}.schema.json`, { id: 'http://example.org/it', ...value }) === true;
    expect(isValid('product', { name: 'Tea', price: 3.5, description: { en: 'Green' } })).toBe(true);
    expect(isValid('product', { name: 'Tea' })).toBe(false);
    expect(isValid('product', { name: 7, price: 3.5 })).toBe(false);
    expect(isValid('customer', { email: 'ada@example.com', tier: 'gold' })).toBe(true);
    expect(isValid('customer', { email: 'nobody' })).toBe(false);
    expect(isValid('customer', { email: 'ada@example.com', tier: 'silver' })).toBe(false);
    const order = { line: ['http://example.org/line'], status: 'http://example.org/shop#Paid' };
    expect(isValid('order', order)).toBe(true);
    expect(isValid('order', { ...order, line: [] })).toBe(false);
    expect(isValid('order', { ...order, status: 'http://example.org/shop#Lost' })).toBe(false);
    expect(isValid('order-line', { product: 'http://example.org/tea', quantity: -1 })).toBe(false);
  });

  it('is OpenAPI whose references lead somewhere, each operation with a name of its own', () => {
    const api = JSON.parse(textOf('openapi.json')) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId?: string }>>;
      components: { schemas: Record<string, { $ref: string }> };
    };
    expect(api.openapi).toBe('3.1.0');
    expect(Object.keys(api.paths)).toContain('/order-lines/{id}');
    for (const { $ref } of Object.values(api.components.schemas)) expect(files.has($ref), $ref).toBe(true);
    const ids = Object.values(api.paths).flatMap((path) => Object.values(path).flatMap(({ operationId }) => operationId ?? []));
    expect(new Set(ids).size).toBe(ids.length);
    const used = [...textOf('openapi.json').matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    expect(used.filter((name) => !(name in api.components.schemas))).toEqual([]);
  });

  it.runIf(hasPython)('is SQL that keeps to the ontology', () => {
    const script = `
import sqlite3, sys
db = sqlite3.connect(':memory:')
db.executescript(sys.stdin.read())
db.execute('PRAGMA foreign_keys = ON')
def attempt(sql):
    try:
        db.execute(sql)
        return 'done'
    except sqlite3.IntegrityError as error:
        return str(error)
print(attempt('INSERT INTO thing (id, name) VALUES (1, 2)'))
print(attempt('INSERT INTO product (id, name, price) VALUES (1, 2, 3)'))
print(attempt('INSERT INTO product (id, name) VALUES (1, 2)'))
print(attempt("INSERT INTO customer (id, email, tier) VALUES (1, 'a@b', 'silver')"))
print(attempt("INSERT INTO \\"order\\" (id, status) VALUES (1, 'http://example.org/shop#Lost')"))
print(attempt("INSERT INTO \\"order\\" (id, status) VALUES (1, 'http://example.org/shop#Paid')"))
`;
    const { stdout, stderr } = spawnSync('python3', ['-c', script], { input: textOf('sql/schema.sql'), encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual([
      'done',
      'done',
      expect.stringContaining('NOT NULL'),
      expect.stringContaining('CHECK'),
      expect.stringContaining('FOREIGN KEY'),
      'done',
    ]);
  });

  it('asks the same queries as ontology-types', () => {
    const read = (pack: string) =>
      Object.fromEntries(
        readdirSync(join(SHIPPED, pack, 'queries')).map((name) => [name, readFileSync(join(SHIPPED, pack, 'queries', name), 'utf8')]),
      );
    expect(read('api-from-ontology')).toEqual(read('ontology-types'));
  });
});
