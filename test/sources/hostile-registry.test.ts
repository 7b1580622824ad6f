import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/adapters/http/http-client.ts';
import { ResponseCache } from '../../src/adapters/http/response-cache.ts';
import { ArchiveCache } from '../../src/adapters/sources/archive/archive-cache.ts';
import { ArchiveUrlSource } from '../../src/adapters/sources/archive/archive-url-source.ts';
import { computeIntegrity } from '../../src/adapters/sources/archive/integrity.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import { FolderRegistrySource } from '../../src/adapters/sources/folder-registry/folder-registry-source.ts';
import { NpmConfig } from '../../src/adapters/sources/npm/npm-config.ts';
import { NpmSource, type NpmSourceSettings } from '../../src/adapters/sources/npm/npm-source.ts';
import type { RegistryKey } from '../../src/adapters/sources/npm/registry-signatures.ts';
import { parsePackReference } from '../../src/core/pack/pack-reference.ts';
import { formatPackFacts } from '../../src/core/registry/pack-facts.ts';
import type { AvailableVersion, PackSource } from '../../src/ports/pack-source.ts';
import { codeOf } from '../contracts/pack-source.ts';
import { type LoopbackServer, startServer } from '../support/loopback-server.ts';
import { makeTgz } from '../support/make-tar.ts';
import { makeDirectory, makePublishedPack, type TemporaryDirectory } from '../support/source-fixture.ts';

const PACK = makePublishedPack('web', '1.0.0');
const BYTES = packArchive(PACK.files);
const GOOD = computeIntegrity(BYTES);
const ONLINE = { offline: false };
const HOSTILE = makeTgz([{ path: 'package/pack.toml' }, { path: 'package/x', type: 'SymbolicLink', linkpath: '/etc/passwd' }]);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: LoopbackServer;
let answers: Map<string, Answer>;
let directory: TemporaryDirectory;
let http: HttpClient;

beforeAll(async () => {
  server = await startServer((request, response) => {
    const answer = answers.get(decodeURIComponent(request.url ?? ''));
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  http = new HttpClient({ userAgent: 'packsmith-tests', limits: { retries: 0, idleMilliseconds: 300 } });
});
afterAll(async () => {
  http.close();
  await server.stop();
});
beforeEach(() => {
  answers = new Map();
  directory = makeDirectory();
  return () => directory.remove();
});

function send(content: string | Uint8Array, type: string): Answer {
  return (_request, response) => response.writeHead(200, { 'content-type': type }).end(content);
}

function ports() {
  const responses = new ResponseCache(join(directory.path, 'http'));
  return { http, responses, archives: new ArchiveCache(join(directory.path, 'archives')) };
}

function npm(settings: Partial<NpmSourceSettings> = {}): NpmSource {
  const config = new NpmConfig(new Map([['registry', server.url]]));
  return new NpmSource({ ...ports(), config, now: () => Date.parse('2026-06-01'), ...settings });
}

/** What a registry says of one version, with anything in it changed. */
function packument(version: Record<string, unknown> = {}, dist: Record<string, unknown> = {}, rest: Record<string, unknown> = {}): string {
  const facts = formatPackFacts(PACK.manifest);
  const stated = { tarball: `${server.url}/web.tgz`, integrity: GOOD, ...dist };
  const versions = { '1.0.0': { name: 'web', version: '1.0.0', packsmith: facts, dist: stated, ...version } };
  return JSON.stringify({ name: 'web', 'dist-tags': { latest: '1.0.0' }, versions, ...rest });
}

function serve(document: string, bytes: Uint8Array = BYTES): void {
  answers.set('/web', send(document, 'application/json'));
  answers.set('/web.tgz', send(bytes, 'application/octet-stream'));
}

const REFERENCE = parsePackReference('npm:web');

async function install(source: PackSource, reference = REFERENCE): Promise<string> {
  return codeOf(
    (async () => {
      const [version] = (await source.listVersions(reference, ONLINE)) ?? [];
      if (version === undefined) return;
      await source.fetch(version, ONLINE);
    })(),
  );
}

function kept(): string[] {
  const folder = join(directory.path, 'archives');
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe('a hostile registry of the npm protocol', () => {
  it('is the good one when nothing is changed', async () => {
    serve(packument());
    expect([await install(npm()), kept().length]).toEqual(['no error', 1]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['another hash', {}, { integrity: computeIntegrity(Buffer.from('other')) }, 'INTEGRITY_MISMATCH'],
    ['no hash', {}, { integrity: undefined }, 'SOURCE_RESPONSE_INVALID'],
    ['a weak hash only', {}, { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', shasum: 'da39a3ee' }, 'SOURCE_RESPONSE_INVALID'],
    ['an archive that is not there', {}, { tarball: 'nothing.tgz' }, 'SOURCE_RESPONSE_INVALID'],
    ['an archive in a file', {}, { tarball: 'file:///etc/passwd' }, 'SOURCE_RESPONSE_INVALID'],
    [
      'dependencies that the pack does not have',
      { packsmith: { format: 1, id: 'web', version: '1.0.0', dependencies: { evil: '*' } } },
      {},
      'SOURCE_RESPONSE_INVALID',
    ],
    ['another id', { packsmith: { format: 1, id: 'other', version: '1.0.0', dependencies: {} } }, {}, 'SOURCE_RESPONSE_INVALID'],
  ])('states %s', async (_name, version, dist, code) => {
    serve(packument(version, dist));
    expect(await install(npm())).toBe(code);
    if (code === 'INTEGRITY_MISMATCH') expect(kept()).toEqual([]);
  });

  it.each<[string, () => Answer, string]>([
    ['a page for people', () => send('<html>', 'text/html'), 'SOURCE_RESPONSE_INVALID'],
    ['no JSON', () => send('{', 'application/json'), 'SOURCE_RESPONSE_INVALID'],
    ['another document', () => send('[]', 'application/json'), 'SOURCE_RESPONSE_INVALID'],
    ['another package', () => send(packument({}, {}, { name: 'other' }), 'application/json'), 'SOURCE_RESPONSE_INVALID'],
    ['no UTF-8', () => send(Buffer.from([0x7b, 0xff, 0x7d]), 'application/json'), 'SOURCE_RESPONSE_INVALID'],
    [
      'half a document',
      () => (_q, s) => void s.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' }).end('{', () => s.destroy()),
      'SOURCE_UNREACHABLE',
    ],
    ['nothing, slowly', () => () => undefined, 'SOURCE_UNREACHABLE'],
    ['that it needs credentials', () => (_q, s) => void s.writeHead(401).end(), 'SOURCE_DENIED'],
    ['a circle', () => (_q, s) => void s.writeHead(302, { location: '/web' }).end(), 'SOURCE_RESPONSE_INVALID'],
    [
      'a packument of 20 GB',
      () => (_q, s) => void s.writeHead(200, { 'content-type': 'application/json', 'content-length': '20000000000' }).end(),
      'SOURCE_RESPONSE_INVALID',
    ],
  ])('answers with %s', async (_name, answer, code) => {
    answers.set('/web', answer());
    expect(await install(npm())).toBe(code);
    expect(existsSync(join(directory.path, 'http'))).toBe(false);
  });

  it('answers in short where the whole is too large', async () => {
    answers.set('/web', (request, response) => {
      if (request.headers.accept === 'application/json') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999999999' }).end();
      } else send(packument({ packsmith: undefined }), 'application/vnd.npm.install-v1+json')(request, response);
    });
    answers.set('/web.tgz', send(BYTES, 'application/octet-stream'));
    const [version] = (await npm().listVersions(REFERENCE, ONLINE)) ?? [];
    expect([version?.dependencies, await install(npm())]).toEqual([undefined, 'no error']);
  });

  it.each<[string, Uint8Array, string]>([
    ['a link', HOSTILE, 'ARCHIVE_REFUSED'],
    ['no pack', makeTgz([{ path: 'package/index.js' }]), 'MANIFEST_INVALID'],
    ['another version', packArchive(makePublishedPack('web', '2.0.0').files), 'SOURCE_RESPONSE_INVALID'],
  ])('gives an archive with %s', async (_name, bytes, code) => {
    serve(packument({}, { integrity: computeIntegrity(bytes) }), bytes);
    expect(await install(npm())).toBe(code);
  });

  it('replaces a version after it was chosen', async () => {
    serve(packument());
    const [version] = (await npm().listVersions(REFERENCE, ONLINE)) ?? [];
    const other = packArchive(makePublishedPack('web', '1.0.0').files, { prefix: 'other' });
    serve(packument({}, { integrity: computeIntegrity(other) }), other);
    expect(await codeOf(npm().fetch(version as AvailableVersion, ONLINE))).toBe('INTEGRITY_MISMATCH');
    expect(kept()).toEqual([]);
  });

  it('changes the cache of archives behind our back', async () => {
    serve(packument());
    await install(npm());
    const [name = ''] = kept();
    writeFileSync(join(directory.path, 'archives', name), HOSTILE);
    expect(await install(npm())).toBe('no error');
    writeFileSync(join(directory.path, 'archives', name), HOSTILE);
    const offline = { offline: true };
    const [version] = (await npm().listVersions(REFERENCE, offline)) ?? [];
    expect(await codeOf(npm().fetch(version as AvailableVersion, offline))).toBe('OFFLINE_MISSING');
  });

  it('asks again by ETag, and does not believe a 304 that nobody asked for', async () => {
    const seen: (string | undefined)[] = [];
    answers.set('/web', (request, response) => {
      seen.push(request.headers['if-none-match']);
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'application/json', etag: '"7"' }).end(packument());
    });
    const first = await npm().listVersions(REFERENCE, ONLINE);
    expect([await npm().listVersions(REFERENCE, ONLINE), seen]).toEqual([first, [undefined, '"7"']]);
    answers.set('/web2', (_request, response) => void response.writeHead(304).end());
    expect(await codeOf(npm().listVersions(parsePackReference('npm:web2'), ONLINE))).toBe('SOURCE_RESPONSE_INVALID');
  });

  it('sends credentials to its own host only', async () => {
    const seen: (string | undefined)[] = [];
    const other = await startServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(BYTES);
    });
    answers.set('/web', (request, response) => {
      seen.push(request.headers.authorization);
      send(packument({}, { tarball: `${other.url}/web.tgz` }), 'application/json')(request, response);
    });
    const config = new NpmConfig(
      new Map([
        ['registry', server.url],
        [`//127.0.0.1:${server.port}/:_authToken`, 'abc'],
      ]),
    );
    expect([await install(npm({ config })), seen]).toEqual(['no error', ['Bearer abc', undefined]]);
    await other.stop();
  });

  it('says which versions are deprecated, and which are withdrawn', async () => {
    const versions = Object.fromEntries(
      [
        ['1.0.0', undefined],
        ['1.1.0', 'use 2'],
        ['1.2.0', 'yanked: leaks secrets\u001b[31m'],
      ].map(([version, deprecated]) => [version, { name: 'web', version, deprecated, dist: { tarball: 'web.tgz', integrity: GOOD } }]),
    );
    serve(JSON.stringify({ name: 'web', 'dist-tags': { latest: '1.0.0', next: '1.2.0', gone: '9.9.9' }, versions }));
    const listed = (await npm().listVersions(REFERENCE, ONLINE)) ?? [];
    expect(listed.map(({ version, status, notice, tags }) => [version, status, notice, tags])).toEqual([
      ['1.2.0', 'yanked', 'leaks secrets', ['next']],
      ['1.1.0', 'deprecated', 'use 2', []],
      ['1.0.0', 'available', undefined, ['latest']],
    ]);
  });
});

describe('signatures of a registry', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key: RegistryKey = {
    keyid: 'SHA256:one',
    key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    expires: undefined,
  };
  const signatureFor = (message: string) => ({
    keyid: key.keyid,
    sig: sign('sha256', Buffer.from(message), privateKey).toString('base64'),
  });
  const good = signatureFor(`web@1.0.0:${GOOD}`);

  it.each<[string, unknown, Partial<RegistryKey>, string | undefined, string]>([
    ['a good one', [good], {}, undefined, 'no error'],
    ['none', [], {}, undefined, 'SIGNATURE_INVALID'],
    ['one by an unknown key', [{ ...good, keyid: 'SHA256:two' }], {}, undefined, 'SIGNATURE_INVALID'],
    ['one for other bytes', [signatureFor(`web@1.0.0:${GOOD.replace(/.==$/, 'A==')}`)], {}, undefined, 'SIGNATURE_INVALID'],
    ['one for another version', [signatureFor(`web@1.0.1:${GOOD}`)], {}, undefined, 'SIGNATURE_INVALID'],
    ['a damaged one beside a good one', [good, { ...good, sig: 'AAAA' }], {}, undefined, 'SIGNATURE_INVALID'],
    ['no text', 'sig', {}, undefined, 'SIGNATURE_INVALID'],
    ['one by a key that has expired', [good], { expires: '2026-01-01T00:00:00Z' }, undefined, 'SIGNATURE_INVALID'],
    ['one from before its key expired', [good], { expires: '2026-01-01T00:00:00Z' }, '2025-01-01T00:00:00Z', 'no error'],
    ['one by a key that cannot be read', [good], { key: 'AAAA' }, undefined, 'SIGNATURE_INVALID'],
  ])('%s', async (_name, signatures, changed, published, code) => {
    serve(packument({}, { signatures }, { time: { '1.0.0': published } }));
    const signatureKeys = new Map([[`${server.url}/`, [{ ...key, ...changed }]]]);
    expect(await install(npm({ signatureKeys }))).toBe(code);
    if (code !== 'no error') expect(kept()).toEqual([]);
    if (code === 'no error') expect(await install(npm({ signatureKeys }))).toBe(code);
  });
});

describe('a hostile address of an archive', () => {
  const reference = () => parsePackReference(`${server.url}/web.tgz`);
  const source = () => new ArchiveUrlSource(ports());

  it.each<[string, Answer, string]>([
    ['a page for people', send('<html>', 'text/html'), 'SOURCE_RESPONSE_INVALID'],
    ['JSON', send('{}', 'application/vnd.api+json'), 'SOURCE_RESPONSE_INVALID'],
    ['a link', send(HOSTILE, 'application/gzip'), 'ARCHIVE_REFUSED'],
    ['noise', send('noise', 'application/octet-stream'), 'ARCHIVE_REFUSED'],
    [
      'half of it',
      (_q, s) => void s.writeHead(200, { 'content-length': BYTES.length }).end(BYTES.subarray(0, 99), () => s.destroy()),
      'SOURCE_UNREACHABLE',
    ],
    ['20 GB', (_q, s) => void s.writeHead(200, { 'content-length': '20000000000' }).end(), 'SOURCE_RESPONSE_INVALID'],
    ['a circle', (_q, s) => void s.writeHead(301, { location: '/web.tgz' }).end(), 'SOURCE_RESPONSE_INVALID'],
  ])('gives %s', async (_name, answer, code) => {
    answers.set('/web.tgz', answer);
    expect(await install(source(), reference())).toBe(code);
  });

  it('gives other bytes the second time', async () => {
    answers.set('/web.tgz', send(BYTES, 'application/gzip'));
    const [version] = await source().listVersions(reference(), ONLINE);
    answers.set('/web.tgz', send(packArchive(makePublishedPack('web', '1.0.1').files), 'application/gzip'));
    directory.remove();
    expect(await codeOf(source().fetch(version as AvailableVersion, ONLINE))).toBe('INTEGRITY_MISMATCH');
  });

  it('keeps its password out of what is shown', async () => {
    let header: string | undefined;
    answers.set('/web.tgz', (request, response) => {
      header = request.headers.authorization;
      response.writeHead(403).end();
    });
    const secret = parsePackReference(`${server.url.replace('//', '//me:hunter2@')}/web.tgz?token=hunter2`);
    answers.set('/web.tgz?token=hunter2', answers.get('/web.tgz') as Answer);
    const error = await source()
      .listVersions(secret, ONLINE)
      .catch((thrown: Error) => thrown);
    expect(String((error as Error).message)).not.toContain('hunter2');
    expect(header).toBe(`Basic ${Buffer.from('me:hunter2').toString('base64')}`);
  });
});

describe('a hostile registry in a folder', () => {
  const good = { archive: 'web.tgz', integrity: GOOD, dependencies: formatPackFacts(PACK.manifest)['dependencies'] };

  it.each<[string, unknown, string]>([
    ['the good one', { format: 1, packs: { web: { versions: { '1.0.0': good } } } }, 'no error'],
    [
      'another hash',
      { format: 1, packs: { web: { versions: { '1.0.0': { ...good, integrity: computeIntegrity(Buffer.alloc(1)) } } } } },
      'INTEGRITY_MISMATCH',
    ],
    [
      'an archive outside',
      { format: 1, packs: { web: { versions: { '1.0.0': { ...good, archive: '../web.tgz' } } } } },
      'SOURCE_RESPONSE_INVALID',
    ],
    [
      'an archive elsewhere',
      { format: 1, packs: { web: { versions: { '1.0.0': { ...good, archive: 'https://evil.example/x' } } } } },
      'SOURCE_RESPONSE_INVALID',
    ],
    ['an archive that is not there', { format: 1, packs: { web: { versions: { '1.0.0': { ...good, archive: 'x.tgz' } } } } }, 'remote'],
    [
      'a weak hash',
      { format: 1, packs: { web: { versions: { '1.0.0': { ...good, integrity: 'sha1-AAAA' } } } } },
      'SOURCE_RESPONSE_INVALID',
    ],
    ['another format', { format: 2, packs: {} }, 'SOURCE_RESPONSE_INVALID'],
  ])('states %s', async (_name, index, code) => {
    const reference = parsePackReference('web');
    const settings = { scopes: [], workingDirectory: directory.path, ...ports() };
    answers.set('/index.json', send(JSON.stringify(index), 'application/json'));
    answers.set('/web.tgz', send(BYTES, 'application/octet-stream'));
    writeFileSync(join(directory.path, 'index.json'), JSON.stringify(index));
    writeFileSync(join(directory.path, 'web.tgz'), BYTES);
    expect(await install(new FolderRegistrySource({ url: '.', ...settings }), reference)).toBe(
      code === 'remote' ? 'SOURCE_UNREACHABLE' : code,
    );
    expect(await install(new FolderRegistrySource({ url: server.url, ...settings }), reference)).toBe(
      code === 'remote' ? 'SOURCE_RESPONSE_INVALID' : code,
    );
  });
});
