import { expect, it } from 'vitest';
import { findSettingKey, listSettingKeys } from './setting-keys.ts';

it('names every setting, with what holds where it is not set', () => {
  const keys = listSettingKeys();
  expect(keys.map(({ key }) => key)).toEqual([
    'format',
    'repositories.directories',
    'registries.NAME.type',
    'registries.NAME.url',
    'registries.NAME.scopes',
    'registries.NAME.keys',
    'trust.packs',
    'trust.formatters',
    'trust.own',
    'defaults.author',
    'defaults.variables.NAME',
    'signatures.policy',
    'signatures.keys',
    'proxies.http',
    'proxies.https',
    'proxies.no_proxy',
  ]);
  expect(keys.every(({ description }) => description !== '')).toBe(true);
  expect(findSettingKey(['signatures', 'policy'], keys)).toMatchObject({ default: 'off' });
  expect(findSettingKey(['registries', 'my own', 'url'], keys)).toMatchObject({ key: 'registries.NAME.url', default: undefined });
  expect(findSettingKey(['registries', 'url'], keys)).toBeUndefined();
  expect(findSettingKey(['defaults', 'autor'], keys)).toBeUndefined();
});
