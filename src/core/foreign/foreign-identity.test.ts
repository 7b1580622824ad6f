import { describe, expect, it } from 'vitest';
import { MAX_PACK_NAME_LENGTH } from '../pack/pack-name.ts';
import { parsePackReference } from '../pack/pack-reference.ts';
import { compareVersions, isVersion } from '../pack/versions.ts';
import {
  foreignId,
  pythonVersionOfTag,
  toPythonVersion,
  versionOfCommit,
  versionOfContent,
  versionOfRef,
  versionOfTag,
} from './foreign-identity.ts';

describe('the id of a template of another tool', () => {
  it.each([
    ['gh:owner/cookiecutter-thing', 'cookiecutter-thing'],
    ['gh:owner/Templates/api/v2', 'templates-api-v2'],
    ['git+https://example.org/a/B.GIT', 'b'],
    ['./My Template', 'my-template'],
    ['../../', 'template'],
    ['./__ünï__', 'uni__'],
    ['./1 Weird Näme!', '1-weird-name'],
    ['./archive/thing-1.2.tar.gz', 'thing'],
    ['./thing-v3.zip', 'thing'],
    ['https://example.org/files/Thing-2.0.1.tgz?token=x', 'thing'],
    ['https://example.org/files/Thing-2.0.1.tgz#sets/y', 'thing-sets-y'],
    ['./things.zip/sets/y', 'y'],
    ['oci://example.org/team/thing:1.0', 'thing'],
    ['plain-name', 'plain-name'],
    [`./${'x'.repeat(MAX_PACK_NAME_LENGTH + 1)}`, 'x'.repeat(MAX_PACK_NAME_LENGTH)],
  ])('of %s is %s', (reference, id) => {
    expect(foreignId(parsePackReference(reference))).toBe(id);
  });
});

describe('versions', () => {
  it.each([
    ['v1.2.3', '1.2.3'],
    ['1.2', '1.2.0'],
    ['V7', '7.0.0'],
    ['2024.01.09', '2024.1.9'],
    ['v1.0.0-rc.1', '1.0.0-rc.1'],
    ['1.0+build', '1.0.0+build'],
    ['v2.0.0a1', '2.0.0-a.1'],
    ['2.0b2', '2.0.0-b.2'],
    ['v2.0.0rc1', '2.0.0-rc.1'],
    ['2.0.0.pre3', '2.0.0-rc.3'],
    ['2.0.0-beta_4', '2.0.0-b.4'],
    ['2.0.0.dev3', '2.0.0-0.dev.3'],
    ['2.0.0a2.dev1', '2.0.0-a.1.dev.1'],
    ['2.0.0a.dev', '2.0.0-a.0.dev.0'],
    ['1.0.0.post1', '1.0.0+post.1'],
    ['v1.2-r02', '1.2.0+post.2'],
    ['1.2.3-4', '1.2.3+post.4'],
    ['2024-05', '2024.0.0+post.5'],
    ['v2025.01.03', '2025.1.3'],
    ['1.2.3.4', '1.2.3+4'],
    ['18.0.1.00.2', '18.0.1+0.2'],
    ['1.2.3.4.post5', '1.2.3+4.post.5'],
    ['1.2.3.4rc1', undefined],
    ['1.2.3.post1.dev2', undefined],
    ['2024-05-01', '2024.0.0-05-01'],
    ['1.2.3-', undefined],
    ['latest', undefined],
    ['vv1', undefined],
    ['', undefined],
  ])('of the tag %j is %s', (tag, version) => expect(versionOfTag(tag)).toBe(version));

  it.each([
    ['2.0.0', '2.0.0'],
    ['2.0.0-rc.3', '2.0.0rc3'],
    ['2.0.0-0.dev.3', '2.0.0.dev3'],
    ['2.0.0-a.1.dev.1', '2.0.0a2.dev1'],
    ['2.0.0-next', '2.0.0-next'],
    ['1.2.3+post.1', '1.2.3.post1'],
    ['18.0.1+0.2', '18.0.1.0.2'],
    ['1.2.3+4.post.5', '1.2.3.4.post5'],
    ['1.2.3+local', '1.2.3+local'],
  ])('%s is %s in Python, and back', (version, python) => {
    expect(toPythonVersion(version)).toBe(python);
    expect(versionOfTag(python)).toBe(version);
  });

  it.each([
    ['v1', '1'],
    ['v2.0', '2.0'],
    ['2024.01.09', '2024.1.9'],
    ['v2.a1', '2a1'],
    ['v2.dev0', '2.dev0'],
    ['v2.0.0-beta.3', '2.0.0b3'],
    ['v2.0.0-next', '2.0.0-next'],
    ['v1-2', '1.post2'],
    ['1.2.3.04.rev5', '1.2.3.4.post5'],
    ['latest', 'latest'],
  ])('of the tag %j is %s in Python', (tag, version) => expect(pythonVersionOfTag(tag)).toBe(version));

  it('is none of a commit that is named by its first digits', () => {
    expect(['876b725', '1234567', 'v1', '876b725f'].map((ref) => versionOfRef(ref, '876b725e12345678'))).toEqual([
      undefined,
      '1234567.0.0',
      '1.0.0',
      undefined,
    ]);
  });

  it('of commits without a tag sort as the commits do, below every tag', () => {
    const [older, newer] = [versionOfCommit('1a2b3c4d5e6f7a8b', '20260305070809'), versionOfCommit('0000000000000000', '20260305070810')];
    expect(older).toBe('0.0.0-20260305070809.g1a2b3c4d5e6f');
    expect(isVersion(older) && isVersion(newer) && older < newer).toBe(true);
  });

  it('of content are versions, whatever the digest has in it', () => {
    const version = versionOfContent('sha512-+/a+B/c0123456789xyz==');
    expect(version).toBe('0.0.0-caBc012345678');
    expect(isVersion(version)).toBe(true);
  });
});

it('orders versions as PEP 440 does', () => {
  const tags = [
    '1.9',
    '2.0.0.dev1',
    '2.0.0.dev2',
    '2.0.0a1',
    '2.0.0a2.dev1',
    '2.0.0a2',
    '2.0.0a10',
    '2.0.0b1',
    '2.0.0rc1',
    '2.0.0',
    '2.0.0.0.1',
    '2.0.0.0.2',
    '2.0.0.0.10',
    '2.0.0.1',
    '2.0.0.1.post1',
    '2.0.1.dev1',
    '2.0.1',
    '2.0.1.post2',
    '2.0.1.post10',
    '2.0.2',
  ];
  const versions = tags.map((tag) => versionOfTag(tag) ?? '');
  expect([...versions].sort(compareVersions)).toEqual(versions);
});
