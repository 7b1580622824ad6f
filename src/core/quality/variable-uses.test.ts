import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { gatherLintFacts } from './lint-facts.ts';
import { hasComputedInclude, includedFiles, mapVariables } from './variable-uses.ts';

const variable = (name: string, more = ''): string => `[variables.${name}]\ntype = "string"\ndefault = ""\n${more}\n`;

describe('where a variable has an effect', () => {
  it.each<
    readonly [
      what: string,
      manifest: string,
      files: Readonly<Record<string, string>>,
      uses: Readonly<Record<string, readonly [files: string, keys: string]>>,
    ]
  >([
    ['nowhere', variable('a'), { 'templates/x.txt': '{{ a }}' }, { a: ['', ''] }],
    [
      'in contents and paths',
      variable('a') + variable('b'),
      { 'templates/{{ a }}/x.jinja': '{{ b }}{{ unknown }}' },
      { a: ['{{ a }}/x', ''], b: ['{{ a }}/x', ''] },
    ],
    [
      'through what is included',
      variable('a'),
      {
        'templates/x.jinja': '{% include "p.jinja" %}',
        'p.jinja': '{% include "q.jinja" %}{% include "p.jinja" %}{% include "gone" %}',
        'q.jinja': '{{ a }}',
      },
      { a: ['x', ''] },
    ],
    [
      'through one of several that may be included',
      variable('a'),
      { 'templates/x.jinja': '{% include ["gone", b, "q.jinja"] %}', 'q.jinja': '{{ a }}' },
      { a: ['x', ''] },
    ],
    [
      'through other variables',
      variable('a') + variable('b', 'when = "a"') + variable('c', 'example = "x"').replace('default = ""', 'default = "{{ b }}"'),
      { 'templates/x.jinja': '{{ c }}' },
      { a: ['x', 'variables.b'], b: ['x', 'variables.c'], c: ['x', ''] },
    ],
    [
      'in what is put into a file, and where it is put',
      `${variable('a')}${variable('b')}[[templates]]\ntext = "{{ a }}"\ninject = { into = "x.txt", at = "end" }\n[[templates]]\nsource = "y.jinja"\noutput = "{{ b }}.txt"\nwhen = "a"\n`,
      { 'y.jinja': '' },
      { a: ['x.txt|{{ b }}.txt', ''], b: ['{{ b }}.txt', ''] },
    ],
    [
      'in packages and hooks',
      `${variable('a')}[packages.npm]\nx = { version = "^1", when = "a" }\n[hooks]\npost_generate = [{ name = "h", run = ["echo", "{{ a }}"] }]\n`,
      {},
      { a: ['', 'hooks.post_generate.0.run|packages.npm.x'] },
    ],
    ['not in what cannot be read', variable('a'), { 'templates/x.jinja': '{{ a ' }, { a: ['', ''] }],
  ])('%s', (_what, manifest, files, uses) => {
    const found = mapVariables(gatherLintFacts(makePack({ manifest, files })));
    expect(Object.fromEntries(found.map(({ variable: name, files: paths, keys }) => [name, [paths.join('|'), keys.join('|')]]))).toEqual(
      uses,
    );
  });

  it.each([
    ['{% include "a" %}{% import "b" as b %}{% extends "c" %}', 'a b c', false],
    ['{% include ["a", x] %}', 'a', true],
    ['{% include ("a", "b") %}', 'a b', false],
    ['{% include x %}', '', true],
    ['{{ x }}', '', false],
    ['{% include', '', false],
  ])('%s includes %j, and any file: %s', (template, files, isComputed) => {
    const { texts } = gatherLintFacts(makePack({ files: { 'templates/x.jinja': template } }));
    const text = texts.find(({ role }) => role === 'content');
    if (text === undefined) return expect.unreachable();
    expect([includedFiles(text).join(' '), hasComputedInclude(text)]).toEqual([files, isComputed]);
  });
});
