import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { readToml } from '../core/manifest/read-toml.ts';
import { redactUrl } from '../core/pack/redact-url.ts';

/** One setting that is written in the configuration: its dotted key and its value, credentials in addresses masked. */
export interface Setting {
  readonly key: string;
  readonly value: unknown;
}

/**
 * The settings of a `config.toml`, in the order of the file; lists are one value.
 * @throws PacksmithError `CONFIG_INVALID` when it is not TOML.
 */
export function readSettings(text: string, file: string): Setting[] {
  const read = readToml(text, file);
  if (read.table === undefined) throw new PacksmithError('CONFIG_INVALID', `${file} cannot be read`, { diagnostics: [read.diagnostic] });
  return flatten(read.table, '');
}

function flatten(table: object, prefix: string): Setting[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const part = /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
    const path = prefix === '' ? part : `${prefix}.${part}`;
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
    return isTable ? flatten(value, path) : [{ key: path, value: redact(value) }];
  });
}

function redact(value: unknown): unknown {
  return typeof value === 'string' && value.includes('://') ? redactUrl(value) : value;
}
