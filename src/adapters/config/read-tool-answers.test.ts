import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readToolAnswers } from './read-tool-answers.ts';

const home = mkdtempSync(join(tmpdir(), 'packsmith-answers-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it.each([
  ['cookiecutter', 'linux', '.cookiecutterrc', {}, 'default_context: {name: rc}'],
  ['cookiecutter', 'linux', 'own.yml', { COOKIECUTTER_CONFIG: 'own.yml' }, 'default_context: {name: own}'],
  ['copier', 'linux', '.config/copier/settings.yml', {}, 'defaults: {name: linux}'],
  ['copier', 'linux', 'xdg/copier/settings.yml', { XDG_CONFIG_HOME: 'xdg' }, 'defaults: {name: xdg}'],
  ['copier', 'darwin', 'Library/Application Support/copier/settings.yml', {}, 'defaults: {name: mac}'],
  ['copier', 'win32', 'AppData/Local/copier/copier/settings.yml', {}, 'defaults: {name: windows}'],
  ['copier', 'win32', 'Local/copier/settings.yml', { LOCALAPPDATA: 'Local' }, 'defaults: {name: local}'],
  ['copier', 'linux', 'set.yml', { COPIER_SETTINGS_PATH: 'set.yml' }, 'defaults: {name: set}'],
] as const)('the answers in the settings of %s on %s are those of %s', (tool, platform, file, env, text) => {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
  const absolute = Object.fromEntries(Object.entries(env).map(([name, path]) => [name, join(home, path)]));
  expect(readToolAnswers(tool, { home, env: absolute, platform })?.get('name')).toBe(/: (\w+)\}/.exec(text)?.[1]);
});

it.each([
  ['copier', 'defaults: [a]'],
  ['copier', ': : :\n  -'],
  ['copier', 'trust: [x]'],
  ['ggen', 'defaults: {a: 1}'],
])('nothing is there for %s in %j', (tool, text) => {
  writeFileSync(join(home, 'bad.yml'), text);
  expect(readToolAnswers(tool, { home, env: { COPIER_SETTINGS_PATH: join(home, 'bad.yml') }, platform: 'linux' })).toBeUndefined();
});

it.each(['utf16le', 'utf8'] as const)('reads settings that begin with the mark of %s', (encoding) => {
  const file = join(home, 'marked.yml');
  writeFileSync(file, Buffer.from('\ufeffdefaults: {name: 名}', encoding));
  expect(readToolAnswers('copier', { home, env: { COPIER_SETTINGS_PATH: file }, platform: 'linux' })?.get('name')).toBe('名');
});
