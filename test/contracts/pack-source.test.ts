import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpClient } from '../../src/adapters/http/http-client.ts';
import { ResponseCache } from '../../src/adapters/http/response-cache.ts';
import { ArchiveCache } from '../../src/adapters/sources/archive/archive-cache.ts';
import { ArchiveFileSource } from '../../src/adapters/sources/archive/archive-file-source.ts';
import { ArchiveUrlSource } from '../../src/adapters/sources/archive/archive-url-source.ts';
import { computeIntegrity } from '../../src/adapters/sources/archive/integrity.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import { DirectorySource } from '../../src/adapters/sources/directory/directory-source.ts';
import { FolderRegistrySource } from '../../src/adapters/sources/folder-registry/folder-registry-source.ts';
import { GitSource } from '../../src/adapters/sources/git/git-source.ts';
import { NpmConfig } from '../../src/adapters/sources/npm/npm-config.ts';
import { NpmRegistry } from '../../src/adapters/sources/npm/npm-registry.ts';
import { NpmSource } from '../../src/adapters/sources/npm/npm-source.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { parsePackReference } from '../../src/core/pack/pack-reference.ts';
import { EMPTY_FOLDER_INDEX, formatFolderIndex, withFolderVersion } from '../../src/core/registry/folder-index.ts';
import { type ProjectPath, parseProjectPath } from '../../src/core/tree/project-path.ts';
import { MemoryPackSource } from '../../src/testing/memory-pack-source.ts';
import { GitRepository, gitEnvironment, startGitServer } from '../support/git-repository.ts';
import { startServer } from '../support/loopback-server.ts';
import { startRegistry } from '../support/npm-registry-server.ts';
import { makeDirectory, makePublishedPack, toPublishDocument, writePack } from '../support/source-fixture.ts';
import { describePackSourceContract, type PackSourceWorld } from './pack-source.ts';

const ID = '@acme/sample';
const NEWEST = makePublishedPack(ID, '1.10.0');
const PACKS = [NEWEST, makePublishedPack(ID, '1.9.0'), makePublishedPack(ID, '1.0.0-rc.1')];
const FOREIGN = parsePackReference('oci://host.example/pack:1');
const REGISTRY = {
  reference: parsePackReference(ID),
  missing: parsePackReference('@acme/nothing'),
  isRegistry: true,
  hasArchives: true,
} as const;

/** What every source over the network shares: short patience, and caches in a directory of its own. */
function network(directory: string) {
  const http = new HttpClient({ userAgent: 'packsmith-tests', limits: { retries: 0, connectMilliseconds: 5_000 } });
  const responses = new ResponseCache(join(directory, 'cache/http'));
  const archives = new ArchiveCache(join(directory, 'cache/archives'));
  return { http, responses, archives, close: () => http.close() };
}

function world(facts: Partial<PackSourceWorld> & Pick<PackSourceWorld, 'open' | 'reference' | 'missing' | 'close'>): PackSourceWorld {
  return { packs: [NEWEST], foreign: FOREIGN, isRegistry: false, knowsDependencies: true, hasArchives: false, ...facts };
}

describePackSourceContract('memory', async () => {
  const source = MemoryPackSource.of(...[...PACKS].reverse());
  const failure = new PacksmithError('SOURCE_UNREACHABLE', 'the network is gone');
  return world({
    ...REGISTRY,
    open: () => source,
    packs: PACKS,
    cut: async () => source.breakDown(failure),
    close: async () => undefined,
  });
});

describePackSourceContract('a directory', async () => {
  const directory = makeDirectory();
  writePack(NEWEST, join(directory.path, 'sample'));
  return world({
    open: () => new DirectorySource({ workingDirectory: directory.path }),
    reference: parsePackReference('./sample'),
    missing: parsePackReference('./nothing'),
    close: async () => directory.remove(),
  });
});

for (const name of ['sample.tgz', './sample.tar.gz', 'sample.tar'] as const) {
  describePackSourceContract(`an archive on disk, ${name},`, async () => {
    const directory = makeDirectory();
    const { gunzipSync } = await import('node:zlib');
    const bytes = packArchive(NEWEST.files);
    writeFileSync(join(directory.path, name), name.endsWith('.tar') ? gunzipSync(bytes) : bytes);
    return world({
      open: () => new ArchiveFileSource({ workingDirectory: directory.path }),
      reference: parsePackReference(name),
      missing: parsePackReference('./nothing.tgz'),
      hasArchives: true,
      close: async () => directory.remove(),
    });
  });
}

describePackSourceContract('an archive by its address', async () => {
  const directory = makeDirectory();
  const { close, ...ports } = network(directory.path);
  const bytes = packArchive(NEWEST.files);
  const server = await startServer((request, response) => {
    if (request.url !== '/packs/sample-1.10.0.tgz') return void response.writeHead(404).end();
    const headers = { 'content-type': 'application/gzip', etag: '"one"' };
    if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304, headers).end();
    response.writeHead(200, headers).end(bytes);
  });
  return world({
    open: () => new ArchiveUrlSource(ports),
    reference: parsePackReference(`${server.url}/packs/sample-1.10.0.tgz`),
    missing: parsePackReference(`${server.url}/packs/nothing.tgz`),
    hasArchives: true,
    cut: () => server.stop(),
    close: async () => {
      close();
      await server.stop();
      directory.remove();
    },
  });
});

describePackSourceContract('git over file', async () => {
  const directory = makeDirectory();
  const repository = makeGitPacks(directory.path);
  return world({
    open: () => new GitSource({ cacheDirectory: join(directory.path, 'cache/git'), env: gitEnvironment(directory.path) }),
    reference: { kind: 'git', url: `file://${repository.bare}`, path: 'packs/sample', ref: 'v7' },
    missing: { kind: 'git', url: `file://${repository.bare}`, path: 'packs/sample', ref: 'no-such-ref' },
    cut: async () => rmSync(repository.bare, { recursive: true }),
    close: async () => directory.remove(),
  });
});

describePackSourceContract('git over http', async () => {
  const directory = makeDirectory();
  const root = join(directory.path, 'served');
  mkdirSync(root);
  makeGitPacks(root);
  const server = await startGitServer(root);
  return world({
    open: () => new GitSource({ cacheDirectory: join(directory.path, 'cache/git'), env: gitEnvironment(directory.path) }),
    reference: parsePackReference(`git+${server.url}/packs.git/packs/sample#v7`),
    missing: parsePackReference(`git+${server.url}/packs.git/packs/sample#v8`),
    cut: () => server.stop(),
    close: async () => {
      await server.stop();
      directory.remove();
    },
  });
});

/** A repository of several packs, whose tags have numbers of their own. */
function makeGitPacks(root: string): GitRepository {
  const repository = new GitRepository(root, 'packs.git');
  writePack(NEWEST, join(repository.work, 'packs/sample'));
  writePack(makePublishedPack('@acme/other', '3.0.0'), join(repository.work, 'packs/other'));
  repository.commit('Two packs', 'v7');
  rmSync(join(repository.work, 'packs/other'), { recursive: true });
  repository.commit('One pack less');
  return repository;
}

describePackSourceContract('a registry of the npm protocol', async () => {
  const directory = makeDirectory();
  const registry = await startRegistry(join(directory.path, 'registry'));
  const { close, ...ports } = network(directory.path);
  const config = new NpmConfig(new Map([['@acme:registry', registry.url]]));
  for (const pack of [...PACKS].reverse()) {
    const document = toPublishDocument(pack, registry.url);
    const { status } = await new NpmRegistry(registry.url, { ...ports, config }).put(pack.manifest.id, document);
    if (status >= 300) throw new Error(`publishing answers ${status}`);
  }
  return world({
    ...REGISTRY,
    open: () => new NpmSource({ ...ports, config, now: () => Date.now() }),
    reference: parsePackReference(`npm:${ID}`),
    missing: parsePackReference('npm:@acme/nothing'),
    packs: PACKS,
    cut: () => registry.stop(),
    close: async () => {
      close();
      await registry.stop();
      directory.remove();
    },
  });
});

describePackSourceContract('a registry in a folder', async () => {
  const directory = makeDirectory();
  const { close, ...ports } = network(directory.path);
  writeFolderRegistry(join(directory.path, 'registry'), PACKS);
  return world({
    ...REGISTRY,
    open: () => new FolderRegistrySource({ url: './registry', scopes: ['@acme'], workingDirectory: directory.path, ...ports }),
    packs: PACKS,
    close: async () => {
      close();
      directory.remove();
    },
  });
});

describePackSourceContract('a registry in a folder behind a web server', async () => {
  const directory = makeDirectory();
  const root = join(directory.path, 'registry');
  const { close, ...ports } = network(directory.path);
  writeFolderRegistry(root, PACKS);
  const server = await startServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/^\/team\//, '');
    const content = path === 'index.json' || path.endsWith('.tgz') ? readFileSync(join(root, path)) : undefined;
    response.writeHead(content === undefined ? 404 : 200, {
      'content-type': path.endsWith('json') ? 'application/json' : 'application/x-gzip',
    });
    response.end(content);
  });
  return world({
    ...REGISTRY,
    open: () => new FolderRegistrySource({ url: `${server.url}/team`, scopes: [], workingDirectory: directory.path, ...ports }),
    packs: PACKS,
    cut: () => server.stop(),
    close: async () => {
      close();
      await server.stop();
      directory.remove();
    },
  });
});

function writeFolderRegistry(root: string, packs: readonly Pack[]): void {
  mkdirSync(join(root, 'archives'), { recursive: true });
  let index = EMPTY_FOLDER_INDEX;
  for (const { manifest, files } of packs) {
    const archive: ProjectPath = parseProjectPath(`archives/größe ${manifest.version}.tgz`);
    const bytes = packArchive(files);
    writeFileSync(join(root, archive), bytes);
    const { id, version, dependencies } = manifest;
    const facts = { archive, integrity: computeIntegrity(bytes), dependencies, status: 'available', notice: undefined } as const;
    index = withFolderVersion(index, { id, version, facts });
  }
  writeFileSync(join(root, 'index.json'), formatFolderIndex(index));
}
