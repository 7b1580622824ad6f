import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitSource, type GitSourceSettings } from '../../src/adapters/sources/git/git-source.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import { type PackReference, parsePackReference } from '../../src/core/pack/pack-reference.ts';
import { codeOf } from '../contracts/pack-source.ts';
import { GitRepository, gitEnvironment, startGitServer } from '../support/git-repository.ts';
import { startServer } from '../support/loopback-server.ts';
import { makeDirectory, makePublishedPack, type TemporaryDirectory, writePack } from '../support/source-fixture.ts';

const ONLINE = { offline: false };
let directory: TemporaryDirectory;
let repository: GitRepository;

beforeEach(() => {
  directory = makeDirectory();
  repository = new GitRepository(directory.path, 'pack.git');
});
afterEach(() => directory.remove());

function open(settings: Partial<GitSourceSettings> = {}): GitSource {
  return new GitSource({ cacheDirectory: join(directory.path, 'cache'), env: gitEnvironment(directory.path), ...settings });
}

function at(ref?: string, path?: string): PackReference {
  return { kind: 'git', url: `file://${repository.bare}`, ...(ref === undefined ? {} : { ref }), ...(path === undefined ? {} : { path }) };
}

function publish(version: string, ...tags: readonly string[]): string {
  writePack(makePublishedPack('web', version), repository.work);
  return repository.commit(version, ...tags);
}

async function only(reference: PackReference, source = open(), options: { readonly offline: boolean } = ONLINE) {
  const [version] = await source.listVersions(reference, options);
  if (version === undefined) throw new Error('nothing is listed');
  return version;
}

async function failure(running: Promise<unknown>): Promise<PacksmithError> {
  const error = await running.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof PacksmithError) return error;
  throw error;
}

describe('what a ref means', () => {
  it('is a tag, a branch, a commit, the start of one, or the default branch; always pinned to the commit', async () => {
    const first = publish('1.0.0', 'v1', 'both');
    repository.git('branch', 'both');
    const second = publish('1.1.0');
    repository.git('push', '--quiet', 'origin', 'HEAD:refs/heads/both', 'HEAD:refs/heads/feature/x');
    const expected = [
      [undefined, '1.1.0', second],
      ['main', '1.1.0', second],
      ['feature/x', '1.1.0', second],
      ['v1', '1.0.0', first],
      ['both', '1.0.0', first],
      ['refs/heads/both', '1.1.0', second],
      [first, '1.0.0', first],
      [first.slice(0, 9), '1.0.0', first],
    ] as const;
    for (const [ref, version, commit] of expected) {
      const found = await only(at(ref));
      expect([ref, found.version, (found.pinned as { readonly ref: string }).ref]).toEqual([ref, version, commit]);
      expect((await only(at(ref), open(), { offline: true })).version).toBe(version);
    }
  });

  it('is looked for again each time, unless it is a commit', async () => {
    const commit = publish('1.0.0', 'v1');
    expect((await only(at('v1'))).version).toBe('1.0.0');
    publish('1.0.1', 'v1');
    expect((await only(at('v1'))).version).toBe('1.0.1');
    rmSync(repository.bare, { recursive: true });
    expect((await only(at(commit))).version).toBe('1.0.0');
    const gone = await failure(open().listVersions(at('v1'), ONLINE));
    expect([gone.code, gone.message, gone.hint]).toEqual([
      'SOURCE_UNREACHABLE',
      expect.stringMatching(/^there is no git repository at file:/),
      expect.stringContaining('check the path'),
    ]);
  });

  it('shows by its content that a tag was moved', async () => {
    publish('1.0.0', 'v1');
    const before = await open().fetch(await only(at('v1')), ONLINE);
    writeFileSync(join(repository.work, 'README.md'), '# Evil\n');
    repository.commit('same version, other content', 'v1');
    const after = await open().fetch(await only(at('v1')), ONLINE);
    expect(after.integrity).not.toBe(before.integrity);
  });

  it('that is not there is named, with what is', async () => {
    publish('1.0.0', 'v1.0.0');
    const error = await failure(open().listVersions(at('v1.0.1'), ONLINE));
    expect([error.code, error.hint]).toEqual(['PACK_NOT_FOUND', expect.stringContaining('v1.0.0')]);
    expect(await codeOf(open().listVersions(at('a'.repeat(40)), ONLINE))).toBe('PACK_NOT_FOUND');
    expect(await codeOf(open().listVersions(at('abcdef0'), ONLINE))).toBe('PACK_NOT_FOUND');
    expect(await codeOf(open().listVersions(at('--upload-pack=touch x'), ONLINE))).toBe('REFERENCE_INVALID');
  });

  it('with several packs is told by directory', async () => {
    writePack(makePublishedPack('one', '1.0.0'), join(repository.work, 'packs/one'));
    writePack(makePublishedPack('two', '2.0.0'), join(repository.work, 'packs/[two] *'));
    repository.commit('two packs');
    expect((await only(at(undefined, 'packs/one'))).id).toBe('one');
    const two = await only(at(undefined, 'packs/[two] *'));
    expect([two.id, (await open().fetch(two, ONLINE)).files.size]).toEqual(['two', makePublishedPack('two', '2.0.0').files.size]);
    const error = await failure(open().listVersions(at(), ONLINE));
    expect([error.code, error.suggestions]).toEqual(['PACK_NOT_FOUND', ['packs/[two] *', 'packs/one']]);
  });

  it('of an empty repository is nothing', async () => {
    expect(await codeOf(open().listVersions(at(), ONLINE))).toBe('PACK_NOT_FOUND');
  });
});

describe('what a repository may not hold', () => {
  async function refusal(change: () => void): Promise<PacksmithError> {
    writePack(makePublishedPack('web', '1.0.0'), repository.work);
    change();
    repository.commit('hostile');
    return failure(open().fetch(await only(at()), ONLINE));
  }

  it.each<[string, () => void, RegExp]>([
    ['a link', () => symlinkSync('/etc/passwd', join(repository.work, 'link')), /"link" is a symbolic link/],
    [
      'a submodule',
      () => repository.git('update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},sub`),
      /"sub" is a submodule|it did not/,
    ],
    ['two names that differ in case', () => writeFileSync(join(repository.work, 'readme.MD'), ''), /differ only in case/],
    ['a name that Windows reserves', () => writeFileSync(join(repository.work, 'aux.txt'), ''), /Windows reserves/],
    ['a control character', () => writeFileSync(join(repository.work, 'a\nb'), ''), /control character/],
    [
      'a file in Git LFS',
      () => writeFileSync(join(repository.work, 'x.bin'), 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'),
      /Git LFS/,
    ],
  ])('%s', async (name, change, message) => {
    if (name === 'a submodule') {
      writePack(makePublishedPack('web', '1.0.0'), repository.work);
      repository.git('add', '--all', '--force');
      change();
      repository.git('commit', '--quiet', '--message', 'hostile');
      repository.git('push', '--quiet', 'origin', 'HEAD');
    }
    const error = name === 'a submodule' ? await failure(open().fetch(await only(at()), ONLINE)) : await refusal(change);
    expect([error.code, error.message]).toEqual(['PACK_UNREADABLE', expect.stringMatching(message)]);
  });

  it('a file of 11 MiB', async () => {
    const error = await refusal(() => writeFileSync(join(repository.work, 'big'), Buffer.alloc(11 * 1024 * 1024)));
    expect(error.code).toBe('PACK_TOO_LARGE');
  });

  it('attributes that change what is read', async () => {
    writePack(makePublishedPack('web', '1.0.0'), repository.work);
    writeFileSync(join(repository.work, '.gitattributes'), '* text eol=crlf ident export-ignore filter=evil\n');
    writeFileSync(join(repository.work, 'id.txt'), '$Id$\n');
    repository.git('config', 'core.safecrlf', 'false');
    repository.commit('attributes');
    const { files } = await open().fetch(await only(at()), ONLINE);
    expect(Buffer.from(files.get('id.txt' as never)?.content ?? []).toString()).toBe('$Id$\n');
  });
});

describe('how git is run', () => {
  it('runs no hook, and no program that the settings of the user or the environment name', async () => {
    publish('1.0.0', 'v1');
    const marker = join(directory.path, 'ran');
    const hooks = join(directory.path, 'hooks');
    mkdirSync(hooks);
    for (const hook of ['reference-transaction', 'post-checkout', 'post-merge']) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch '${marker}'\n`);
      chmodSync(join(hooks, hook), 0o755);
    }
    writeFileSync(join(directory.path, '.gitconfig'), `[core]\n\thooksPath = ${hooks}\n\tfsmonitor = touch '${marker}'\n`);
    const env = { ...gitEnvironment(directory.path), GIT_DIR: '/nowhere', GIT_EXTERNAL_DIFF: 'x', GIT_PROXY_COMMAND: `touch ${marker}` };
    await open({ env }).fetch(await only(at('v1'), open({ env })), ONLINE);
    expect(existsSync(marker)).toBe(false);
  });

  it('speaks no other protocol than the one that was asked for', async () => {
    writeFileSync(join(directory.path, '.gitconfig'), `[url "ext::sh -c 'touch ${directory.path}/ran' "]\n\tinsteadOf = file://\n`);
    expect(await codeOf(open().listVersions(at(), ONLINE))).toBe('SOURCE_UNREACHABLE');
    expect(existsSync(join(directory.path, 'ran'))).toBe(false);
    expect(await codeOf(open().listVersions({ kind: 'git', url: 'ext::sh -c true' }, ONLINE))).toBe('REFERENCE_INVALID');
    expect(await codeOf(open().listVersions({ kind: 'git', url: '--upload-pack=x' }, ONLINE))).toBe('REFERENCE_INVALID');
  });

  it('says that git is missing', async () => {
    publish('1.0.0');
    expect(await codeOf(open({ program: 'no-such-git' }).listVersions(at(), ONLINE))).toBe('GIT_MISSING');
  });

  it('ends what takes too long, and stops when it is told to', async () => {
    const mute = await startServer(() => undefined);
    const reference = parsePackReference(`git+${mute.url}/x.git`);
    expect(await codeOf(open({ timeoutMilliseconds: 300 }).listVersions(reference, ONLINE))).toBe('SOURCE_UNREACHABLE');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    expect(await codeOf(open().listVersions(reference, { offline: false, signal: stop.signal }))).toBe('INTERRUPTED');
    await mute.stop();
  });

  it('gives credentials to their host without showing or keeping them', async () => {
    publish('1.0.0', 'v1');
    const server = await startGitServer(directory.path, { token: 'hunter2' });
    const plain = parsePackReference(`git+${server.url}/pack.git#v1`);
    const secret = parsePackReference(`git+${server.url.replace('//', '//x:hunter2@')}/pack.git#v1`);
    expect(await codeOf(open().listVersions(plain, ONLINE))).toBe('SOURCE_DENIED');
    const version = await only(secret);
    expect([version.version, JSON.stringify(version.provenance)]).toEqual(['1.0.0', expect.not.stringContaining('hunter2')]);
    expect((await open().fetch(version, ONLINE)).integrity).toMatch(/^sha512-/);
    const wrong = await failure(
      open().listVersions(parsePackReference(`git+${server.url.replace('//', '//x:pa55w0rd@')}/pack.git`), ONLINE),
    );
    expect([wrong.code, wrong.message.includes('pa55w0rd')]).toEqual(['SOURCE_DENIED', false]);
    await server.stop();
    const [mirror = ''] = readdirSync(join(directory.path, 'cache'));
    expect(readFileSync(join(directory.path, 'cache', mirror, 'config'), 'utf8')).not.toContain('hunter2');
  });

  it('may be asked by several at once', async () => {
    publish('1.0.0', 'v1');
    const versions = await Promise.all(Array.from({ length: 4 }, () => only(at('v1'))));
    expect(new Set(versions.map(({ version }) => version))).toEqual(new Set(['1.0.0']));
    expect(
      execFileSync(
        'git',
        ['--git-dir', join(directory.path, 'cache', readdirSync(join(directory.path, 'cache'))[0] ?? ''), 'fsck', '--no-dangling'],
        {
          env: gitEnvironment(directory.path),
          stdio: 'pipe',
        },
      ).toString(),
    ).toBe('');
  });
});
