import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { nativeHash } from '../../adapters/hash.ts';
import type { Value } from '../pack/values.ts';
import { createEnvironment } from './environment.ts';
import { findReferencedNames } from './find-referenced-names.ts';
import { parseTemplate } from './parse-template.ts';
import { evaluateExpression, isTruthy, renderTemplate } from './render-template.ts';

const environment = createEnvironment({ hash: nativeHash });
const render = (template: string, values: Record<string, Value> = {}): string =>
  renderTemplate(template, { name: 'test', context: new Map(Object.entries(values)), environment });
const evaluate = (source: string, values: Record<string, Value> = {}): Value =>
  evaluateExpression(source, { name: 'test', context: new Map(Object.entries(values)), environment });

describe('the filters of packs', () => {
  it.each([
    ["'HTTPServer port' | snake_case", 'http_server_port'],
    ['nothing | default(none) | string', 'None'],
    ['nothing | default | string', ''],
    ["['nan' | float | filesizeformat, 'inf' | float | filesizeformat(true)] | join", 'nan YBinf YiB'],
    ["'myAPIClient2Go' | kebab_case", 'my-api-client2-go'],
    ["'some-name_here' | camel_case", 'someNameHere'],
    ["'some-name here' | pascal_case", 'SomeNameHere'],
    ["'someName' | constant_case", 'SOME_NAME'],
    ["'' | pascal_case", ''],
    ["'Ünïcode Straße & Co.!' | slugify", 'unicode-strasse-co'],
    ["'entity' | pluralize", 'entities'],
    ["'orderItem' | pluralize", 'orderItems'],
    ["'Person' | pluralize", 'People'],
    ["'box' | pluralize", 'boxes'],
    ["'day' | pluralize", 'days'],
    ["'series' | pluralize", 'series'],
    ["'user' | pluralize(1)", 'user'],
    ["{'a': [1, 2.0, none], 'é': '<'} | to_json", '{"a":[1,2.0,null],"é":"<"}'],
    ["{'a': [1]} | to_json(2)", '{\n  "a": [\n    1\n  ]\n}'],
    ['"it\'s" | shell_quote', "'it'\\''s'"],
    ["'plain/path-1.txt' | shell_quote", 'plain/path-1.txt'],
    ["'' | shell_quote", "''"],
    ["'abc' | sha256", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["['1.0.0-rc.2', '1.0.0-rc.10', '0.9.9'] | semver_max", '1.0.0-rc.10'],
    ["['1.0.0-rc.1', '1.0.0', '1.0.0-beta'] | semver_max", '1.0.0'],
    ["['1.10.0', '1.9.0'] | semver_max", '1.10.0'],
    ["{'b': {'c': [1, {'d': 'yes'}]}, 'e': []} | to_yaml", 'b:\n  c:\n    - 1\n    - d: "yes"\ne: []'],
    ["{'t': {'x': 1}, 'a': 1, 'l': [{'k': 'v'}]} | to_toml", 'a = 1\n\n[t]\nx = 1\n\n[[l]]\nk = "v"'],
  ])('%s', (source, expected) => expect(evaluate(source)).toBe(expected));

  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => value + 0),
  );
  const key = fc.string({ minLength: 1, unit: 'grapheme-ascii' });
  const { data } = fc.letrec<{ data: unknown }>((tie) => ({
    data: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('data'), { maxLength: 4 }), fc.dictionary(key, tie('data'), { maxKeys: 4 })),
  }));
  const toValue = (value: unknown): Value => {
    if (Array.isArray(value)) return value.map(toValue);
    if (typeof value === 'object' && value !== null) return new Map(Object.entries(value).map(([name, item]) => [name, toValue(item)]));
    return value as Value;
  };
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('to_yaml is read back as the same data', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(plain(parseYaml(evaluate('x | to_yaml', { x: toValue(value) }) as string))).toEqual(plain(value));
      }),
    );
  });

  it('to_toml is read back as the same data', () => {
    fc.assert(
      fc.property(fc.dictionary(key, data, { maxKeys: 4 }), (value) => {
        expect(plain(parseToml(evaluate('x | to_toml', { x: toValue(value) }) as string))).toEqual(plain(value));
      }),
    );
  });

  it('to_json and tojson are read back as the same data', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(JSON.parse(evaluate('x | to_json', { x: toValue(value) }) as string)).toEqual(plain(value));
        expect(JSON.parse(evaluate('x | tojson', { x: toValue(value) }) as string)).toEqual(plain(value));
      }),
    );
  });
});

describe('evaluateExpression', () => {
  it.each<[string, Value]>([
    ['1 + 1', 2],
    ['4 / 2', 2],
    ['2 ** 70', 2n ** 70n],
    ["{'a': (1, 2)}", new Map<string, Value>([['a', [1, 2]]])],
    ['range(3)', [0, 1, 2]],
    ['none', null],
    ["database != 'none' and not flag", true],
    ["'<' | e", '&lt;'],
  ])('%s', (source, expected) => expect(evaluate(source, { database: 'sqlite', flag: false })).toEqual(expected));

  it('tells truth as Python does', () => {
    const falsy: Value[] = [null, false, 0, '', [], new Map(), 0n];
    expect(falsy.map(isTruthy)).toEqual(falsy.map(() => false));
    expect([true, 1, 'a', [0], new Map([['a', 1]]), -1.5].map(isTruthy)).toEqual(Array(6).fill(true));
  });
});

describe('values', () => {
  it('enter as ints when they are whole, and keep the order of keys', () => {
    expect(
      render('{{ a }} {{ b }} {{ c }} {{ m }}', {
        a: 3,
        b: 0.5,
        c: 2n ** 60n,
        m: new Map<string, Value>([
          ['z', 1],
          ['a', null],
        ]),
      }),
    ).toBe("3 0.5 1152921504606846976 {'z': 1, 'a': None}");
  });

  it('may be none everywhere', () => {
    expect(
      render("{{ x }} {{ x is none }} {{ m.a }} {{ [none] | first }} {{ m.get('a', 1) }} {% set y = none %}{{ y }}", {
        x: null,
        m: new Map([['a', null]]),
      }),
    ).toBe('None True None None None None');
  });
});

describe('findReferencedNames', () => {
  const names = (template: string): string[] => findReferencedNames(parseTemplate(template, 't')).map((found) => found.name);

  it.each<[string, string[]]>([
    ['{{ a.b[c] | f(d) }}{{ e is in g }}', ['a', 'c', 'd', 'e', 'g']],
    ['{% for x in xs if x > y %}{{ x }}{{ loop.index }}{{ z }}{% else %}{{ x }}{% endfor %}', ['xs', 'y', 'z', 'x']],
    ['{% set a = b %}{{ a }}{% set c %}{{ d }}{% endset %}{{ c }}', ['b', 'd']],
    ['{% macro m(a, b=c) %}{{ a }}{{ b }}{{ varargs }}{{ d }}{% endmacro %}{{ m(e) }}', ['c', 'd', 'e']],
    ['{% if a %}{% set x = 1 %}{% endif %}{{ x }}', ['a', 'x']],
    ['{% if a %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}', ['a']],
    ['{% with a = b %}{{ a }}{% endwith %}{{ a }}', ['b', 'a']],
    ["{% import 'x' as h %}{% from y import p as q %}{{ h }}{{ q }}{{ p }}", ['y', 'p']],
    ['{% block b %}{{ super() }}{{ a }}{% endblock %}{{ self.b() }}{{ range(n) }}', ['a', 'n']],
    ['{% call(x) m(y) %}{{ x }}{{ z }}{% endcall %}{% set ns.v = w %}', ['m', 'y', 'z', 'w', 'ns']],
  ])('%s', (template, expected) => expect(names(template)).toEqual(expected));

  it('says where', () => expect(findReferencedNames(parseTemplate('a\n {{ b }}', 't'))).toEqual([{ name: 'b', line: 2, column: 5 }]));
});
