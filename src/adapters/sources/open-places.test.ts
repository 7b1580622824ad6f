import { describe, expect, it } from 'vitest';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { createPackSources, type PackSourcesSettings } from './create-pack-sources.ts';
import { openPlaces } from './open-places.ts';

const SETTINGS: PackSourcesSettings = {
  version: '0.0.0',
  workingDirectory: '/nowhere',
  home: '/nowhere',
  env: {},
  platform: 'linux',
  nodePath: '/nowhere/node',
  cacheDirectory: '/nowhere/cache',
  config: {
    registries: [
      { name: 'main', type: 'npm', url: 'https://registry.example', scopes: [] },
      { name: 'later', type: 'oci', url: 'https://oci.example', scopes: [] },
      { name: 'acme', type: 'folder', url: '/nowhere/packs', scopes: ['@acme'] },
    ],
    proxies: { http: undefined, https: undefined, noProxy: [] },
  },
  now: () => 0,
};

const REFERENCES = [
  'core',
  '@acme/core@^1',
  '@other/core',
  './dir',
  './pack.tgz',
  'https://example.org/p.tgz',
  'git+https://example.org/p.git',
  'npm:core',
];

describe('openPlaces', () => {
  const places = openPlaces(SETTINGS);
  const deferred = [...places.sources, ...places.registries.map(({ source }) => source)];
  const { sources } = createPackSources(SETTINGS);

  it('has the sources that are made when one is asked, in the same order', () => {
    expect(deferred.map(({ kind }) => kind)).toEqual(sources.map(({ kind }) => kind));
  });

  it.each(REFERENCES)('accepts %s as they do', (text) => {
    const reference = parsePackReference(text);
    expect(deferred.map((source) => source.accepts(reference))).toEqual(sources.map((source) => source.accepts(reference)));
  });

  it('names the registries that can be read', () => {
    expect(places.registries.map(({ name, scopes }) => [name, scopes])).toEqual([
      ['main', []],
      ['acme', ['@acme']],
    ]);
  });
});
