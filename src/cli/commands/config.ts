import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import { editUserConfig } from '../../core/manifest/edit-user-config.ts';
import { parseSettingKey, parseSettingValue } from '../../core/manifest/setting-arguments.ts';
import { findSettingKey, listSettingKeys } from '../../core/manifest/setting-keys.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { lowerFirst } from '../../core/text/lower-first.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { NodePorts } from '../../node-ports.ts';
import type { CommandResult, RunCommand } from '../command.ts';
import { readSettings, type Setting } from '../read-settings.ts';
import type { configSpec } from '../specs/settings.ts';
import { type ListedSetting, viewAllSettings, viewSettings, viewSettingValue } from '../views/settings.ts';

type Ports = Pick<NodePorts, 'files' | 'configFile'>;

export const runConfig: RunCommand<typeof configSpec> = async ({ flags, positionals }, context) => {
  const [action = '', key, value] = positionals;
  const ports = await context.openSettings();
  checkArguments(action, positionals);
  if (flags.all && action !== 'list') throw new PacksmithError('INVALID_ARGUMENTS', '--all goes with `packs config list`');
  if (action === 'path') return { data: { path: ports.configFile }, view: () => `${ports.configFile}\n` };
  const text = ports.files.read(ports.configFile) ?? '';
  const settings = readSettings(text, ports.configFile);
  if (action === 'list') return flags.all ? listAll(settings, ports) : listResult(settings, ports);
  const path = parseSettingKey(key ?? '');
  if (action === 'get') return getResult(settings, path);
  if (action === 'unset' && below(settings, path).length === 0) throw notSet(settings, path);
  const edit =
    action === 'set' ? ({ kind: 'set', path, value: parseSettingValue(value ?? '') } as const) : ({ kind: 'unset', path } as const);
  ports.files.write(ports.configFile, edited(text, edit, { file: ports.configFile, value: value ?? '' }));
  return { data: { path: ports.configFile, key: path.join('.') }, view: () => '', next: ['packs config list'] };
};

function edited(text: string, edit: DocumentEdit, { file, value }: { readonly file: string; readonly value: string }): string {
  try {
    return editUserConfig(text, [edit], file);
  } catch (error) {
    throw edit.kind === 'set' ? hintAtRegistry(error, edit.path, value) : error;
  }
}

/** One key alone makes no registry: the hint has the line that sets it whole. */
function hintAtRegistry(error: unknown, [section, name = '', key, ...deeper]: readonly string[], value: string): unknown {
  if (!(error instanceof PacksmithError) || error.code !== 'CONFIG_INVALID' || section !== 'registries') return error;
  const isPart = deeper.length === 0 && (key === undefined || key === 'url' || key === 'type') && !value.trimStart().startsWith('{');
  if (name === '' || !isPart) return error;
  const [type, url] = key === 'type' ? [value, 'ADDRESS'] : [/^https?:/.test(value) ? 'npm' : 'folder', value];
  const table = `{ type = ${JSON.stringify(type)}, url = ${JSON.stringify(url)} }`;
  const hint = `a registry is a table: \`${formatArguments(['packs', 'config', 'set', `registries.${name}`, table])}\``;
  return new PacksmithError(error.code, error.message, { diagnostics: error.diagnostics, hint, cause: error });
}

function checkArguments(action: string, positionals: readonly string[]): void {
  const wanted = action === 'set' ? 3 : action === 'get' || action === 'unset' ? 2 : 1;
  if (positionals.length === wanted) return;
  const form = ['packs config', action, ...['KEY', 'VALUE'].slice(0, wanted - 1)].join(' ');
  throw new PacksmithError(
    'INVALID_ARGUMENTS',
    `\`packs config ${action}\` takes ${['nothing', 'a key', 'a key and a value'][wanted - 1]}`,
    {
      hint: `write \`${form}\``,
    },
  );
}

function listResult(settings: readonly Setting[], { configFile }: Ports): CommandResult {
  const data = { path: configFile, settings: Object.fromEntries(settings.map(({ key, value }) => [key, value])) };
  return { data, view: (terminal) => viewSettings(settings, terminal), next: ['packs config set KEY VALUE'] };
}

/** Every setting that there is: its value, or what holds without one, and what it is about. */
function listAll(settings: readonly Setting[], { configFile }: Ports): CommandResult {
  const known = listSettingKeys();
  const unset = known.filter(({ key }) => !settings.some((setting) => findSettingKey(parseSettingKey(setting.key), known)?.key === key));
  const rows: ListedSetting[] = [
    ...settings.map(({ key, value }) => {
      const description = findSettingKey(parseSettingKey(key), known)?.description ?? '';
      return { key, value, from: 'file' as const, description };
    }),
    ...unset.map(({ key, description, default: standard }) => {
      return { key, value: standard ?? null, from: standard === undefined ? ('nowhere' as const) : ('default' as const), description };
    }),
  ].sort((a, b) => compareText(a.key, b.key));
  return {
    data: { path: configFile, all: rows },
    view: (terminal) => viewAllSettings(rows, terminal),
    next: ['packs config set KEY VALUE'],
  };
}

/** A setting, what stands below it where it is a table, or the default that holds. */
function getResult(settings: readonly Setting[], path: readonly string[]): CommandResult {
  const found = below(settings, path);
  const [first] = found;
  if (first !== undefined && first.path.length === path.length)
    return { data: { key: path.join('.'), value: first.value }, view: () => `${viewSettingValue(first)}\n` };
  if (first !== undefined)
    return {
      data: { key: path.join('.'), value: Object.fromEntries(found.map(({ key, value }) => [key, value])) },
      view: (terminal) => viewSettings(found, terminal),
    };
  const standard = findSettingKey(path, listSettingKeys())?.default;
  if (standard === undefined) throw notSet(settings, path);
  const setting = { key: path.join('.'), value: standard };
  return { data: { ...setting, from: 'default' }, view: () => `${viewSettingValue(setting)}\n` };
}

function below(settings: readonly Setting[], path: readonly string[]) {
  return settings
    .map((setting) => ({ ...setting, path: parseSettingKey(setting.key) }))
    .filter((setting) => path.every((part, index) => setting.path[index] === part));
}

function notSet(settings: readonly Setting[], path: readonly string[]): PacksmithError {
  const key = path.join('.');
  const known = findSettingKey(path, listSettingKeys());
  if (known !== undefined)
    return new PacksmithError('SETTING_NOT_FOUND', `${JSON.stringify(key)} is not set`, {
      hint: `${lowerFirst(known.description)}; \`packs config set ${key} VALUE\` sets it`,
    });
  const names = [...new Set([...settings.map((setting) => setting.key), ...listSettingKeys().map((setting) => setting.key)])];
  const suggestions = nearest(key, names);
  const hint =
    suggestions.length === 0 ? '`packs config list --all` shows the settings there are' : `did you mean ${suggestions.join(' or ')}?`;
  return new PacksmithError('SETTING_NOT_FOUND', `there is no setting ${JSON.stringify(key)}`, { suggestions, hint });
}
