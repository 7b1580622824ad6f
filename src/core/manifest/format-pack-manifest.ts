import type { Value } from '../pack/values.ts';
import { formatTomlKey, formatTomlValue } from './format-toml.ts';

/** One table of a new manifest: its header as key segments, and its entries. */
export interface ManifestTable {
  readonly header: readonly string[];
  readonly entries: ReadonlyMap<string, Value>;
}

/** The text of a new `pack.toml`: the format, then the tables in the given order, one entry a line. */
export function formatPackManifest(tables: readonly ManifestTable[]): string {
  const texts = tables.map(({ header, entries }) => {
    const lines = [...entries].map(([key, value]) => `${formatTomlKey(key)} = ${formatTomlValue(value)}\n`);
    return `\n[${header.map(formatTomlKey).join('.')}]\n${lines.join('')}`;
  });
  return `format = 1\n${texts.join('')}`;
}
