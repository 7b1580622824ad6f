import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import { createEnvironment } from '../jinja/environment.ts';
import { renderTemplate } from '../jinja/render-template.ts';
import type { ProjectFacts } from './project-facts.ts';
import { proposeVariables } from './proposals.ts';
import { escapeTemplate, templatize } from './templatize.ts';

const environment = createEnvironment({ hash: nativeHash });
const NONE: ProjectFacts = {
  name: undefined,
  description: undefined,
  author: undefined,
  email: undefined,
  license: undefined,
  account: undefined,
  port: undefined,
};

const render = (template: string, context: ReadonlyMap<string, string | number>): string =>
  renderTemplate(template, { name: 't', context, environment });

const propose = (name: string, facts: Partial<ProjectFacts> = {}) =>
  proposeVariables({ ...NONE, ...facts }, name, (expression, variables) => render(expression, variables));

const spellingsOf = (name: string, facts: Partial<ProjectFacts> = {}) => propose(name, facts).flatMap(({ spellings }) => spellings);
const contextOf = (name: string, facts: Partial<ProjectFacts> = {}) =>
  new Map(propose(name, facts).map((proposal) => [proposal.name, proposal.value]));

describe('a text as a template', () => {
  const pieces = fc.constantFrom(
    '{',
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    "'",
    '"',
    '\\',
    '\n',
    ' ',
    'tea-shop',
    'TeaShop',
    'tea_shop',
    '$',
    'x',
    '-',
    'raw',
    '{% raw %}',
    '{{ a }}',
  );

  it('gives the text back, whatever stands in it', () => {
    const context = contextOf('tea-shop');
    const spellings = spellingsOf('tea-shop');
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 20 }), (parts) => {
        const text = parts.join('').replaceAll('\r', '');
        expect(render(templatize(text, spellings).template, context)).toBe(text);
        expect(render(escapeTemplate(text), new Map())).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a spelling in a word', 'teapot tea-shopping tea-shop.', 'teapot tea-shopping {{ project_name }}.'],
    [
      'every spelling',
      'tea-shop tea_shop teaShop TeaShop TEA_SHOP',
      '{{ project_name }} {{ project_name | snake_case }} {{ project_name | camel_case }} {{ project_name | pascal_case }} {{ project_name | constant_case }}',
    ],
    [
      'words',
      'Tea Shop, the tea shop',
      "{{ project_name | kebab_case | replace('-', ' ') | title }}, the {{ project_name | kebab_case | replace('-', ' ') }}",
    ],
    ['an expression of a workflow', '{{ github.token }} {tea-shop}', "{{ '{{' }} github.token }} {{ '{' }}{{ project_name }}}"],
  ])('with %s', (_, text, template) => {
    expect(templatize(text, spellingsOf('tea-shop')).template).toBe(template);
  });
});

describe('where a spelling may stand', () => {
  const template = (name: string, facts: Partial<ProjectFacts>, text: string) => templatize(text, spellingsOf(name, facts)).template;

  it('takes a common name only where names stand', () => {
    const text = '{\n  "name": "app",\n  "main": "src/app.js"\n}\n';
    expect(template('app', {}, text)).toBe('{\n  "name": "{{ project_name }}",\n  "main": "src/app.js"\n}\n');
    expect(template('app', {}, '# app\n\nnpm run app\n')).toBe('# {{ project_name }}\n\nnpm run app\n');
  });

  it('takes ports only where ports stand, and licenses only where licenses stand', () => {
    expect(template('tea-shop', { port: '3000' }, 'PORT=3000\ntimeout: 3000 ms\nlocalhost:3000/x\nid 3000\n')).toBe(
      'PORT={{ port }}\ntimeout: 3000 ms\nlocalhost:{{ port }}/x\nid 3000\n',
    );
    expect(template('tea-shop', { license: 'MIT' }, '"license": "MIT",\n# MIT\n')).toBe('"license": "{{ license }}",\n# MIT\n');
  });

  it('takes an account only behind a forge', () => {
    expect(template('tea-shop', { account: 'acme' }, 'https://github.com/acme/tea-shop acme')).toBe(
      'https://github.com/{{ account }}/{{ project_name }} acme',
    );
  });
});
