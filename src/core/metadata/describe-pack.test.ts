import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import type { Value } from '../pack/values.ts';
import { describeCatalogue } from './describe-catalogue.ts';
import { describePack } from './describe-pack.ts';
import { describeProject } from './describe-project.ts';
import { describeVocabulary } from './describe-vocabulary.ts';
import { findQuadProblem } from './find-term-problem.ts';
import { groupBySubject } from './group-by-subject.ts';
import { agentName, licenseName, packageName, packName, partName, projectName, seriesName } from './resource-names.ts';
import { shortenTerm } from './shorten-term.ts';
import { expandName, isMeasured, NAMESPACE } from './vocabulary.ts';

const RICH = makePack({
  id: '@acme/rich',
  version: '1.2.0-beta.1+build.5',
  manifest: [
    '[dependencies]\nbase = { version = "^1.0.0", optional = true, reason = "why" }\n',
    '[packages.npm]\n"@scope/name" = { version = "^1.0.0", dev = true, when = "port > 1" }\n',
    '[variables.port]\ntype = "integer"\ndefault = 3000\nmin = 1\nmax = 65535\n',
    '[variables.kind]\ntype = "choice"\nchoices = ["a", "b"]\n',
    '[[hooks.post_generate]]\nname = "install"\nrun = ["true"]\n',
    '[queries.all]\ntext = "ASK {}"\n',
  ].join('\n'),
  files: {
    'templates/{{ kind }}.txt.jinja': 'port {{ port }}',
    'templates/broken.txt.jinja': '{% if %}',
    'tests/one.toml': 'description = "x"\n',
  },
});

const BASE = [makePack({ id: 'base' }), makePack({ id: 'base', version: '1.1.0' })] as const;

/** The objects of a property of packsmith. */
const valuesOf = (quads: ReturnType<typeof describePack>, name: string) =>
  quads.filter(({ predicate }) => predicate.value === NAMESPACE + name).map(({ object }) => ('value' in object ? object.value : ''));

/** Statements as they are read, one a line. */
const lines = (quads: ReturnType<typeof describePack>): string =>
  `\n${quads.map(({ subject, predicate, object }) => [subject, predicate, object].map(shortenTerm).join(' ')).join('\n')}\n`;

// What is expected is written by `npm run snap -- src/core/metadata`, to be read before it is committed.
describe('what is stated', () => {
  const WHOLE = makePack({
    id: '@acme/whole',
    version: '1.2.0',
    manifest: [
      'requires = ">=0.1.0"\n',
      '[dependencies]\nbase = { version = "^1.0.0", optional = true, reason = "why" }\n',
      '[packages.npm]\n"@scope/name" = { version = "^1.0.0", dev = true, when = "port > 1" }\n',
      '[variables.port]\ntype = "integer"\ndefault = 3000\nmin = 1\nmax = 65535\nprompt = "Port"\ndescription = "Where it listens"\n',
      '[variables.kind]\ntype = "choice"\nchoices = ["a", { value = "b", label = "B" }]\nwhen = "port > 1"\n',
      '[variables.key]\ntype = "secret"\npattern = "[a-z]+"\n',
      '[variables.both]\ntype = "string"\ncomputed = "kind ~ port"\n',
      '[data.model]\ndefault = "m.ttl"\n[queries.all]\ntext = "SELECT * {}"\nover = "data.model"\n',
      '[[templates]]\ntext = "{{ row }}"\noutput = "{{ row }}.txt"\nfor_each = "queries.all"\nas = "row"\nwhen = "port > 1"\n',
      '[[hooks.post_generate]]\nname = "install"\nrun = ["true"]\n',
    ].join('\n'),
    files: {
      'templates/{{ kind }}.txt.jinja': 'port {{ port }}',
      'templates/plain.txt': 'x',
      'tests/one.toml': '',
      'tests/a/b.toml': '',
      'm.ttl': '',
    },
  });
  const authors = [
    'Ada <ada@example.com> (https://example.com/ada)',
    'Bob (not an address)',
    '<only@example.com>',
    'Eve <a> b',
    ' Mallory ',
  ];
  const manifest = {
    ...WHOLE.manifest,
    authors,
    keywords: ['one', 'two'],
    license: '(MIT OR Apache-2.0+) AND GPL-2.0 WITH Classpath-exception-2.0',
    repository: 'https://example.com/code',
    homepage: 'not an address',
    category: 'web',
  };

  it('of a pack', () => {
    const score = { score: 12, basis: 'static' as const, dimensions: [{ name: 'queries', worth: 10, gained: 5, checks: [] }] };
    expect(lines(describePack({ ...WHOLE, manifest }, { source: 'builtin', isShadowed: true, score }))).toMatchSnapshot();
  });

  it('of several versions, and what takes the place of what', () => {
    const needs = makePack({ id: 'needs', manifest: '[dependencies]\nbase = "^1.0.0"\ngone = "^1.0.0"\n' });
    const packs = [needs, makePack({ id: 'base', version: '1.10.0' }), ...BASE, makePack({ id: 'other' })];
    const facts = (pack: (typeof packs)[number]) => ({ isShadowed: pack.manifest.id === 'other' });
    const said = describeCatalogue(packs.map((pack) => ({ pack, facts: facts(pack) })));
    const about = (name: string) => said.filter(({ predicate }) => predicate.value === NAMESPACE + name);
    expect(lines([...about('dependsOn'), ...about('supersededBy'), ...about('isShadowed'), ...about('version')])).toMatchSnapshot();
  });

  it('of a project', () => {
    const file = (path: string, packs: readonly string[]) => ({ path, sha256: 'ab', packs, template: 'templates/a.txt' });
    const lockfile = {
      now: '2026-01-02T03:04:05.678Z',
      packs: [
        { id: 'base', version: '1.0.0', source: 'builtin', integrity: 'sha512-x' },
        { id: '@acme/web', version: '2.0.0', source: 'npm:https://example.com', integrity: 'sha512-y' },
      ],
      files: [file('a.txt', ['base', '@acme/web']), file('b c.txt', ['@acme/web']), file('c.txt', ['gone'])],
    } as unknown as Parameters<typeof describeProject>[0]['lockfile'];
    const project = {
      variables: new Map<string, Value>([
        ['name', 'ada'],
        ['port', 1],
        ['parts', ['a', true, null]],
      ]),
    } as unknown as NonNullable<Parameters<typeof describeProject>[0]['manifest']>;
    const catalogue = [
      { id: 'base', version: '1.1.0' },
      { id: 'base', version: '1.0.5' },
      { id: '@acme/web', version: '1.0.0' },
    ];
    expect(lines(describeProject({ lockfile, manifest: project, catalogue }))).toMatchSnapshot();
    expect(describeProject({ lockfile: { ...lockfile, packs: [], files: [] }, manifest: undefined, catalogue: [] })).toHaveLength(2);
  });

  it('of one thing together, in the order of the first statement', () => {
    const quad = (subject: string, object: string) => ({
      subject: seriesName(subject),
      predicate: seriesName('p'),
      object: seriesName(object),
    });
    expect(groupBySubject([quad('a', '1'), quad('b', '2'), quad('a', '3'), quad('b', '4')])).toEqual([
      quad('a', '1'),
      quad('a', '3'),
      quad('b', '2'),
      quad('b', '4'),
    ]);
  });

  it('has to be measured where it is of the score', () => {
    const names = ['score', 'measure', 'gained', 'worth', 'Measure'].flatMap((name) => [
      `<${NAMESPACE}${name}>`,
      NAMESPACE + name,
      `ps:${name}`,
    ]);
    expect(names.map(isMeasured)).toEqual(names.map(() => true));
    expect(['ps:scores', 'score', `${NAMESPACE}title`, `<${NAMESPACE}score`, 'ps:Pack'].map(isMeasured)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([expandName('dcterms:title'), expandName('nothing:x')]).toEqual(['http://purl.org/dc/terms/title', 'x']);
  });
});

describe('a pack as statements', () => {
  const quads = describePack(RICH, { source: 'project' });

  it('says what the manifest says', () => {
    expect(valuesOf(quads, 'id')).toEqual(['@acme/rich', '@acme/rich', 'base']);
    expect(valuesOf(quads, 'usesPackage')).toEqual(['pkg:npm/%40scope/name']);
    expect(valuesOf(quads, 'when')).toEqual(['port > 1']);
    expect(valuesOf(quads, 'choice')).toEqual(['a', 'b']);
    expect(valuesOf(quads, 'maximum')).toEqual(['65535']);
    expect(valuesOf(quads, 'testCase')).toHaveLength(1);
    expect(valuesOf(quads, 'stage')).toEqual(['post_generate']);
  });

  it('says which variables a template reads, in its path and its text; nothing of one that is malformed', () => {
    const names = valuesOf(quads, 'reads').map((name) => name.slice(name.lastIndexOf(':') + 1));
    expect(names).toEqual(['kind', 'port']);
  });

  it('is the same each time, and all of it can be written', () => {
    expect(describePack(RICH, { source: 'project' })).toEqual(quads);
    expect(quads.map(findQuadProblem).filter((problem) => problem !== undefined)).toEqual([]);
  });

  it('says every thing once', () => {
    const keys = describeCatalogue([...BASE, RICH, RICH].map((pack) => ({ pack, facts: {} }))).map((quad) => JSON.stringify(quad));
    expect(keys.length).toBe(new Set(keys).size);
  });

  it('uses no term that the vocabulary has not', () => {
    const defined = new Set(describeVocabulary().map(({ subject }) => subject.value));
    const used = quads.map(({ predicate }) => predicate.value).filter((name) => name.startsWith(NAMESPACE));
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });
});

describe('the catalogue as statements', () => {
  it('says what takes the place of what, and which pack a dependency means', () => {
    const quads = describeCatalogue([
      ...BASE.map((pack, index) => ({ pack, facts: { isShadowed: index > 0 } })),
      { pack: RICH, facts: {} },
    ]);
    expect(valuesOf(quads, 'supersededBy')).toEqual(['urn:packsmith:pack:base:1.1.0']);
    expect(valuesOf(quads, 'dependsOn')).toEqual(['urn:packsmith:pack:base:1.0.0']);
  });
});

describe('names of things', () => {
  const HOSTILE = ['a:b', 'a/b', '../..', '> <x:y>', '"\\', '\u0000', '\ud800', '%41', "'()*!~", 'ä', '#x', '?x', ' '];

  it.each(HOSTILE)('keep %j in its place', (text) => {
    const pack = packName(text, text);
    const names = [
      pack,
      seriesName(text),
      partName(pack, 'variable', text),
      packageName('npm', text),
      licenseName(text),
      agentName(text),
      projectName('file', text),
    ];
    for (const { value } of names) expect(value).toMatch(/^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._%:/-]*$/);
    expect(pack.value.split(':')).toHaveLength(5);
  });

  it('differ where the texts do', () => {
    const names = HOSTILE.flatMap((first) => HOSTILE.map((second) => packName(first, second).value));
    expect(new Set(names).size).toBe(names.length);
  });
});
