import { createBudget } from '../../../src/core/jinja/budget.ts';
import { createEnvironment, type JinjaSettings } from '../../../src/core/jinja/environment.ts';
import { loadExtensions } from '../../../src/core/jinja/extensions/extension-set.ts';
import { findReferencedNames } from '../../../src/core/jinja/find-referenced-names.ts';
import { parseTemplate } from '../../../src/core/jinja/parse-template.ts';
import { evaluateExpression, renderTemplate } from '../../../src/core/jinja/render-template.ts';
import { createLiquidEnvironment } from '../../../src/core/liquid/liquid-environment.ts';
import type { Value } from '../../../src/core/pack/values.ts';
import { attempt, type FuzzTarget, hold, textOf } from '../fuzz-target.ts';

const CONTEXT = new Map<string, Value>([
  ['text', 'abc'],
  ['list', [1, 'b', [3]]],
  [
    'map',
    new Map<string, Value>([
      ['a', 1],
      ['b', new Map([['c', 'd']])],
    ]),
  ],
  ['number', 1.5],
  ['big', 12345678901234567890n],
  ['nothing', null],
  ['yes', true],
]);

const LIMITS = { steps: 20_000, outputBytes: 100_000, allocatedBytes: 1_000_000, depth: 200 };
const FAILURES = ['TEMPLATE_SYNTAX', 'TEMPLATE_UNDEFINED', 'TEMPLATE_FAILED', 'LIMIT_EXCEEDED'] as const;

const WORDS = [
  ...'{{ }} {% %} {# #} {%- -%} {{- -}} if elif else endif for in endfor recursive set endset macro endmacro call endcall filter endfilter'.split(
    ' ',
  ),
  ...'include import from extends block endblock scoped required raw endraw with endwith autoescape do break continue loop.index super() caller()'.split(
    ' ',
  ),
  ...'self varargs namespace( cycler( joiner( range( dict( lipsum( | ~ ** // % == != <= is not and or [ ] ( ) { } : , . = text list map number big'.split(
    ' ',
  ),
  ...'nothing yes x loop 1 0 2.5 1e9 "a" is\u00a0defined |upper |join |sort |default(1) |batch(2) |slice(2) |round |int |float |tojson |to_yaml'.split(
    ' ',
  ),
  ...'|to_toml |truncate |wordwrap(5) |urlize |indent |format |replace("a","b") |map(attribute="a") |select("odd") |groupby(0) |center(9) |xmlattr'.split(
    ' ',
  ),
  ...'|regex_replace("a","b") |dictsort |unique |striptags |sum |tojson(2) |pprint |random |slugify .append(1) .format(1) %s" .join(list) .split("b")'.split(
    ' ',
  ),
  ...'[::-1] [0:1] lambda none true false now() "included" |snake_case |pluralize |semver_max |strftime("%Y") |first |last |length |list |string'.split(
    ' ',
  ),
];

/** Settings by words in the first line, where it begins with `#!`. */
function splitSettings(input: Uint8Array): { settings: JinjaSettings; source: string } {
  const text = textOf(input);
  if (!text.startsWith('#!')) return { settings: {}, source: text };
  const end = text.indexOf('\n');
  const words = new Set((end < 0 ? text : text.slice(0, end)).slice(2).trim().split(/\s+/));
  const settings: JinjaSettings = {
    trimBlocks: words.has('trim'),
    lstripBlocks: words.has('lstrip'),
    keepTrailingNewline: words.has('keep'),
    autoescape: words.has('escape'),
    undefinedBehavior: words.has('chainable') ? 'chainable' : words.has('default') ? 'default' : 'strict',
    ...(words.has('lines') ? { lineStatementPrefix: '%', lineCommentPrefix: '##' } : {}),
    ...(words.has('brackets') ? { delimiters: { blockStart: '[%', blockEnd: '%]', variableStart: '[[', variableEnd: ']]' } } : {}),
  };
  return { settings, source: end < 0 ? '' : text.slice(end + 1) };
}

function run(input: Uint8Array, python: boolean): string {
  const { settings, source } = splitSettings(input);
  const extensions = python
    ? loadExtensions(['cookiecutter.extensions.SlugifyExtension', 'jinja2_time.TimeExtension'], { now: '2026-01-02T03:04:05Z', seed: 's' })
    : undefined;
  const environment = createEnvironment({
    settings: { ...settings, python },
    hash: () => '0'.repeat(64) as never,
    loadTemplate: (name) => (name === 'included' ? source : undefined),
    ...(extensions === undefined ? {} : { filters: extensions.filters, functions: extensions.functions }),
  });
  const budget = createBudget(LIMITS);
  const options = { name: 'fuzzed', context: CONTEXT, environment, budget };
  const before = JSON.stringify([...CONTEXT].map(([key, value]) => [key, String(value)]));
  const tree = attempt(FAILURES, () => parseTemplate(source, 'fuzzed', environment.settings));
  if ('value' in tree) findReferencedNames(tree.value);
  const rendered = attempt(FAILURES, () => renderTemplate('value' in tree ? tree.value : source, options));
  const again = attempt(FAILURES, () => renderTemplate(source, { ...options, budget: createBudget(LIMITS) }));
  hold(JSON.stringify(rendered) === JSON.stringify(again), 'the same template renders the same');
  if ('value' in rendered) hold(rendered.value.length <= LIMITS.outputBytes, 'the output keeps its limit');
  const evaluated = attempt(FAILURES, () => evaluateExpression(source, { ...options, budget: createBudget(LIMITS) }));
  hold(JSON.stringify([...CONTEXT].map(([key, value]) => [key, String(value)])) === before, 'the context is not changed');
  hold(!Object.hasOwn(Object.prototype, 'polluted'), 'no prototype is reached');
  return [tree, rendered, evaluated].map((outcome) => ('code' in outcome ? outcome.code : 'done')).join(' ');
}

const LAWS = [
  'fails by a syntax error, an undefined name, a failure of the template or a limit, and by nothing else',
  'keeps its limits of steps, output and memory',
  'renders the same again, and leaves its context as it was',
];

export const templateStrict: FuzzTarget = {
  name: 'template',
  subject: 'the template language of packs: lexer, parser, renderer',
  laws: LAWS,
  words: WORDS,
  run: (input) => run(input, false),
};

export const templatePython: FuzzTarget = {
  name: 'template-python',
  subject: 'the template language as cookiecutter and Copier have it, with its extensions',
  laws: LAWS,
  words: WORDS,
  run: (input) => run(input, true),
};

export const templateLiquid: FuzzTarget = {
  name: 'template-liquid',
  subject: 'the template language as cargo-generate has it',
  laws: LAWS,
  words: [
    ...'{{ }} {% %} {%- -%} {{- -}} if elsif else endif unless endunless case when endcase for in endfor limit: offset: reversed cols: break continue'.split(
      ' ',
    ),
    ...'assign capture endcapture comment endcomment raw endraw increment decrement cycle tablerow endtablerow include render forloop.index'.split(
      ' ',
    ),
    ...'| : , . [ ] ( .. ) == != <> < >= contains and or text list map number nothing yes x 0 1 2.5 "a" nil true blank empty'.split(' '),
    ...'|upcase |append:"b" |split:"b" |join:"," |slice:0,2 |date:"%Y" |plus:1 |divided_by:0 |default:1 |replace:"a","b" |snake_case |sort |uniq |size'.split(
      ' ',
    ),
  ],
  run: (input) => {
    const source = textOf(input);
    const environment = createLiquidEnvironment({ now: '2026-01-02T03:04:05Z' });
    const render = () =>
      attempt(FAILURES, () => renderTemplate(source, { name: 'fuzzed', context: CONTEXT, environment, budget: createBudget(LIMITS) }));
    const rendered = render();
    hold(JSON.stringify(rendered) === JSON.stringify(render()), 'the same template renders the same');
    if ('code' in rendered) return rendered.code;
    hold(rendered.value.length <= LIMITS.outputBytes, 'the output keeps its limit');
    return rendered.value === source ? 'as it is' : 'rendered';
  },
};
