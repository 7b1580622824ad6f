import { describe, expect, it } from 'vitest';
import { parseUserConfig } from './parse-user-config.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

describe('parseUserConfig', () => {
  it('gives the defaults for an empty file', () => {
    expect(parseUserConfig('')).toEqual({
      config: {
        directories: [],
        ownPacks: [],
        registries: [],
        trustedPacks: [],
        trustedFormatters: [],
        defaults: { author: undefined, variables: new Map() },
        signatures: { policy: 'off', keys: [] },
        proxies: { http: undefined, https: undefined, noProxy: [] },
      },
      diagnostics: [],
    });
  });

  it('reads every setting', () => {
    const { config, diagnostics } = parseUserConfig(`
[repositories]
directories = ["~/packs"]
[registries.acme]
type = "npm"
url = "https://npm.acme.example/"
scopes = ["@acme"]
keys = [{ keyid = "SHA256:one", key = "AAAAAAAAAAAAAAAAAAAAAAAA", expires = "2026-01-31T00:00:00Z" }]
[registries.shelf]
type = "folder"
url = "../shelf"
[registries.images]
type = "oci"
url = "oci://images.example/packs"
[trust]
packs = [{ id = "@acme/web", integrity = "${INTEGRITY}" }]
formatters = [{ directory = "/home/ada/shop", run = ["npx", "prettier"] }]
own = [{ id = "web", directory = "/home/ada/web" }]
[defaults]
author = "Ada"
[defaults.variables]
license = "MIT"
[signatures]
policy = "require"
keys = [{ name = "acme", key = "ssh-ed25519 AAAA" }]
[proxies]
https = "http://user:secret@proxy.example:3128"
no_proxy = ["localhost"]
`);
    expect(diagnostics).toEqual([]);
    expect(config).toMatchObject({
      directories: ['~/packs'],
      registries: [
        {
          name: 'acme',
          type: 'npm',
          url: 'https://npm.acme.example/',
          scopes: ['@acme'],
          keys: [{ keyid: 'SHA256:one', key: 'AAAAAAAAAAAAAAAAAAAAAAAA', expires: '2026-01-31T00:00:00Z' }],
        },
        { name: 'shelf', type: 'folder', url: '../shelf', scopes: [] },
        { name: 'images', type: 'oci' },
      ],
      trustedPacks: [{ id: '@acme/web', integrity: INTEGRITY }],
      trustedFormatters: [{ directory: '/home/ada/shop', run: ['npx', 'prettier'] }],
      ownPacks: [{ id: 'web', directory: '/home/ada/web' }],
      defaults: { author: 'Ada', variables: new Map([['license', 'MIT']]) },
      signatures: { policy: 'require', keys: [{ name: 'acme', key: 'ssh-ed25519 AAAA' }] },
      proxies: { noProxy: ['localhost'] },
    });
  });

  it.each([
    ['an unknown section', '[repository]\ndirectories = []', 'MANIFEST_UNKNOWN_KEY', '1:2'],
    ['directories as text', '[repositories]\ndirectories = "a"', 'MANIFEST_INVALID_VALUE', '2:15'],
    ['an empty directory', '[repositories]\ndirectories = [""]', 'MANIFEST_INVALID_VALUE', '2:16'],
    ['a registry without a type', '[registries.a]\nurl = "https://x"', 'MANIFEST_MISSING_KEY', '1:13'],
    ['an unknown type', '[registries.a]\ntype = "nmp"\nurl = "https://x"', 'MANIFEST_INVALID_VALUE', '2:8'],
    ['an npm registry that is a folder', '[registries.a]\ntype = "npm"\nurl = "./x"', 'MANIFEST_INVALID_VALUE', '3:7'],
    ['an OCI registry without an address', '[registries.a]\ntype = "oci"\nurl = "x"', 'MANIFEST_INVALID_VALUE', '3:7'],
    ['a name with capitals', '[registries.Acme]\ntype = "npm"\nurl = "https://x"', 'MANIFEST_INVALID_VALUE', '1:13'],
    ['a scope without @', '[registries.a]\ntype = "npm"\nurl = "https://x"\nscopes = ["acme"]', 'MANIFEST_INVALID_VALUE', '4:11'],
    ['trust without integrity', '[trust]\npacks = [{ id = "a" }]', 'MANIFEST_MISSING_KEY', '2:10'],
    ['trust in a malformed integrity', '[trust]\npacks = [{ id = "a", integrity = "sha1-x" }]', 'MANIFEST_INVALID_VALUE', '2:34'],
    ['own work under a malformed id', '[[trust.own]]\nid = "My Pack"\ndirectory = "/a"', 'MANIFEST_INVALID_VALUE', '2:6'],
    ['trust in a malformed id', `[trust]\npacks = [{ id = "A", integrity = "${INTEGRITY}" }]`, 'MANIFEST_INVALID_VALUE', '2:17'],
    ['an unknown policy', '[signatures]\npolicy = "always"', 'MANIFEST_INVALID_VALUE', '2:10'],
    [
      'two keys of one name',
      '[signatures]\nkeys = [{ name = "a", key = "x" }, { name = "a", key = "y" }]',
      'MANIFEST_KEY_CONFLICT',
      '2:36',
    ],
    ['a proxy of another scheme', '[proxies]\nhttp = "socks5://x"', 'MANIFEST_INVALID_VALUE', '2:8'],
    ['a format of the future', 'format = 2', 'MANIFEST_UNSUPPORTED_FORMAT', '1:10'],
    ['a syntax error', '[proxies', 'MANIFEST_SYNTAX', '1:2'],
  ])('reports %s', (_name, text, code, place) => {
    const { config, diagnostics } = parseUserConfig(text);
    expect(diagnostics.map(({ code: found, where }) => [found, `${where?.line}:${where?.column}`])).toEqual([[code, place]]);
    expect(config).toBeUndefined();
  });

  it('refuses credentials in the address of a registry without repeating them', () => {
    const { diagnostics } = parseUserConfig('[registries.a]\ntype = "npm"\nurl = "https://ada:s3cret@npm.example/"');
    expect(diagnostics).toMatchObject([{ code: 'MANIFEST_INVALID_VALUE', message: expect.stringContaining('credentials') }]);
    expect(JSON.stringify(diagnostics)).not.toMatch(/s3cret|ada/);
  });
});
