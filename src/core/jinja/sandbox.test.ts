import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value } from '../pack/values.ts';
import { createBudget } from './budget.ts';
import { createEnvironment } from './environment.ts';
import { evaluateExpression, renderTemplate } from './render-template.ts';

const context = new Map<string, Value>([
  ['text', 'abc'],
  ['list', [1, 2]],
  ['map', new Map<string, Value>([['a', 1]])],
]);
const environment = createEnvironment();

const NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  '__class__',
  '__globals__',
  '__init__',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'call',
  'apply',
  'bind',
  'size',
  'set',
  'parts',
  'invoke',
  'length',
  'then',
  '__mro__',
  'func_globals',
];
const HOLDERS = [
  'text',
  'list',
  'map',
  '5',
  '1.5',
  'none',
  'true',
  '(1, 2)',
  'range(3)',
  'range',
  'dict',
  'text.upper',
  'namespace()',
  'cycler(1)',
  'joiner()',
  "('<' | safe)",
  'self',
];

describe('nothing of the host can be reached', () => {
  it.each(HOLDERS.flatMap((holder) => NAMES.map((name) => [holder, name] as const)))('%s has no %s', (holder, name) => {
    const render = (template: string): string => renderTemplate(template, { name: 'escape', context, environment });
    expect(render(`{{ (${holder}).${name} is undefined }}`)).toBe('True');
    expect(render(`{{ (${holder})['${name}'] is undefined }}`)).toBe('True');
    expect(render(`{{ (${holder} | attr('${name}')) is undefined }}`)).toBe('True');
    expect(render(`{{ [${holder}] | map(attribute='${name}') | first is undefined }}`)).toBe('True');
    expect(() => render(`{{ (${holder}).${name} }}`)).toThrow(PacksmithError);
    expect(() => render(`{{ (${holder}).${name}() }}`)).toThrow(PacksmithError);
    expect(() => render(`{{ (${holder}).${name}.constructor('return this')() }}`)).toThrow(PacksmithError);
  });

  it.each([
    'process',
    'globalThis',
    'require',
    'Object',
    'Function',
    'eval',
    'import',
    'this',
    'window',
    'console',
    'undefined',
    'arguments',
    'constructor',
    '__proto__',
  ])('there is no name %s', (name) => {
    expect(renderTemplate(`{{ ${name} is defined }}`, { name: 'escape', context, environment })).toBe('False');
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('there is no filter, test, tag or loop attribute %s', (name) => {
    for (const template of [
      `{{ 1 | ${name} }}`,
      `{{ 1 is ${name} }}`,
      `{% ${name} %}`,
      `{% for i in [1] %}{{ loop.${name} }}{% endfor %}`,
      `{{ [1] | map('${name}') | list }}`,
      `{% include '${name}' %}`,
    ]) {
      expect(() => renderTemplate(template, { name: 'escape', context, environment }), template).toThrow(PacksmithError);
    }
  });

  it('formats reach only plain data', () => {
    for (const field of ['{0.constructor}', '{0.__class__}', '{0[constructor]}', '{0.length}']) {
      expect(() => renderTemplate(`{{ '${field}'.format(text) }}`, { name: 'escape', context, environment })).toThrow(PacksmithError);
    }
  });

  it('keys may have any name, and the context is not changed', () => {
    const template =
      "{% set d = {'__proto__': 1, 'constructor': 2} %}{{ d['__proto__'] }}{{ d.constructor }}{% set ns = namespace() %}{% set ns.__proto__ = 5 %}{{ ns.__proto__ }}";
    expect(renderTemplate(template, { name: 'keys', context, environment })).toBe('125');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(() => renderTemplate('{% do list.append(3) %}', { name: 'change', context, environment })).toThrow('cannot be changed');
  });
});

describe('whatever the template, it renders or fails with a PacksmithError', () => {
  const limits = { steps: 20_000, outputBytes: 100_000, allocatedBytes: 1_000_000, depth: 400 };
  const check = (template: string): void => {
    const options = { name: 'fuzz', context, environment, budget: createBudget(limits) };
    for (const run of [() => renderTemplate(template, options), () => evaluateExpression(template, options)]) {
      try {
        run();
      } catch (error) {
        if (!(error instanceof PacksmithError)) throw error;
      }
    }
  };
  const pieces = [
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '-',
    '+',
    ' ',
    '\n',
    'if',
    'else',
    'endif',
    'for',
    'in',
    'endfor',
    'set',
    'endset',
    'macro',
    'endmacro',
    'm',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    '.',
    '|',
    '~',
    '*',
    '**',
    '//',
    '%',
    '==',
    '<',
    'is',
    'not',
    'and',
    'or',
    'text',
    'list',
    'map',
    'x',
    'loop',
    '1',
    '0',
    '2.5',
    '1e9',
    "'a'",
    '"',
    "'",
    'upper',
    'join',
    'sort',
    'default',
    'odd',
    'defined',
    'raw',
    'endraw',
    'block',
    'endblock',
    'b',
    'call',
    'endcall',
    'filter',
    'endfilter',
    'with',
    'endwith',
    '=',
    'recursive',
    'é',
    '😀',
    '\ud800',
    '\0',
    '\\',
    'range',
    'none',
    'true',
    'format',
    'batch',
    'slice',
    'round',
    'int',
    'tojson',
    'to_yaml',
    'to_toml',
    'truncate',
    'wordwrap',
    'urlize',
  ];

  it('made of pieces of the language', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        check(parts.join(' '));
        check(`{{ ${parts.join('')} }}`);
        check(parts.join(''));
      }),
      { numRuns: 1500 },
    );
  });

  it('made of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => check(text)),
      { numRuns: 500 },
    );
  });

  it('every filter, test and method, on every kind of value, with any arguments', () => {
    const values = [
      'none',
      'true',
      '0',
      '-1',
      '1.5',
      '2 ** 70',
      "''",
      "'a b-c'",
      '[]',
      "[1, 'a', none]",
      '{}',
      "{'a': [1]}",
      '(1, 2)',
      'range(3)',
      'missing',
      "'<' | safe",
      'range',
      'namespace()',
      '1e400',
      '-0.0',
      "[{'a': 1}]",
      '10 ** 9',
    ];
    const names = [...environment.filters.keys()];
    const tests = [...environment.tests.keys()].filter((name) => /^\w+$/.test(name));
    const methods = [
      'upper',
      'split',
      'rsplit',
      'join',
      'replace',
      'format',
      'center',
      'find',
      'startswith',
      'strip',
      'partition',
      'expandtabs',
      'get',
      'items',
      'index',
      'count',
      'zfill',
      'splitlines',
    ];
    const value = fc.constantFrom(...values);
    const apply = fc.oneof(
      fc.constantFrom(...names.map((name) => `| ${name}`)),
      fc.constantFrom(...tests.map((name) => `is ${name}`)),
      fc.constantFrom(...methods.map((name) => `.${name}`)),
    );
    fc.assert(
      fc.property(value, apply, fc.array(value, { maxLength: 3 }), (first, use, args) => {
        check(`{{ (${first}) ${use}(${args.map((arg) => `(${arg})`).join(', ')}) }}`);
        check(`{{ (${first}) ${use} }}`);
      }),
      { numRuns: 3000 },
    );
  });
});
