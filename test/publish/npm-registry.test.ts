import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegistryServer, startRegistry } from '../support/npm-registry-server.ts';
import { makeWorkshops, readTexts, type Workshop } from '../support/run-program.ts';
import { makeDirectory } from '../support/source-fixture.ts';
import { writeSettings, writeWholePack } from './authors.ts';

const directory = makeDirectory();
let registry: RegistryServer;
let token: string;
beforeAll(async () => {
  registry = await startRegistry(join(directory.path, 'npm'));
  token = await registry.createUser('ada');
});
afterAll(async () => {
  await registry.stop();
  directory.remove();
});

const makeWorkshop = makeWorkshops();

function openWorkshop(): Workshop {
  const workshop = makeWorkshop();
  mkdirSync(join(workshop.home, 'packsmith'), { recursive: true });
  writeSettings(workshop, `[registries.npm]\ntype = "npm"\nurl = "${registry.url}/"\n`);
  return workshop;
}

function writeCredentials({ home }: Workshop): void {
  writeFileSync(join(home, '.npmrc'), `//${new URL(registry.url).host}/:_authToken=${token}\n`);
}

describe('a registry that speaks the npm protocol', () => {
  it('gives what was published to it, with what that needs, also when the network is gone', async () => {
    const workshop = openWorkshop();
    writeCredentials(workshop);
    const ground = writeWholePack(workshop, { id: 'ground', version: '1.0.0' });
    const service = writeWholePack(workshop, { id: '@acme/service', version: '2.1.0', manifest: '[dependencies]\nground = "^1"' });
    const published = await workshop.json(['publish', ground, '--access', 'public']);
    expect(published).toMatchObject({ ok: true, data: { published: true, registry: { kind: 'npm' } } });
    await workshop.succeed(['publish', service]);
    const installed = await workshop.json(['install', '@acme/service']);
    const packs = installed.data.plan.packs as { id: string; archiveIntegrity: string }[];
    expect(packs.map(({ id }) => id)).toEqual(['ground', '@acme/service']);
    expect(packs[0]?.archiveIntegrity).toBe(published.data.integrity);
    await workshop.succeed(['generate', '@acme/service', 'made', '--offline']);
    expect(Object.keys(readTexts(join(workshop.work, 'made')))).toEqual(expect.arrayContaining(['-acme-service.txt', 'ground.txt']));
  });

  it('is asked whether the version is new, and what changed since the last one', async () => {
    const workshop = openWorkshop();
    writeCredentials(workshop);
    const variable = '[variables.port]\ntype = "integer"\ndefault = 1';
    const first = writeWholePack(workshop, { id: 'judged', version: '1.0.0', manifest: variable });
    await workshop.succeed(['publish', first]);
    const again = await workshop.json(['publish', first]);
    expect(again).toMatchObject({ exitCode: 2, error: { code: 'PUBLISH_REFUSED', diagnostics: [{ code: 'VERSION_NOT_NEW' }] } });
    const breaking = await workshop.json(['publish', writeWholePack(workshop, { id: 'judged', version: '1.1.0' })]);
    expect(breaking.error?.diagnostics).toMatchObject([{ code: 'BREAKING_CHANGE' }]);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'judged', version: '2.0.0' })]);
  });

  it('points tags where they are asked for', async () => {
    const workshop = openWorkshop();
    writeCredentials(workshop);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'tagged', version: '1.0.0' })]);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'tagged', version: '2.0.0-rc.1' })]);
    const chosen = async (range: string) => (await workshop.json(['install', `tagged@${range}`, '--dry-run'])).data.plan.packs[0].version;
    expect([await chosen('latest'), await chosen('next')]).toEqual(['1.0.0', '2.0.0-rc.1']);
  });

  it('keeps yanked versions for those who have them, and warns of deprecated ones', async () => {
    const workshop = openWorkshop();
    writeCredentials(workshop);
    for (const version of ['1.0.0', '1.1.0']) await workshop.succeed(['publish', writeWholePack(workshop, { id: 'marked', version })]);
    await workshop.succeed(['yank', 'marked@1.1.0', '--message', 'it loses data']);
    await workshop.succeed(['deprecate', 'marked@1.0.0', '--message', 'move on', '--replacement', 'other']);
    const installed = await workshop.json(['install', 'marked@^1']);
    expect(installed.data.plan.packs).toMatchObject([{ version: '1.0.0' }]);
    expect(installed.warnings.join()).toContain('move on; use other instead');
    expect(await workshop.json(['deprecate', 'marked@7.0.0'])).toMatchObject({ exitCode: 7, error: { code: 'VERSION_NOT_PUBLISHED' } });
  });

  it('refuses those without credentials, whose absence says nothing of them', async () => {
    const workshop = openWorkshop();
    const secret = writeWholePack(workshop, { id: '@private/secret', version: '1.0.0' });
    const refused = await workshop.json(['publish', secret]);
    expect(refused).toMatchObject({ exitCode: 5, error: { code: 'SOURCE_DENIED' } });
    writeCredentials(workshop);
    const published = await workshop.run(['publish', secret, '--verbose']);
    expect(published.exitCode, published.stderr).toBe(0);
    expect(published.stdout + published.stderr).not.toContain(token);
    await workshop.succeed(['install', '@private/secret']);
  });

  it('takes an address in the place of a name, without credentials in it', async () => {
    const workshop = makeWorkshop();
    writeCredentials(workshop);
    const direct = writeWholePack(workshop, { id: 'direct', version: '1.0.0' });
    await workshop.succeed(['publish', direct, '--registry', registry.url]);
    const address = registry.url.replace('http://', 'http://ada:correct-horse@');
    const refused = await workshop.json(['publish', direct, '--registry', address]);
    expect(refused).toMatchObject({ exitCode: 8, error: { code: 'REGISTRY_UNKNOWN' } });
    expect(JSON.stringify(refused)).not.toContain('correct-horse');
  });
});
