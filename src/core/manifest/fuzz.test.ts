import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { DIAGNOSTIC_CODES } from '../diagnostics/diagnostic-codes.ts';
import { parsePackManifest } from './parse-pack-manifest.ts';
import { parseProjectManifest, parseProjectManifestValue } from './parse-project-manifest.ts';
import { parseUserConfig } from './parse-user-config.ts';

const VALID = `format = 1
[pack]
id = "web-api-starter"
version = "1.2.0"
title = "Web API"
description = "REST API"
license = "MIT OR Apache-2.0"
keywords = ["rest", "api"]
[dependencies]
base = "^1.0.0"
devops = { version = "^0.8.0", optional = true, reason = "CI" }
[packages.npm]
fastify = "^5.0.0"
[variables.port]
type = "integer"
default = 3000
min = 1024
[variables.database]
type = "choice"
choices = [ { value = "sqlite", label = "SQLite" }, "postgres" ]
default = "sqlite"
[[templates]]
source = "extras/entity.ts.jinja"
output = "src/{{ entity.name }}.ts"
for_each = "queries.entities"
as = "entity"
[[templates]]
inject = { into = "src/app.ts", after = "// routes", once = true }
text = """
app.register({{ entity }})
"""
[queries.entities]
text = "ASK {}"
[[hooks.post_generate]]
run = ["npm", "install"]
[merge]
"docker-compose.yml" = "yaml"
[[examples]]
title = "e"
variables = { database = "postgres" }
[[health]]
name = "h"
url = "http://127.0.0.1:{{ port }}/"
[[migrations]]
from = "<1"
to = ">=1"
rename = { a = "b" }
`;

const READERS: readonly (readonly [string, (text: string) => { result: unknown; diagnostics: readonly Diagnostic[] }])[] = [
  ['parsePackManifest', (text) => rename(parsePackManifest(text))],
  ['parseProjectManifest', (text) => rename(parseProjectManifest(text))],
  ['parseUserConfig', (text) => ({ result: parseUserConfig(text).config, diagnostics: parseUserConfig(text).diagnostics })],
];

function rename({ manifest, diagnostics }: { manifest: unknown; diagnostics: readonly Diagnostic[] }) {
  return { result: manifest, diagnostics };
}

/** The law of every reader: a result or an error, never both, never neither; every finding within the text and with words. */
function checkLaw(text: string): void {
  const lines = text.split('\n');
  for (const [, read] of READERS) {
    const { result, diagnostics } = read(text);
    expect(result === undefined).toBe(hasErrors(diagnostics));
    for (const { code, message, where } of diagnostics) {
      expect(Object.hasOwn(DIAGNOSTIC_CODES, code) && message.length > 0 && message.length < 4_000).toBe(true);
      const { line = 1, column = 1 } = where ?? {};
      expect(line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1).toBe(true);
    }
  }
}

const word = fc.constantFrom(
  ...'format pack packs variables templates queries data hooks post_generate merge examples health migrations project update registries trust type default choices min max run inject into at from to rename __proto__ constructor toString'.split(
    ' ',
  ),
);
const key = fc.oneof(
  word,
  word,
  fc.stringMatching(/^[\w-]{1,5}$/),
  fc.string({ maxLength: 4 }).map((text) => JSON.stringify(text.toWellFormed())),
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      '1',
      '-1.5',
      'inf',
      'nan',
      'true',
      '2020-01-01',
      '"x"',
      "'{{ y }}'",
      '""',
      '"../x"',
      '"^1"',
      '"choice"',
      '"integer"',
      '99999999999999999999',
      '"""\na\n"""',
    ),
    fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text.toWellFormed())),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((pairs) => `{ ${pairs.map((pair) => pair.join(' = ')).join(', ')} }`),
  ),
}));
const path = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => keys.join('.'));
const line = fc.oneof(
  path.map((keys) => `[${keys}]`),
  path.map((keys) => `[[${keys}]]`),
  fc.tuple(path, value).map((pair) => pair.join(' = ')),
  fc.constant('# c'),
);
const toml = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

type Mutation = readonly [at: number, length: number, insert: string];
const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(VALID.length),
  fc.constantFrom(0, 1, 1, 3, 12),
  fc.oneof(
    fc.constant(''),
    fc.constantFrom('"', '\n', '[', ']', '{', '}', '=', '.', ',', '#', "'", '1', '\\', '\u0000', '\r', '\ud800', 'é'),
    value,
  ),
);

function mutate(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((current, [at, length, insert]) => current.slice(0, at) + insert + current.slice(at + length), text);
}

describe('whatever the text', () => {
  it('the base of the mutations is valid', () => {
    expect(parsePackManifest(VALID).diagnostics).toEqual([]);
  });

  it('mutations of a valid manifest keep the law', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (list) => checkLaw(mutate(VALID, list))),
      { numRuns: 300 },
    );
  });

  it('each line of a valid manifest taken out keeps the law', () => {
    const lines = VALID.split('\n');
    for (const index of lines.keys()) checkLaw(lines.toSpliced(index, 1).join('\n'));
  });

  it('random TOML keeps the law', () => {
    fc.assert(
      fc.property(toml, fc.boolean(), (text, hasFormat) => checkLaw(hasFormat ? `format = 1\n${text}` : text)),
      { numRuns: 500 },
    );
  });

  it('random text and random bytes keep the law', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), checkLaw), { numRuns: 300 });
    const decoder = new TextDecoder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => checkLaw(decoder.decode(bytes))),
      { numRuns: 300 },
    );
  });

  it('any value from JSON is read or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const { manifest, diagnostics } = parseProjectManifestValue(json, 'c.json');
        expect(manifest === undefined).toBe(hasErrors(diagnostics));
      }),
    );
  });

  it.each<[string, string]>([
    ['endless unknown keys', Array.from({ length: 15_000 }, (_, index) => `k${index}=1`).join('\n')],
    ['a megabyte of openings', `[[templates]]\ntext = ""\noutput = "${'{{'.repeat(500_000)}"`],
    ['a long chain of keys', `a${'.a'.repeat(50_000)} = 1`],
    ['many long headers', Array.from({ length: 100 }, (_, index) => `[variables.v${index}${'.a'.repeat(900)}]`).join('\n')],
    ['a long key', `[variables.${'a'.repeat(900_000)}]\ntype = "x"`],
    ['a long range', `[dependencies]\na = "${'^1 || '.repeat(150_000)}"`],
    ['a long licence', `[pack]\nlicense = "${'('.repeat(900_000)}"`],
    ['a long address', `[pack]\nhomepage = "https://${'a/'.repeat(400_000)} "`],
    [
      'many choices',
      `[variables.x]\ntype = "choice"\nchoices = [${Array.from({ length: 30_000 }, (_, index) => `"${index}"`).join(',')}]\ndefault = "x"`,
    ],
    ['many words of a hook', `[[hooks.post_generate]]\nrun = [${'"a",'.repeat(50_000)}]`],
    ['many keywords', `[pack]\nkeywords = [${'"a",'.repeat(50_000)}]`],
  ])('%s ends', (_name, text) => checkLaw(`format = 1\n${text}`));
});
