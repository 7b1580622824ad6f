import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value } from '../pack/values.ts';
import { createBudget } from './budget.ts';
import { createEnvironment, DEFAULT_LIMITS, type JinjaSettings } from './environment.ts';
import { parseTemplate } from './parse-template.ts';
import { evaluateExpression, renderChanging, renderTemplate } from './render-template.ts';

const templates: Record<string, string> = {
  self: "{% include 'self' %}",
  loop: "{% extends 'loop' %}",
  module: "{% import 'module' as m %}",
  twice: "{% include 'twice2' %}{% include 'twice2' %}",
  twice2: "{% include 'twice' %}{% include 'twice' %}",
};
const context = new Map<string, Value>([
  ['long', 'ab '.repeat(100_000)],
  ['many', Array.from({ length: 20_000 }, (_, index) => `item ${index}`)],
]);

function failure(template: string, settings: JinjaSettings = {}): PacksmithError | undefined {
  const environment = createEnvironment({ loadTemplate: (name) => templates[name], settings });
  try {
    renderTemplate(template, { name: 'bomb', context, environment });
  } catch (error) {
    if (error instanceof PacksmithError) return error;
    throw error;
  }
  return undefined;
}

const double = (body: string): string => `{% set ns = namespace(x='ab') %}{% for i in range(90) %}${body}{% endfor %}`;

const CHANGED_BOMBS: readonly (readonly [string, string])[] = [
  ['a list in itself, printed', '{% set l = [] %}{% do l.append(l) %}{{ l }}'],
  ['a list in itself, compared', '{% set l = [] %}{% set m = [] %}{% do l.append(l) %}{% do m.append(m) %}{{ l == m }}'],
  ['a list in itself, as JSON', '{% set l = [] %}{% do l.append(l) %}{{ l | tojson }}'],
  ['a list in itself, laid out', '{% set l = [] %}{% do l.append(l) %}{{ l | pprint }}'],
  ['a dict in itself', '{% set d = {} %}{% do d.update(a=d) %}{{ d }}'],
  ['a list that grows while it is gone through', '{% set l = [1] %}{% for i in l %}{% do l.append(i) %}{% endfor %}'],
  ['a list that is extended by itself', '{% set l = [1] %}{% for i in range(90) %}{% do l.extend(l) %}{% endfor %}'],
  ['a dict without end', '{% set d = {} %}{% for i in range(10 ** 9) %}{% do d.update({i: i}) %}{% endfor %}'],
  ['inserting before many', '{% set l = many | list %}{% for i in range(10 ** 9) %}{% do l.insert(0, i) %}{% endfor %}'],
  [
    'bytes in hexadecimal digits again and again',
    "{% set b = ('a' * 99999).encode() %}{% for i in range(999) %}{% set x = b.hex() %}{% endfor %}",
  ],
  ['bytes printed again and again', "{% set b = ('a' * 99999).encode() %}{% for i in range(99) %}{% set x = b ~ '' %}{% endfor %}"],
  ['letters one by one', "{% set t = 'é' * 99999 %}{% for i in range(99) %}{% set x = t.casefold() %}{% endfor %}"],
  ['many characters to strip', "{% set t = 'é' * 99999 %}{% for i in range(99) %}{% set x = 'a'.strip(t) %}{% endfor %}"],
  ['many characters to trim', "{% set t = 'é' * 99999 %}{% for i in range(99) %}{% set x = 'a' | trim(t) %}{% endfor %}"],
  ['many prefixes', "{% set t = ('a',) * 99999 %}{% for i in range(99) %}{% set x = ''.startswith(t) %}{% endfor %}"],
  ['sorting again and again in place', '{% set l = many | list %}{% for i in range(10 ** 9) %}{% do l.sort() %}{% endfor %}'],
];

const BOMBS: readonly (readonly [string, string])[] = [
  ['nested loops', '{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}'],
  ['empty nested loops', '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}'],
  ['a huge range', '{{ range(10 ** 12) | list }}'],
  ['a huge range in a loop', '{% for i in range(10 ** 15) %}{% endfor %}'],
  ['a huge range as a test', '{{ range(10 ** 12) | sum }}'],
  ['string repetition', "{{ 'x' * 10 ** 10 }}"],
  ['string repetition by a huge int', "{{ 'x' * 10 ** 400 }}"],
  ['list repetition', '{{ [1] * 10 ** 10 }}'],
  ['tuple repetition', '{{ (1, 2) * 10 ** 9 }}'],
  ['doubling by concatenation', double('{% set ns.x = ns.x ~ ns.x %}')],
  ['doubling by addition', double('{% set ns.x = ns.x + ns.x %}')],
  ['doubling by join', double('{% set ns.x = [ns.x, ns.x] | join %}')],
  ['doubling by replace', double("{% set ns.x = ns.x | replace('a', 'aaaa') %}")],
  ['doubling by format', double("{% set ns.x = '%s%s' % (ns.x, ns.x) %}")],
  ['doubling by str.format', double("{% set ns.x = '{0}{0}'.format(ns.x) %}")],
  ['doubling by method join', double('{% set ns.x = ns.x.join([ns.x, ns.x, ns.x]) %}')],
  ['doubling a list', '{% set ns = namespace(x=[1]) %}{% for i in range(90) %}{% set ns.x = ns.x + ns.x %}{% endfor %}'],
  ['doubling by block set', double('{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}')],
  ['doubling by macro', `{% macro m(s) %}{{ s }}{{ s }}{% endmacro %}${double('{% set ns.x = m(ns.x) %}')}`],
  [
    'doubling a structure and printing it',
    '{% set ns = namespace(x=[1]) %}{% for i in range(90) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}',
  ],
  [
    'doubling a structure and comparing it',
    '{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(90) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}',
  ],
  [
    'doubling a structure and writing it',
    '{% set ns = namespace(x=[1]) %}{% for i in range(90) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | tojson }}',
  ],
  [
    'a wide structure as YAML',
    '{% set ns = namespace(x=[1]) %}{% for i in range(30) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | to_yaml }}',
  ],
  [
    'a wide structure as TOML',
    '{% set ns = namespace(x=[1]) %}{% for i in range(30) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | to_toml }}',
  ],
  [
    'a wide structure pretty-printed',
    '{% set ns = namespace(x=[1]) %}{% for i in range(30) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | pprint }}',
  ],
  ['a deep structure', '{% set ns = namespace(x=[1]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}'],
  ['a namespace in itself', '{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}'],
  ['center', "{{ 'x' | center(10 ** 10) }}"],
  ['indent', "{{ 'x\\ny' | indent(10 ** 10) }}"],
  ['indent of many lines', "{{ ('\\nx' * 100000) | indent(100000) }}"],
  ['ljust', "{{ 'x'.ljust(10 ** 10) }}"],
  ['zfill', "{{ 'x'.zfill(10 ** 10) }}"],
  ['expandtabs', "{{ '\\t'.expandtabs(10 ** 10) }}"],
  ['percent width', "{{ '%9999999999d' % 1 }}"],
  ['percent star width', "{{ '%*d' % (10 ** 10, 1) }}"],
  ['format width', "{{ '{:9999999999}'.format(1) }}"],
  ['format nested width', "{{ '{:{}}'.format(1, 10 ** 10) }}"],
  ['the filter format', "{{ '%9999999999s' | format('x') }}"],
  ['a power', '{{ 9 ** (9 ** 9) }}'],
  ['a power of a power', '{% set ns = namespace(x=9) %}{% for i in range(90) %}{% set ns.x = ns.x ** 9 %}{% endfor %}'],
  ['a product', '{% set ns = namespace(x=9) %}{% for i in range(90) %}{% set ns.x = ns.x * ns.x %}{% endfor %}'],
  ['wordwrap', "{{ ('x' * 100000) | wordwrap(1, wrapstring='y' * 10000) }}"],
  ['batch filling', "{{ [1] | batch(10 ** 10, 'x') }}"],
  ['slice into many', '{{ [1] | slice(10 ** 10) }}'],
  ['join with a long separator', "{{ (range(10000) | list) | join('x' * 100000) }}"],
  ['replace of nothing', "{{ ('x' * 100000) | replace('', 'y' * 10000) }}"],
  [
    'JSON indentation',
    '{% set ns = namespace(x=[1]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x | tojson(16) }}',
  ],
  ['a macro that calls itself', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'],
  [
    'a macro that calls itself deep in an expression',
    '{% macro m() %}{{ ((((((((m() ~ 1) ~ 2) ~ 3) | upper) ~ 4) | lower) ~ 5) | trim) }}{% endmacro %}{{ m() }}',
  ],
  ['macros that branch', '{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}'],
  [
    'a call block in itself',
    '{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}',
  ],
  ['a recursive loop over itself', '{% set xs = [1] %}{% for x in xs recursive %}{{ loop(xs) }}{% endfor %}'],
  ['a block in itself', '{% block a %}{{ self.a() }}{% endblock %}'],
  ['an include of itself', "{% include 'self' %}"],
  ['includes that branch', "{% include 'twice' %}"],
  ['a template that extends itself', "{% extends 'loop' %}"],
  ['a module that imports itself', "{% import 'module' as m %}"],
  ['deep parentheses', `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`],
  ['deep lists', `{{ ${'['.repeat(50_000)}${']'.repeat(50_000)} }}`],
  ['many signs', `{{ ${'-'.repeat(50_000)}1 }}`],
  ['many nots', `{{ ${'not '.repeat(50_000)}1 }}`],
  ['deep statements', '{% if 1 %}'.repeat(50_000) + '{% endif %}'.repeat(50_000)],
  ['a long chain of additions', `{{ ${'1+'.repeat(50_000)}1 }}`],
  ['a long chain of attributes', `{{ long${'.upper()'.repeat(20_000)} }}`],
  ['a long chain of conditions', `{{ ${'1 if 0 else '.repeat(50_000)}1 }}`],
  ['a scan of a long text again and again', "{% for i in range(99999) %}{{ 'zz' in long }}{% endfor %}"],
  ['an index into a long text again and again', '{% for i in range(99999) %}{% set x = long[0] %}{% endfor %}'],
  ['a filter on a long text again and again', '{% for i in range(99999) %}{% set x = long | length %}{% endfor %}'],
  ['a method on a long text again and again', "{% for i in range(99999) %}{% set x = long.find('zz') %}{% endfor %}"],
  ['sorting again and again', '{% for i in range(99999) %}{% set x = many | sort %}{% endfor %}'],
  ['searching a list again and again', "{% for i in range(99999) %}{{ 'zz' in many }}{% endfor %}"],
  ['printing too much', '{% for i in range(1000) %}{{ long }}{% endfor %}'],
  ['titles of long words', '{% for i in range(99999) %}{{ long | title | length }}{% endfor %}'],
  ['cases of long words', "{% for i in range(99999) %}{{ ('A' * 100000) | snake_case | length }}{% endfor %}"],
  ['wrapping again and again', '{% for i in range(99999) %}{% set x = long | wordwrap(2) %}{% endfor %}'],
  ['links again and again', '{% for i in range(99999) %}{% set x = long | urlize %}{% endfor %}'],
  [
    'comparing long texts again and again',
    "{% set a = long ~ 'a' %}{% set b = long ~ 'b' %}{% for i in range(99999) %}{% set x = a < b %}{% endfor %}",
  ],
];

describe('a bomb ends at a limit', () => {
  it.each(BOMBS)('%s', (_name, template) => {
    const error = failure(template);
    expect(error?.code, error?.message).toBe('LIMIT_EXCEEDED');
    expect(error?.message).toMatch(/\d/);
    expect(error?.where?.line).toBeGreaterThan(0);
  });

  it.each(CHANGED_BOMBS)('where values can be changed: %s', (_name, template) => {
    expect(failure(template, { python: true })?.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('one empty value that becomes many', () => {
  const environment = createEnvironment({ settings: { python: true } });
  const codeOf = (run: () => unknown): string => {
    try {
      run();
      return 'none';
    } catch (error) {
      return error instanceof PacksmithError ? error.code : String(error);
    }
  };

  it('ends at a limit where it is kept for other templates', () => {
    const template = '{% set many = [{}] * 10 ** 6 %}{{ d.update(k=many) }}';
    const values = new Map<string, Value>([['d', new Map()]]);
    expect(codeOf(() => renderChanging(template, { name: 'a', context: values, environment }))).toBe('LIMIT_EXCEEDED');
  });

  it('ends at a limit where it is a result', () => {
    expect(codeOf(() => evaluateExpression('[[]] * 10 ** 6', { name: 'a', context: new Map(), environment }))).toBe('LIMIT_EXCEEDED');
  });
});

describe('budgets', () => {
  const environment = createEnvironment();

  it('bound all renders that share them', () => {
    const budget = createBudget({ ...DEFAULT_LIMITS, outputBytes: 10 });
    const render = (): string => renderTemplate('éab', { name: 'a', context: new Map(), environment, budget });
    expect(render()).toBe('éab');
    expect(budget.used().outputBytes).toBe(4);
    expect(render()).toBe('éab');
    expect(render).toThrow('went over the limit "outputBytes" of 10 bytes of output');
  });

  it('are whole again in depth after a failure', () => {
    const budget = createBudget(DEFAULT_LIMITS);
    const options = { name: 'a', context: new Map(), environment, budget };
    for (let round = 0; round < 5; round++)
      expect(() => renderTemplate('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', options)).toThrow('depth');
    expect(renderTemplate('{{ 1 + 1 }}', options)).toBe('2');
    expect(evaluateExpression('1 + 1', options)).toBe(2);
  });

  it('allow recursion that is deep enough for trees', () => {
    const template = '{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{{ n % 10 }}{% endmacro %}{{ m(60) }}';
    expect(renderTemplate(template, { name: 'a', context: new Map(), environment })).toHaveLength(61);
  });

  it('are not needed to read a long template', () => {
    expect(parseTemplate('{{ a }} text\n'.repeat(20_000), 'a').body).toHaveLength(40_000);
  });
});
