import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { computeIntegrity } from '../../src/adapters/sources/archive/integrity.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import { openPlaces } from '../../src/adapters/sources/open-places.ts';
import { NodePackStore } from '../../src/adapters/store/node-pack-store.ts';
import type { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { RegistryKeySetting } from '../../src/core/manifest/user-config.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { formatPackFacts } from '../../src/core/registry/pack-facts.ts';
import { installPacks } from '../../src/ops/packs/install-packs.ts';
import { resumeTransaction } from '../../src/ops/packs/store-transactions.ts';
import { MemoryPackRepository } from '../../src/testing/memory-pack-repository.ts';
import { RecordingReporter } from '../../src/testing/recording-reporter.ts';
import { installedNames, packsOf } from '../support/install-world.ts';
import { makeTemporaryDirectories } from '../support/real-project.ts';

const makeDirectory = makeTemporaryDirectories();

/** A registry of the npm protocol that is really stopped after a number of archives. */
class MortalRegistry {
  readonly #packs: ReadonlyMap<string, Pack>;
  #server: Server | undefined;
  #port = 0;
  archives = 0;
  diesAfter = Infinity;

  constructor(packs: readonly Pack[]) {
    this.#packs = new Map(packs.map((pack) => [pack.manifest.id, pack]));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const [, id = '', isArchive] = /^\/([^/]+)(\/-\/.*)?$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
      const pack = this.#packs.get(id);
      if (isArchive !== undefined && this.archives >= this.diesAfter) {
        this.stop();
        return;
      }
      if (pack === undefined) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      else if (isArchive === undefined)
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.#packument(pack)));
      else {
        this.archives += 1;
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(packArchive(pack.files));
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
  }

  #packument({ manifest, files }: Pack): object {
    const { id: name, version } = manifest;
    const dist = { tarball: `${this.url}/${name}/-/${name}-${version}.tgz`, integrity: computeIntegrity(packArchive(files)) };
    return {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { name, version, packsmith: formatPackFacts(manifest), dist } },
    };
  }
}

const EIGHT = packsOf(
  Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`p${index} 1.0.0`, index === 7 ? '' : `p${index + 1} ^1`])),
);

let registry: MortalRegistry | undefined;
afterEach(() => registry?.stop());

async function makeWorld(keys?: readonly RegistryKeySetting[]) {
  const home = makeDirectory();
  registry = new MortalRegistry(EIGHT);
  await registry.start();
  const { url } = registry;
  const cache = join(home, 'cache');
  const openPorts = () => ({
    store: new NodePackStore({ data: join(home, 'data'), state: join(home, 'state'), cache }, { now: () => new Date().toISOString() }),
    places: openPlaces({
      version: '0.0.0',
      workingDirectory: home,
      home,
      env: {},
      platform: process.platform,
      nodePath: process.execPath,
      cacheDirectory: cache,
      config: {
        registries: [{ name: 'main', type: 'npm', url, scopes: [], ...(keys && { keys }) }],
        proxies: { http: undefined, https: undefined, noProxy: [] },
      },
      now: () => Date.now(),
    }),
    repository: MemoryPackRepository.of(),
    reporter: new RecordingReporter(),
  });
  const request = { references: ['p0'], workingDirectory: home, offline: false, concurrency: 1 };
  return { registry, openPorts, request };
}

describe('a registry that stops answering at the third of eight packs', () => {
  it('leaves the first two as if never installed, and the installation can be resumed without fetching them again', async () => {
    const world = await makeWorld();
    world.registry.diesAfter = 2;
    const before = await world.openPorts().store.readInstalled();
    const error = (await installPacks(world.request, world.openPorts()).catch((thrown: unknown) => thrown)) as PacksmithError;
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(error.message).toContain('nothing was installed: 2 of 8 packs had been fetched');
    expect(error.hint).toMatch(/^`packs transactions resume \S+` goes on where it stopped; with --offline/);
    const { store } = world.openPorts();
    expect(await store.readInstalled()).toEqual(before);
    for (const pack of EIGHT) expect(await store.check(pack.integrity)).toBe('missing');

    world.registry.diesAfter = Infinity;
    await world.registry.start();
    const [open] = await store.listTransactions();
    await resumeTransaction({ id: open!.id, offline: false, concurrency: 1 }, world.openPorts());
    expect(world.registry.archives).toBe(8);
    expect(await installedNames(store)).toEqual(EIGHT.map(({ manifest }) => `${manifest.id} 1.0.0`));
    expect((await store.readInstalled()).lock.packs[0]).toMatchObject({ registry: 'main', integrity: EIGHT[0]!.integrity });
  });
  it('does not matter to what was fetched before: --offline installs it', async () => {
    const world = await makeWorld();
    await installPacks(world.request, world.openPorts());
    const { store } = world.openPorts();
    const { digest } = await store.readInstalled();
    const removes = EIGHT.map(({ manifest }) => ({ id: manifest.id, version: manifest.version, because: 'test' }));
    const empty = {
      format: 1,
      operation: 'uninstall',
      basis: digest,
      requests: [],
      packs: [],
      removes,
      levels: [],
      bytes: 0,
      warnings: [],
    } as const;
    await (await store.begin(empty)).commit({ format: 1, packs: [] });
    await store.sweep({ store: true, cache: false, dryRun: false });
    world.registry.stop();
    await installPacks({ ...world.request, offline: true }, world.openPorts());
    expect(await installedNames(store)).toHaveLength(8);
  });
});

describe('a registry that the settings have keys of', () => {
  it('must have signed what it gives', async () => {
    const world = await makeWorld([{ keyid: 'SHA256:one', key: 'AAAAAAAAAAAAAAAAAAAAAAAA', expires: undefined }]);
    const error = (await installPacks(world.request, world.openPorts()).catch((thrown: unknown) => thrown)) as PacksmithError;
    expect(error).toMatchObject({
      code: 'SIGNATURE_INVALID',
      message: expect.stringContaining('its registry has keys, but none of them signed it'),
    });
    expect(await installedNames(world.openPorts().store)).toEqual([]);
  });
});
