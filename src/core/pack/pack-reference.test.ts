import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { formatPackReference, type PackReference, parsePackReference } from './pack-reference.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

/** Text, what it means, and how it is written again where that differs. */
const VALID: readonly [string, object, string?][] = [
  ['web-api-starter', { kind: 'id', name: 'web-api-starter' }],
  ['web-api-starter@^1.2', { kind: 'id', name: 'web-api-starter', range: '^1.2' }],
  ['@acme/api@latest', { kind: 'id', name: '@acme/api', range: 'latest' }],
  ['@acme/api', { kind: 'id', name: '@acme/api' }],
  ['web@>=1 <3 || 5.x', { kind: 'id', name: 'web', range: '>=1 <3 || 5.x' }],
  ['  web@1.0.0-rc.1 ', { kind: 'id', name: 'web', range: '1.0.0-rc.1' }, 'web@1.0.0-rc.1'],
  ['./dir', { kind: 'path', path: './dir' }],
  ['../dir', { kind: 'path', path: '../dir' }],
  ['.', { kind: 'path', path: '.' }],
  ['..', { kind: 'path', path: '..' }],
  ['/opt/packs/web', { kind: 'path', path: '/opt/packs/web' }],
  ['~/packs/web', { kind: 'path', path: '~/packs/web' }],
  ['C:\\packs\\web', { kind: 'path', path: 'C:\\packs\\web' }],
  ['.\\web', { kind: 'path', path: '.\\web' }],
  ['./ünïcode dir@1#x', { kind: 'path', path: './ünïcode dir@1#x' }],
  ['file:../dir', { kind: 'path', path: '../dir' }, '../dir'],
  ['file:dir', { kind: 'path', path: 'dir' }],
  ['FILE:dir', { kind: 'path', path: 'dir' }, 'file:dir'],
  ['file:///opt/my%20packs', { kind: 'path', path: '/opt/my packs' }, '/opt/my packs'],
  ['file://localhost/opt', { kind: 'path', path: '/opt' }, '/opt'],
  ['file:///C:/packs', { kind: 'path', path: 'C:/packs' }, 'C:/packs'],
  ['pack.tgz', { kind: 'archive', path: 'pack.tgz' }],
  ['dir/pack-1.2.0.tar.gz', { kind: 'archive', path: 'dir/pack-1.2.0.tar.gz' }],
  ['./pack.zip', { kind: 'archive', path: './pack.zip' }],
  ['./pack.zip/sets/one', { kind: 'archive', path: './pack.zip/sets/one' }],
  ['packs.tar.gz/one/', { kind: 'archive', path: 'packs.tar.gz/one/' }],
  ['file:pack.tgz', { kind: 'archive', path: 'pack.tgz' }, 'pack.tgz'],
  ['gh:owner/repo', { kind: 'git', url: 'https://github.com/owner/repo.git' }],
  [
    'gl:own.er/repo/dir#v1',
    { kind: 'git', url: 'https://gitlab.com/own.er/repo.git', path: 'dir', ref: 'v1' },
    'git+https://gitlab.com/own.er/repo.git/dir#v1',
  ],
  [
    'gl:group/sub/repo.git/dir',
    { kind: 'git', url: 'https://gitlab.com/group/sub/repo.git', path: 'dir' },
    'git+https://gitlab.com/group/sub/repo.git/dir',
  ],
  ['bb:owner/repo', { kind: 'git', url: 'https://bitbucket.org/owner/repo.git' }, 'git+https://bitbucket.org/owner/repo.git'],
  ['gh:owner/repo/sub/dir#v1.2.0', { kind: 'git', url: 'https://github.com/owner/repo.git', path: 'sub/dir', ref: 'v1.2.0' }],
  ['gh:owner/repo.git#feature/x', { kind: 'git', url: 'https://github.com/owner/repo.git', ref: 'feature/x' }, 'gh:owner/repo#feature/x'],
  ['git+https://host/repo.git#ref', { kind: 'git', url: 'https://host/repo.git', ref: 'ref' }],
  ['git+https://host:8443/a/repo', { kind: 'git', url: 'https://host:8443/a/repo' }],
  ['git+https://host/repo.git/packs/web#v1', { kind: 'git', url: 'https://host/repo.git', path: 'packs/web', ref: 'v1' }],
  ['https://host/repo.git', { kind: 'git', url: 'https://host/repo.git' }, 'git+https://host/repo.git'],
  ['http://host/repo.git/dir#v1', { kind: 'git', url: 'http://host/repo.git', path: 'dir', ref: 'v1' }, 'git+http://host/repo.git/dir#v1'],
  ['https://github.com/owner/repo.git', { kind: 'git', url: 'https://github.com/owner/repo.git' }, 'gh:owner/repo'],
  ['https://github.com/owner/repo', { kind: 'git', url: 'https://github.com/owner/repo.git' }, 'gh:owner/repo'],
  ['https://www.github.com/owner/repo/', { kind: 'git', url: 'https://github.com/owner/repo.git' }, 'gh:owner/repo'],
  ['https://github.com/owner/repo#fix/a', { kind: 'git', url: 'https://github.com/owner/repo.git', ref: 'fix/a' }, 'gh:owner/repo#fix/a'],
  ['https://gitlab.com/owner/repo', { kind: 'git', url: 'https://gitlab.com/owner/repo.git' }, 'git+https://gitlab.com/owner/repo.git'],
  [
    'https://github.com/owner/repo/archive/refs/tags/v1.zip',
    { kind: 'url', url: 'https://github.com/owner/repo/archive/refs/tags/v1.zip' },
  ],
  ['git+ssh://git@host/repo.git', { kind: 'git', url: 'ssh://git@host/repo.git' }, 'ssh://git@host/repo.git'],
  ['git@host:owner/repo.git#v1', { kind: 'git', url: 'ssh://git@host/owner/repo.git', ref: 'v1' }, 'ssh://git@host/owner/repo.git#v1'],
  ['git+file:///srv/repo.git/sub', { kind: 'git', url: 'file:///srv/repo.git', path: 'sub' }],
  ['git://host/repo.git', { kind: 'git', url: 'git://host/repo.git' }],
  ['git+https://user:s3cret@host/repo.git', { kind: 'git', url: 'https://user:s3cret@host/repo.git' }, 'git+https://***@host/repo.git'],
  ['npm:@acme/pack-api@^1', { kind: 'npm', name: '@acme/pack-api', range: '^1' }],
  ['npm:pack-api', { kind: 'npm', name: 'pack-api' }],
  ['oci://host/path/pack:1.2.0', { kind: 'oci', host: 'host', repository: 'path/pack', tag: '1.2.0' }],
  ['oci://localhost:5000/pack', { kind: 'oci', host: 'localhost:5000', repository: 'pack' }],
  [`oci://host/pack:1@${DIGEST}`, { kind: 'oci', host: 'host', repository: 'pack', tag: '1', digest: DIGEST }],
  ['https://host/pack-1.2.0.tgz', { kind: 'url', url: 'https://host/pack-1.2.0.tgz' }],
  ['https://host/download?id=1', { kind: 'url', url: 'https://host/download?id=1' }],
  ['https://host/p.tgz?token=abc&x=1', { kind: 'url', url: 'https://host/p.tgz?token=abc&x=1' }, 'https://host/p.tgz?token=***&x=1'],
];

const INVALID: readonly [string, string, string?][] = [
  ['', 'it is empty'],
  ['   ', 'it is empty'],
  ['a'.repeat(3_000), 'longer than 2048 characters'],
  ['a\u0000b', 'control characters'],
  ['./a\u001b[31m', 'control characters'],
  ['./a\u202eb', 'control characters'],
  ['Web', 'a pack id is lower-case', 'write "web"'],
  ['web api', 'a pack id is lower-case', './directory'],
  ['packs/web', 'a pack id is lower-case', 'write "./packs/web"'],
  ['w\u0435b', 'U+0435', 'type the name anew'],
  ['npm:\u0440ack', 'U+0440'],
  ['gh:\u043ewner/repo', 'U+043E'],
  ['https://ex\u0430mple.com/p.tgz', 'U+0430'],
  ['web@', 'nothing stands after the "@"', 'name@latest'],
  ['web@not a range', 'is not a version range'],
  ['@acme', 'a pack id is lower-case'],
  ['@/x', 'a pack id is lower-case'],
  ['npm:', 'a pack id is lower-case'],
  ['npm:Upper', 'is not the name of an npm package'],
  ['npm:../x', 'is not the name of an npm package'],
  ['file:', 'a pack id is lower-case'],
  ['file: ', 'a pack id is lower-case'],
  ['file://host/share', 'must not name a host'],
  ['file:///a%zz', 'malformed % escape'],
  ['file:///a%00', 'control characters'],
  ['gh:owner', 'owner or the repository is missing', 'gh:owner/repository'],
  ['gl:owner', 'owner or the repository is missing', 'gl:owner/repository'],
  ['gl:../repo.git', 'owner or the repository is missing'],
  ['gl:a/../repo.git', 'owner or the repository is missing'],
  ['bb:-o/repo', 'owner or the repository is missing'],
  ['gh:-owner/repo', 'owner or the repository is missing'],
  ['gh:owner/..', 'owner or the repository is missing'],
  ['gh:owner/repo/../../etc', 'directory in the repository is refused'],
  ['gh:owner/repo#', 'is not a branch, tag or commit'],
  ['gh:owner/repo#-oProxy', 'is not a branch, tag or commit'],
  ['gh:owner/repo#a..b', 'is not a branch, tag or commit'],
  ['gh:owner/repo#a b', 'is not a branch, tag or commit'],
  ['git+https://', 'host or the path of the repository is missing'],
  ['git+https://host', 'host or the path of the repository is missing'],
  ['git+ssh://-oProxyCommand=x/y', 'host or the path of the repository is missing'],
  ['git+ssh://git@-oProxyCommand=x/y', 'host or the path of the repository is missing'],
  ['git+file://host/repo', 'host or the path of the repository is missing'],
  ['git+https://host/repo.git/../x', 'directory in the repository is refused'],
  ['oci://host', 'host or the repository is missing'],
  ['oci://host/UPPER', 'host or the repository is missing'],
  ['oci://host/pack:', 'is not a tag'],
  ['oci://host/pack@sha256:12', '64 hexadecimal digits'],
  ['https://', 'the host is missing'],
  ['https://github.com/owner/repo/tree/main/sub/dir', 'a page about a repository', 'write gh:owner/repo/sub/dir#main'],
  ['https://gitlab.com/owner/repo/-/tree/v1', 'a page about a repository', 'write gl:owner/repo#v1'],
  ['https://host/repo.git?depth=1', 'a git repository has no query', 'leave out'],
  ['https://bitbucket.org/owner/repo/src/main/', 'a page about a repository', 'write bb:owner/repo#main'],
  ['github:owner/repo', '"github:" is not known', 'did you mean "gh:"?'],
  ['htps://host/x.tgz', '"htps:" is not known', 'did you mean "https:"?'],
  ['javascript:alert(1)', '"javascript:" is not known', 'known are file:'],
];

function fail(text: string): PacksmithError {
  try {
    parsePackReference(text);
  } catch (error) {
    if (error instanceof PacksmithError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('parsePackReference', () => {
  it.each(VALID)('reads %j', (text, expected, written) => {
    const reference = parsePackReference(text);
    expect(reference).toEqual(expected);
    expect(formatPackReference(reference)).toBe(written ?? text);
  });

  it.each(INVALID)('refuses %j', (text, reason, hint = '') => {
    const error = fail(text);
    expect(error.code).toBe('REFERENCE_INVALID');
    expect(error.message).toContain(reason);
    expect(error.hint ?? '').toContain(hint);
  });

  it.each(['git+https://ada:s3cret@host', 'https://s3cret@host/repo.git/../x', 'htps://x:s3cret@host/', 'https://host/x.git?token=s3cret'])(
    'does not repeat the credentials of %j',
    (text) => {
      const { message, hint } = fail(text);
      expect(`${message}${hint}`).not.toContain('s3cret');
    },
  );

  it('throws nothing but REFERENCE_INVALID, and what it accepts it reads again as the same', () => {
    const part = fc.constantFrom(
      'a',
      'B',
      '1',
      '@',
      '/',
      ':',
      '.',
      '..',
      '#',
      '-',
      '_',
      '~',
      ' ',
      '\\',
      '%20',
      '.git',
      '.tgz',
      '^1',
      '*',
      '?',
      'gh:',
      'npm:',
      'git+',
      'https://',
      'ssh://',
      'oci://',
      'file:',
      '\u0430',
      '\ud800',
      '\u0000',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const reference = attempt(text);
        if (reference === undefined) return;
        const written = formatPackReference(reference);
        if (!written.includes('***')) expect(parsePackReference(written)).toEqual(reference);
      }),
      { numRuns: 1_000 },
    );
  });
});

function attempt(text: string): PackReference | undefined {
  try {
    return parsePackReference(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'REFERENCE_INVALID' });
    return undefined;
  }
}
