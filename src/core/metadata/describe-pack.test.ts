import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { describeCatalogue } from './describe-catalogue.ts';
import { describePack } from './describe-pack.ts';
import { describeVocabulary } from './describe-vocabulary.ts';
import { findQuadProblem } from './find-term-problem.ts';
import { agentName, licenseName, packageName, packName, partName, projectName, seriesName } from './resource-names.ts';
import { NAMESPACE } from './vocabulary.ts';

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
