import { describe, expect, it } from 'vitest';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { checkContentGates, checkRegistryGates, type Gate } from './check-gates.ts';

const WHOLE = { 'README.md': '# Sample\n', 'CHANGELOG.md': '# Changelog\n\n## 1.0.0\n\n- First.\n', LICENSE: 'MIT\n' };

const failing = (gates: readonly Gate[]): string[] =>
  gates.filter(({ passed }) => !passed).flatMap(({ name, findings }) => findings.map(({ code, message }) => `${name} ${code}: ${message}`));

const contentOf = (fixture: PackFixture) =>
  checkContentGates({ files: makePack({ ...fixture, files: { ...WHOLE, ...fixture.files } }).files });

describe('gates of the content', () => {
  it('are all passed by a pack that is whole', () => {
    const { gates, pack } = contentOf({});
    expect(failing(gates)).toEqual([]);
    expect(gates.map(({ name }) => name)).toEqual(['valid', 'readme', 'changelog', 'license', 'size', 'secrets']);
    expect(pack?.manifest.id).toBe('sample');
  });

  it('list everything at once', () => {
    const files = makePack({
      manifest: '[variables.a]\ntype = "string"\npattern = "("',
      files: { 'templates/a.jinja': '{% if %}', '.env': 'A=blue' },
    }).files;
    const { gates, pack } = checkContentGates({ files });
    expect(failing(gates).map((text) => text.slice(0, text.indexOf(':')))).toEqual([
      'valid MANIFEST_INVALID_PATTERN',
      'valid TEMPLATE_ERROR',
      'readme PACK_FILE_MISSING',
      'changelog PACK_FILE_MISSING',
      'license PACK_FILE_MISSING',
      'secrets SECRET_FOUND',
    ]);
    expect(pack).toBeDefined();
  });

  it('judge what they can of a pack without a usable manifest', () => {
    const entry = { content: new TextEncoder().encode('format = 1\n[pack]\nid = "X"\n'), mode: 0o644 };
    const { gates, pack } = checkContentGates({ files: new Map([['pack.toml', entry]]) as never });
    expect(pack).toBeUndefined();
    expect(gates.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['valid', 'readme', 'changelog', 'license']);
  });

  it.each([
    ['an empty README', { 'README.md': ' \n' }, 'readme PACK_FILE_MISSING: README.md is empty'],
    [
      'a changelog of another version',
      { 'CHANGELOG.md': '## 0.9.0\n' },
      'changelog CHANGELOG_VERSION_MISSING: the changelog has no section for 1.0.0',
    ],
    [
      'a version that stands only in a sentence',
      { 'CHANGELOG.md': 'soon: 1.0.0\n' },
      'changelog CHANGELOG_VERSION_MISSING: the changelog has no section for 1.0.0',
    ],
  ])('refuse %s', (_name, files, expected) => {
    expect(failing(contentOf({ files }).gates)).toEqual([expected]);
  });

  it('refuse a file over the limit', () => {
    const { gates } = contentOf({ files: { 'templates/big.bin': new Uint8Array(10 * 1024 * 1024 + 1) } });
    expect(failing(gates)).toEqual([
      expect.stringMatching(/^size PACK_FILES_INVALID: templates\/big\.bin has 10485761 bytes; the limit is 10485760/),
    ]);
  });
});

describe('gates of the registry', () => {
  const available = (...versions: readonly string[]) => versions.map((version) => ({ version, status: 'available' as const }));
  const variable = (name: string) => `[variables.${name}]\ntype = "string"\ndefault = "x"`;

  it('are passed by the first version', () => {
    expect(failing(checkRegistryGates(makePack(), { published: [], previous: undefined, tag: undefined }))).toEqual([]);
  });

  it.each([
    ['a version that is there', '1.0.0', ['1.0.0'], undefined, ['version VERSION_NOT_NEW: sample 1.0.0 is published already']],
    [
      'an older version',
      '1.0.1',
      ['1.0.0', '2.0.0'],
      undefined,
      ['version VERSION_NOT_NEW: 1.0.1 is older than 2.0.0, the newest version that is published'],
    ],
    ['an older version with a tag of its own', '1.0.1', ['1.0.0', '2.0.0'], 'legacy', []],
    ['a release beside newer pre-releases', '1.0.1', ['1.0.0', '2.0.0-rc.1'], undefined, []],
    ['a newer version', '1.1.0', ['1.0.0'], undefined, []],
  ])('judge %s', (_name, version, published, tag, expected) => {
    const gates = checkRegistryGates(makePack({ version }), { published: available(...published), previous: undefined, tag });
    expect(failing(gates)).toEqual(expected);
  });

  it.each([
    ['1.1.0', 'a minor version that breaks', 1],
    ['2.0.0', 'a major version that breaks', 0],
  ])('judge %s: %s', (version, _name, count) => {
    const previous = makePack({ version: '1.0.0', manifest: variable('old') });
    const gates = checkRegistryGates(makePack({ version, manifest: variable('other') }), {
      published: available('1.0.0'),
      previous,
      tag: undefined,
    });
    expect(failing(gates).filter((text) => text.startsWith('compatibility BREAKING_CHANGE'))).toHaveLength(count);
  });
});
