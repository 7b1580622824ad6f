import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { editUserConfig } from '../../core/manifest/edit-user-config.ts';
import { parseSettingKey, parseSettingValue } from '../../core/manifest/setting-arguments.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { NodePorts } from '../../node-ports.ts';
import type { CommandResult, RunCommand } from '../command.ts';
import { readSettings, type Setting } from '../read-settings.ts';
import type { configSpec } from '../specs/settings.ts';
import { viewSettings, viewSettingValue } from '../views/settings.ts';

type Ports = Pick<NodePorts, 'files' | 'configFile'>;

export const runConfig: RunCommand<typeof configSpec> = async ({ positionals }, context) => {
  const [action = '', key, value] = positionals;
  const ports = await context.openPorts();
  checkArguments(action, positionals);
  if (action === 'path') return { data: { path: ports.configFile }, view: () => `${ports.configFile}\n` };
  const text = ports.files.read(ports.configFile) ?? '';
  if (action === 'list') return listResult(readSettings(text, ports.configFile), ports);
  const path = parseSettingKey(key ?? '');
  if (action === 'get') return getResult(readSettings(text, ports.configFile), path.join('.'));
  const edit =
    action === 'set' ? ({ kind: 'set', path, value: parseSettingValue(value ?? '') } as const) : ({ kind: 'unset', path } as const);
  ports.files.write(ports.configFile, editUserConfig(text, [edit], ports.configFile));
  return { data: { path: ports.configFile, key: path.join('.') }, view: () => '', next: ['packs config list'] };
};

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

function getResult(settings: readonly Setting[], key: string): CommandResult {
  const found = settings.find((setting) => setting.key === key);
  if (found !== undefined) return { data: { key, value: found.value }, view: () => `${viewSettingValue(found)}\n` };
  const suggestions = nearest(
    key,
    settings.map((setting) => setting.key),
  );
  const hint = suggestions.length === 0 ? '`packs config list` shows the settings there are' : `did you mean ${suggestions.join(' or ')}?`;
  throw new PacksmithError('SETTING_NOT_FOUND', `${JSON.stringify(key)} is not set`, { suggestions, hint });
}
