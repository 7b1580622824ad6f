import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Setting } from '../read-settings.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** Settings, one `key = value` a line. */
export function viewSettings(settings: readonly Setting[], { style }: Terminal): string {
  if (settings.length === 0) return 'no settings\n';
  return settings.map((setting) => `${style.bold(stripControlLine(setting.key))} = ${viewSettingValue(setting)}\n`).join('');
}

/** A setting that there is, and where its value is from. */
export interface ListedSetting extends Setting {
  readonly from: 'file' | 'default' | 'nowhere';
  readonly description: string;
}

/** Every setting with what it is about. */
export function viewAllSettings(settings: readonly ListedSetting[], terminal: Terminal): string {
  return viewTable(
    [
      { title: 'SETTING', cells: settings.map(({ key }) => key), style: terminal.style.bold },
      { title: 'VALUE', cells: settings.map((setting) => (setting.from === 'nowhere' ? '' : viewSettingValue(setting))) },
      { title: 'FROM', cells: settings.map(({ from }) => (from === 'nowhere' ? '' : from)) },
      { title: 'ABOUT', cells: settings.map(({ description }) => description), isFlexible: true },
    ],
    terminal,
  );
}

/** The value of a setting: text as it is, everything else as JSON. */
export function viewSettingValue({ value }: Setting): string {
  if (typeof value === 'string') return stripControlLine(value);
  const plain = (_key: string, item: unknown) => (typeof item === 'bigint' ? item.toString() : item);
  return stripControlLine(JSON.stringify(value, plain));
}
