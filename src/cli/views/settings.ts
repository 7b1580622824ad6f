import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Setting } from '../read-settings.ts';
import type { Terminal } from '../terminal.ts';

/** Settings, one `key = value` a line. */
export function viewSettings(settings: readonly Setting[], { style }: Terminal): string {
  if (settings.length === 0) return 'no settings\n';
  return settings.map((setting) => `${style.bold(stripControlLine(setting.key))} = ${viewSettingValue(setting)}\n`).join('');
}

/** The value of a setting: text as it is, everything else as JSON. */
export function viewSettingValue({ value }: Setting): string {
  if (typeof value === 'string') return stripControlLine(value);
  const plain = (_key: string, item: unknown) => (typeof item === 'bigint' ? item.toString() : item);
  return stripControlLine(JSON.stringify(value, plain));
}
