import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/adapters/http/http-client.ts';
import { ResponseCache } from '../../src/adapters/http/response-cache.ts';
import { ArchiveCache } from '../../src/adapters/sources/archive/archive-cache.ts';
import { NpmConfig } from '../../src/adapters/sources/npm/npm-config.ts';
import { NpmRegistry } from '../../src/adapters/sources/npm/npm-registry.ts';
import { NpmSource } from '../../src/adapters/sources/npm/npm-source.ts';
import { parsePackReference } from '../../src/core/pack/pack-reference.ts';
import { codeOf } from '../contracts/pack-source.ts';
import { type RegistryServer, startRegistry } from '../support/npm-registry-server.ts';
import { makeDirectory, makePublishedPack, type TemporaryDirectory, toPublishDocument } from '../support/source-fixture.ts';

const ONLINE = { offline: false };
let directory: TemporaryDirectory;
let server: RegistryServer;
let http: HttpClient;

beforeAll(async () => {
  directory = makeDirectory();
  server = await startRegistry(join(directory.path, 'registry'));
  http = new HttpClient({ userAgent: 'packsmith-tests', limits: { retries: 0 } });
});
afterAll(async () => {
  http.close();
  await server.stop();
  directory.remove();
});

function ports(settings: Readonly<Record<string, string>> = {}) {
  const config = new NpmConfig(new Map(Object.entries({ registry: server.url, ...settings })));
  return {
    http,
    config,
    responses: new ResponseCache(join(directory.path, 'http')),
    archives: new ArchiveCache(join(directory.path, 'archives')),
    now: () => 0,
  };
}

async function publish(
  pack: ReturnType<typeof makePublishedPack>,
  options: Parameters<typeof toPublishDocument>[2] = {},
  settings: Readonly<Record<string, string>> = {},
) {
  const document = toPublishDocument(pack, server.url, options);
  return (await new NpmRegistry(server.url, ports(settings)).put(pack.manifest.id, document)).status;
}

describe('a real registry', () => {
  it('takes a version once', async () => {
    const pack = makePublishedPack('once', '1.0.0');
    expect([await publish(pack), await publish(pack)]).toEqual([201, 409]);
  });

  it('has tags, and pre-releases among its versions', async () => {
    await publish(makePublishedPack('tagged', '1.0.0'));
    await publish(makePublishedPack('tagged', '2.0.0-beta.1'), { tag: 'next' });
    const versions = (await new NpmSource(ports()).listVersions(parsePackReference('npm:tagged'), ONLINE)) ?? [];
    expect(versions.map(({ version, tags }) => [version, tags])).toEqual([
      ['2.0.0-beta.1', ['next']],
      ['1.0.0', ['latest']],
    ]);
  });

  it('has packs that do not say what they need until they are fetched', async () => {
    await publish(makePublishedPack('silent', '1.0.0'), { withoutFacts: true });
    const source = new NpmSource(ports());
    const [version] = (await source.listVersions(parsePackReference('npm:silent'), ONLINE)) ?? [];
    expect(version?.dependencies).toBeUndefined();
    expect(await codeOf(source.fetch(version!, ONLINE))).toBe('no error');
  });

  it('keeps private packs to those with a token', async () => {
    const token = await server.createUser('ada');
    const credentials = { [`${server.url.replace('http:', '')}/:_authToken`]: token };
    const pack = makePublishedPack('@private/pack', '1.0.0');
    expect(await codeOf(publish(pack))).toBe('SOURCE_DENIED');
    expect(await publish(pack, {}, credentials)).toBe(201);
    const reference = parsePackReference('@private/pack');
    const registry = { url: server.url, scopes: ['@private'] };
    expect(await codeOf(new NpmSource({ ...ports(), registry }).listVersions(reference, ONLINE))).toBe('SOURCE_DENIED');
    const source = new NpmSource({ ...ports(credentials), registry });
    expect([source.accepts(reference), source.accepts(parsePackReference('@acme/x'))]).toEqual([true, false]);
    const [version] = (await source.listVersions(reference, ONLINE)) ?? [];
    expect(version?.pinned).toEqual({ kind: 'id', name: '@private/pack', range: '1.0.0' });
    expect(await codeOf(source.fetch(version!, ONLINE))).toBe('no error');
  });
});
