import { describe, expect, it } from 'vitest';
import { nodeSigningTools as tools } from '../../adapters/signing/node-signing-tools.ts';
import { editUserConfig } from '../../core/manifest/edit-user-config.ts';
import { parseUserConfig } from '../../core/manifest/parse-user-config.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { formatPublicKey } from '../../core/signing/public-key.ts';
import { distrust, listTrust, type TrustChange, trustOwn, trustPublisher } from './manage-trust.ts';

const keyOf = (seed: number): string => formatPublicKey(Uint8Array.from({ length: 32 }, (_, index) => index + seed));
const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

/** Settings as people write them. */
const WRITTEN = `# mine
[[trust.packs]] # the first
id = "a"
integrity = "${INTEGRITY}"

[[trust.packs]]
id = "b"
integrity = "${INTEGRITY}"

[signatures]
policy = "warn" # for now

[[signatures.keys]]
name = "ada"
key = "${keyOf(1)}"
`;

const settingsOf = (text: string) => {
  const { config } = parseUserConfig(text);
  if (config === undefined) throw new Error('the settings are invalid');
  return config;
};

const edit = (text: string, change: (settings: ReturnType<typeof settingsOf>) => TrustChange): string =>
  editUserConfig(text, change(settingsOf(text)).edits);

const namesOf = (text: string): string[] => {
  const { packs, publishers } = listTrust(settingsOf(text), tools);
  return [...packs.map(({ id }) => id), ...publishers.map(({ name, packs: claimed }) => [name, ...claimed].join(' '))];
};

describe('trust in settings as people write them', () => {
  const bob = { name: 'bob', key: keyOf(9), packs: ['@acme'] };

  it.each([
    ['nothing', '', ['bob @acme']],
    ['tables of lists', WRITTEN, ['a', 'b', 'ada', 'bob @acme']],
    ['lists on one line', `[signatures]\nkeys = [{ name = "ada", key = "${keyOf(1)}" }]\n`, ['ada', 'bob @acme']],
  ])('is added to %s', (_name, text, expected) => {
    expect(namesOf(edit(text, (settings) => trustPublisher(bob, settings, tools)))).toEqual(expected);
  });

  it.each([
    ['a publisher', 'ada', ['a', 'b']],
    ['a pack', 'a', ['b', 'ada']],
  ])('is taken from %s', (_name, name, expected) => {
    const edited = edit(WRITTEN, (settings) => distrust({ name }, settings, tools));
    expect(namesOf(edited)).toEqual(expected);
    expect(edited).toContain('policy = "warn" # for now');
  });

  it('is given back as it was when what was added is removed', () => {
    const added = edit(WRITTEN, (settings) => trustPublisher(bob, settings, tools));
    expect(namesOf(edit(added, (settings) => distrust({ name: 'bob' }, settings, tools)))).toEqual(namesOf(WRITTEN));
  });

  it('of own work is for one pack in one directory, and is taken away by its name', () => {
    const own = [
      { id: 'a', directory: '/one' },
      { id: 'a', directory: '/two' },
      { id: 'b', directory: '/one' },
      { id: 'a', directory: '/one' },
    ].map(({ id, directory }) => ({ id: id as PackName, directory }));
    const added = own.reduce((text, each) => edit(text, (settings) => trustOwn(each, settings)), WRITTEN);
    expect(listTrust(settingsOf(added), tools).own).toEqual(own.slice(1));
    expect(namesOf(added)).toEqual(namesOf(WRITTEN));
    const edited = edit(added, (settings) => distrust({ name: 'a' }, settings, tools));
    expect(listTrust(settingsOf(edited), tools)).toMatchObject({ packs: [{ id: 'b' }], own: [{ id: 'b', directory: '/one' }] });
  });

  it('is never moved to another key silently', () => {
    const other = { name: 'ada', key: keyOf(2), packs: [] };
    expect(() => trustPublisher(other, settingsOf(WRITTEN), tools)).toThrow(expect.objectContaining({ code: 'KEY_TAKEN' }));
    expect(() => trustPublisher({ ...other, name: 'x', key: 'x' }, settingsOf(''), tools)).toThrow(
      expect.objectContaining({ code: 'KEY_INVALID' }),
    );
    expect(() => distrust({ name: 'adaa' }, settingsOf(WRITTEN), tools)).toThrow(
      expect.objectContaining({ code: 'KEY_NOT_FOUND', suggestions: ['ada'] }),
    );
  });
});
