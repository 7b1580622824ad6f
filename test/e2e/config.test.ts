import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

function open(text: string) {
  const workshop = makeWorkshop();
  const file = join(workshop.home, 'packsmith', 'config.toml');
  mkdirSync(join(workshop.home, 'packsmith'));
  writeFileSync(file, text);
  return { ...workshop, read: () => readFileSync(file, 'utf8') };
}

const TEXT = '# mine\n[defaults]\nauthor = "Ada" # me\n\n[registries.shared]\ntype = "folder"\nurl = "/srv/packs"\n';

describe('packs config', () => {
  it('lists what is set, and with --all every setting with where its value is from', async () => {
    const { json, succeed } = open(TEXT);
    const { data } = await json(['config', 'list']);
    expect(data.settings).toEqual({
      'defaults.author': 'Ada',
      'registries.shared.type': 'folder',
      'registries.shared.url': '/srv/packs',
    });
    const all = (await json(['config', 'list', '--all'])).data.all as { key: string; value: unknown; from: string; description: string }[];
    expect(all.map(({ key, value, from }) => `${key} ${JSON.stringify(value)} ${from}`)).toEqual(
      expect.arrayContaining([
        'defaults.author "Ada" file',
        'signatures.policy "off" default',
        'proxies.https null nowhere',
        'registries.shared.url "/srv/packs" file',
      ]),
    );
    expect(all.every(({ description }) => description !== '')).toBe(true);
    expect(all.map(({ key }) => key)).not.toContain('registries.NAME.url');
    expect((await succeed(['config', 'list', '--all'])).stdout).toMatch(
      /^SETTING +VALUE +FROM +ABOUT\n[\s\S]*signatures\.policy +off +default +What happens to packs/,
    );
  });

  it('gets a setting, a table of them, or the default that holds', async () => {
    const { succeed, json } = open(TEXT);
    expect((await succeed(['config', 'get', 'defaults.author'])).stdout).toBe('Ada\n');
    expect((await succeed(['config', 'get', 'registries.shared.url'])).stdout).toBe('/srv/packs\n');
    expect((await succeed(['config', 'get', 'registries'])).stdout).toContain('registries.shared.type = folder\n');
    expect((await succeed(['config', 'get', 'signatures.policy'])).stdout).toBe('off\n');
    expect((await json(['config', 'get', 'signatures.policy'])).data).toEqual({ key: 'signatures.policy', value: 'off', from: 'default' });
  });

  it.each([
    ['get', 'proxies.https', '"proxies.https" is not set', 'the proxy for https; `packs config set proxies.https VALUE` sets it'],
    ['get', 'defaults.autor', 'there is no setting "defaults.autor"', 'did you mean defaults.author?'],
    ['unset', 'signature.policy', 'there is no setting "signature.policy"', 'did you mean signatures.policy?'],
    ['unset', 'zzz', 'there is no setting "zzz"', '`packs config list --all` shows the settings there are'],
  ])('refuses to %s %s', async (action, key, message, hint) => {
    const { json, read } = open(TEXT);
    expect(await json(['config', action, key])).toMatchObject({ exitCode: 8, error: { code: 'SETTING_NOT_FOUND', message, hint } });
    expect(read()).toBe(TEXT);
  });

  it.each([
    ['registries.team', '/srv/team', `registries.team '{ type = "folder", url = "/srv/team" }'`],
    ['registries.team.url', 'https://packs.example', `registries.team '{ type = "npm", url = "https://packs.example" }'`],
    ['registries.team.type', 'folder', `registries.team '{ type = "folder", url = "ADDRESS" }'`],
    ['registries.team', '{ type = "folder" }', undefined],
  ])('says the line that sets a registry, which is a table: %s %s', async (key, value, line) => {
    const { json, succeed, read } = open(TEXT);
    const { exitCode, error } = await json(['config', 'set', key, value]);
    expect([exitCode, error?.code, read()]).toEqual([8, 'CONFIG_INVALID', TEXT]);
    if (line === undefined) expect(error?.hint).not.toContain('a registry is a table');
    else expect(error?.hint).toBe(`a registry is a table: \`packs config set ${line}\``);
    await succeed(['config', 'set', 'registries.shared.url', '/srv/other']);
  });

  it('takes out what is set, a whole table too, and keeps the rest as it was written', async () => {
    const { succeed, read } = open(TEXT);
    await succeed(['config', 'unset', 'registries.shared']);
    expect(read()).toBe('# mine\n[defaults]\nauthor = "Ada" # me\n');
    await succeed(['config', 'set', 'signatures.policy', 'warn']);
    expect(read()).toBe('# mine\n[defaults]\nauthor = "Ada" # me\n\n[signatures]\npolicy = "warn"\n');
  });

  it('mends a file that has errors, which keep every other command from running', async () => {
    const { succeed, json, read } = open('[defaults]\nautor = "Ada"\nauthor = "Ada"\n[signatures]\npolicy = "maybe"\n');
    expect(await json(['list'])).toMatchObject({
      exitCode: 8,
      error: { code: 'CONFIG_INVALID', hint: expect.stringContaining('packs config unset KEY') },
    });
    expect((await json(['config', 'list'])).data.settings).toMatchObject({ 'defaults.autor': 'Ada' });
    expect(await json(['config', 'set', 'defaults.autr', 'x'])).toMatchObject({ exitCode: 8, error: { code: 'CONFIG_INVALID' } });
    await succeed(['config', 'unset', 'defaults.autor']);
    await succeed(['config', 'set', 'signatures.policy', 'warn']);
    await succeed(['list']);
    expect(read()).toBe('[defaults]\nauthor = "Ada"\n[signatures]\npolicy = "warn"\n');
  });

  it('takes --all for nothing but the list', async () => {
    const { json } = open('');
    expect(await json(['config', 'get', 'format', '--all'])).toMatchObject({ exitCode: 2, error: { code: 'INVALID_ARGUMENTS' } });
  });
});
