import { expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { readPackFacts } from '../registry/pack-facts.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { formatNotice, PACKAGE_FILE, toDeprecatedField, toPackageJson, toPublication, withPackageJson } from './npm-package.ts';

const PACK = makePack({
  id: '@acme/api',
  version: '1.2.0',
  manifest: '[dependencies]\ncore = "^1"\nextra = { version = ">=2", optional = true, reason = "charts" }',
  files: { 'package.json': '{"name":"something else"}' },
});

it('describes a pack in npm words', () => {
  const json = toPackageJson(PACK.manifest);
  expect(json).toEqual({
    name: '@acme/api',
    version: '1.2.0',
    description: 'A pack for tests',
    keywords: ['packsmith'],
    license: 'MIT',
    packsmith: {
      format: 1,
      id: '@acme/api',
      version: '1.2.0',
      dependencies: { core: '^1', extra: { version: '>=2', optional: true, reason: 'charts' } },
    },
  });
  expect(readPackFacts(json['packsmith'])).toEqual({ id: '@acme/api', version: '1.2.0', dependencies: PACK.manifest.dependencies });
});

it('puts it in the place of one of the author', () => {
  const tree = withPackageJson(PACK.files, PACK.manifest);
  expect(JSON.parse(decodeUtf8(tree.get(PACKAGE_FILE)!.content)!)).toEqual(toPackageJson(PACK.manifest));
  expect(decodeUtf8(PACK.files.get(PACKAGE_FILE)!.content)).toContain('something else');
});

it('makes the document that publishes it', () => {
  const archive = { bytes: Uint8Array.of(1, 2, 3), integrity: 'sha512-x', shasum: 'abc' };
  const document = toPublication({
    manifest: PACK.manifest,
    archive,
    registry: 'http://host/npm/',
    tag: 'next',
    access: 'restricted',
    readme: '# A',
  });
  expect(document).toMatchObject({
    _id: '@acme/api',
    'dist-tags': { next: '1.2.0' },
    access: 'restricted',
    versions: { '1.2.0': { dist: { integrity: 'sha512-x', shasum: 'abc', tarball: 'http://host/npm/@acme/api/-/api-1.2.0.tgz' } } },
    _attachments: { '@acme/api-1.2.0.tgz': { data: 'AQID', length: 3 } },
  });
});

it.each([
  ['yanked', 'it loses data', 'api@^1.3', 'it loses data; use api@^1.3 instead', 'yanked: it loses data; use api@^1.3 instead'],
  ['yanked', undefined, undefined, 'withdrawn by its publisher', 'yanked: withdrawn by its publisher'],
  ['deprecated', 'old', undefined, 'old', 'old'],
  ['deprecated', undefined, 'api', 'no longer maintained; use api instead', 'no longer maintained; use api instead'],
] as const)('says of a version that is %s: %s, %s', (status, message, replacement, notice, field) => {
  expect(formatNotice({ status, message, replacement })).toBe(notice);
  expect(toDeprecatedField({ status, message, replacement })).toBe(field);
});
