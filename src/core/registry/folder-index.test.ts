import { describe, expect, it } from 'vitest';
import type { PackName } from '../pack/pack-name.ts';
import { parseProjectPath } from '../tree/project-path.ts';
import { EMPTY_FOLDER_INDEX, formatFolderIndex, parseFolderIndex, withFolderVersion } from './folder-index.ts';
import { findDependencyDifference, formatPackFacts, readPackFacts } from './pack-facts.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const DEPENDENCIES = [
  { id: 'core' as PackName, version: '^1.0.0', optional: false, reason: undefined },
  { id: '@acme/x' as PackName, version: '>=2 <4', optional: true, reason: 'for charts' },
];

function added(id: string, version: string, tags: readonly string[] = []) {
  const facts = {
    archive: parseProjectPath(`${version}.tgz`),
    integrity: INTEGRITY,
    dependencies: DEPENDENCIES,
    status: 'available',
    notice: undefined,
  } as const;
  return { id: id as PackName, version, facts, tags };
}

const ABOUT = { title: 'B', description: 'Something', category: undefined, keywords: ['thing'] };

describe('the index of a folder registry', () => {
  const index = [added('b', '1.9.0'), added('b', '1.10.0', ['latest']), added('@acme/a', '1.0.0')].reduce(
    withFolderVersion,
    EMPTY_FOLDER_INDEX,
  );

  it('is the same after it was written and read, sorted', () => {
    const text = formatFolderIndex(index);
    const read = parseFolderIndex(text);
    expect([...read.packs.keys()]).toEqual(['@acme/a', 'b']);
    expect([...(read.packs.get('b' as PackName)?.versions.keys() ?? [])]).toEqual(['1.10.0', '1.9.0']);
    expect(read.packs.get('b' as PackName)?.tags).toEqual(new Map([['latest', '1.10.0']]));
    expect(formatFolderIndex(read)).toBe(text);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('keeps what is said of versions', () => {
    const yanked = {
      ...added('b', '1.9.0'),
      facts: { ...added('b', '1.9.0').facts, status: 'yanked', notice: 'leaks', about: ABOUT } as const,
    };
    const read = parseFolderIndex(formatFolderIndex(withFolderVersion(index, yanked)));
    expect(read.packs.get('b' as PackName)?.versions.get('1.9.0')).toMatchObject({ status: 'yanked', notice: 'leaks', about: ABOUT });
  });

  const version = (facts: object): unknown => ({
    format: 1,
    packs: { a: { versions: { '1.0.0': { archive: 'a.tgz', integrity: INTEGRITY, ...facts } } } },
  });
  it.each<[string, unknown]>([
    ['no table', []],
    ['another format', { format: 2, packs: {} }],
    ['no packs', { format: 1 }],
    ['an id that is none', { format: 1, packs: { A: { versions: {} } } }],
    ['a version that is none', { format: 1, packs: { a: { versions: { latest: {} } } } }],
    ['a tag to nowhere', { format: 1, packs: { a: { versions: {}, tags: { latest: '1.0.0' } } } }],
    ['an archive outside', version({ archive: '../a.tgz' })],
    ['an archive elsewhere', version({ archive: 'https://host/a.tgz' })],
    ['no archive', version({ archive: undefined })],
    ['a weak hash', version({ integrity: 'sha1-AAAA' })],
    ['a dependency without a range', version({ dependencies: { core: '!' } })],
    ['a status that is none', version({ status: 'gone' })],
    ['a notice that is none', version({ notice: 7 })],
  ])('is refused with %s', (_name, document) => {
    expect(() => parseFolderIndex(JSON.stringify(document))).toThrow(expect.objectContaining({ code: 'SOURCE_RESPONSE_INVALID' }));
  });

  it.each<[unknown, string]>([
    [[], 'the index: it is not a table'],
    [{ format: '1', packs: {} }, 'the index: format "1" is not known; this version of packsmith reads 1'],
    [{ format: 1, packs: [] }, 'packs: it is not a table'],
    [{ format: 1, packs: { A: {} } }, 'packs: "A" is not the id of a pack'],
    [{ format: 1, packs: { a: [] } }, 'a: it is not a table'],
    [{ format: 1, packs: { a: {} } }, 'a: versions: it is not a table'],
    [{ format: 1, packs: { a: { versions: { latest: {} } } } }, 'a: "latest" is not a version'],
    [{ format: 1, packs: { a: { versions: {}, tags: [] } } }, 'a: tags: it is not a table'],
    [{ format: 1, packs: { a: { versions: {}, tags: { latest: 7 } } } }, 'a: the tag "latest" points at no version'],
    [{ format: 1, packs: { a: { versions: { '1.0.0': 'x' } } } }, 'a@1.0.0: it is not a table'],
    [version({ archive: 7 }), 'a@1.0.0: archive is missing'],
    [version({ integrity: 7 }), 'a@1.0.0: integrity is not a sha512'],
    [version({ integrity: `x${INTEGRITY}` }), 'a@1.0.0: integrity is not a sha512'],
    [version({ integrity: `${INTEGRITY}x` }), 'a@1.0.0: integrity is not a sha512'],
    [version({ dependencies: [] }), 'a@1.0.0: dependencies are malformed'],
    [version({ dependencies: { core: '!' } }), 'a@1.0.0: dependencies are malformed'],
    [version({ requires: 7 }), 'a@1.0.0: requires is not a range'],
    [version({ requires: '!' }), 'a@1.0.0: requires is not a range'],
    [version({ status: 'gone' }), 'a@1.0.0: status "gone" is not one of available, deprecated, yanked'],
    [version({ notice: 7 }), 'a@1.0.0: notice is not a text'],
    [version({ notice: 'x'.repeat(10_001) }), 'a@1.0.0: notice is not a text'],
    [version({ about: [] }), 'a@1.0.0: about: it is not a table'],
    [version({ about: { title: 'A' } }), 'a@1.0.0: about has no title, description or category that is a text'],
    [
      version({ about: { title: 'x'.repeat(1_001), description: '' } }),
      'a@1.0.0: about has no title, description or category that is a text',
    ],
    [
      version({ about: { title: 'A', description: '', category: 7 } }),
      'a@1.0.0: about has no title, description or category that is a text',
    ],
    [version({ about: { title: 'A', description: '', keywords: [7] } }), 'a@1.0.0: about has keywords that are no texts'],
  ])('says what is wrong with %j', (document, message) => {
    expect(() => parseFolderIndex(JSON.stringify(document))).toThrow(expect.objectContaining({ code: 'SOURCE_RESPONSE_INVALID', message }));
  });

  it('is written by the names of its format, and without what is usual', () => {
    const { facts, ...rest } = added('b', '1.0.0', ['latest', 'beta']);
    const said = { ...facts, requires: '>=0.1.0', status: 'deprecated', notice: 'old' } as const;
    const plain = { ...rest, version: '0.9.0', tags: [], facts: { ...facts, dependencies: [] } };
    const text = formatFolderIndex(withFolderVersion(withFolderVersion(EMPTY_FOLDER_INDEX, { ...rest, facts: said }), plain));
    expect(JSON.parse(text)).toEqual({
      format: 1,
      packs: {
        b: {
          versions: {
            '1.0.0': {
              archive: '1.0.0.tgz',
              integrity: INTEGRITY,
              dependencies: { '@acme/x': { version: '>=2 <4', optional: true, reason: 'for charts' }, core: '^1.0.0' },
              requires: '>=0.1.0',
              status: 'deprecated',
              notice: 'old',
            },
            '0.9.0': { archive: '1.0.0.tgz', integrity: INTEGRITY, dependencies: {} },
          },
          tags: { beta: '1.0.0', latest: '1.0.0' },
        },
      },
    });
    expect(
      parseFolderIndex(text)
        .packs.get('b' as PackName)
        ?.versions.get('1.0.0'),
    ).toEqual({ ...said, dependencies: [...DEPENDENCIES].reverse() });
    expect(
      parseFolderIndex(text)
        .packs.get('b' as PackName)
        ?.versions.get('0.9.0'),
    ).not.toHaveProperty('requires');
  });

  it('is refused when it is no JSON', () => {
    const error = { code: 'SOURCE_RESPONSE_INVALID', message: 'the index is not valid JSON' };
    expect(() => parseFolderIndex('{')).toThrow(expect.objectContaining(error));
  });
});

describe('facts of a pack', () => {
  it('are the same after they were written and read', () => {
    const facts = { id: 'web' as PackName, version: '1.0.0', dependencies: [...DEPENDENCIES].reverse() };
    expect(readPackFacts(JSON.parse(JSON.stringify(formatPackFacts(facts))))).toEqual(facts);
    const bound = { ...facts, requires: '>=0.1.0' };
    expect(formatPackFacts(bound)).toMatchObject({ format: 1, requires: '>=0.1.0' });
    expect(formatPackFacts(facts)).not.toHaveProperty('requires');
    expect(readPackFacts(JSON.parse(JSON.stringify(formatPackFacts(bound))))).toEqual(bound);
    expect(readPackFacts({ format: 1, id: 'a', version: '1.0.0' })).toEqual({ id: 'a', version: '1.0.0', dependencies: [] });
  });

  it.each([
    [undefined],
    [{ format: 2, id: 'a', version: '1.0.0' }],
    [{ format: 1, id: 'A', version: '1.0.0' }],
    [{ format: 1, id: 'a', version: 'v1' }],
    [{ format: 1, id: 7, version: '1.0.0' }],
    [{ format: 1, id: 'a', version: 1 }],
    [{ format: 1, id: 'a', version: '1.0.0', requires: '!' }],
    [{ format: 1, id: 'a', version: '1.0.0', requires: 1 }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: { B: '^1' } }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: { b: 7 } }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: { b: { version: 7 } } }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: { b: { version: '^1', reason: 7 } } }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: { b: { version: '^1', reason: 'x'.repeat(1001) } } }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: ['b'] }],
    [{ format: 1, id: 'a', version: '1.0.0', dependencies: { b: { version: '^1', optional: 'yes' } } }],
    [
      {
        format: 1,
        id: 'a',
        version: '1.0.0',
        dependencies: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, '*'])),
      },
    ],
  ])('%j are none', (value) => expect(readPackFacts(value)).toBeUndefined());

  it('differ in what is needed, not in why', () => {
    const [core, x] = DEPENDENCIES as [(typeof DEPENDENCIES)[0], (typeof DEPENDENCIES)[0]];
    expect(findDependencyDifference([core, x], [x, { ...core, reason: 'other' }])).toBeUndefined();
    expect(findDependencyDifference([core], [])).toMatch(/said to need core \^1.0.0/);
    expect(findDependencyDifference([x], [{ ...x, optional: false }])).toMatch(/optional/);
    expect(findDependencyDifference([], [core])).toMatch(/needs core \^1.0.0, which was not said/);
  });
});
