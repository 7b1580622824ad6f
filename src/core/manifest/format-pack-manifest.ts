import type { Value } from '../pack/values.ts';
import { formatTomlKey, formatTomlValue } from './format-toml.ts';

/** One table of a new manifest: its header as key segments, and its entries. */
export interface ManifestTable {
  readonly header: readonly string[];
  readonly entries: ReadonlyMap<string, Value>;
  /** Whether it is one of a list, as `[[templates]]` are. */
  readonly isListed?: boolean;
}

/** The text of a new `pack.toml`: the format, then the tables in the given order, one entry a line. */
export function formatPackManifest(tables: readonly ManifestTable[]): string {
  const texts = tables.map(({ header, entries, isListed }) => {
    const lines = [...entries].map(([key, value]) => `${formatTomlKey(key)} = ${formatTomlValue(value)}\n`);
    const name = header.map(formatTomlKey).join('.');
    return `\n${isListed === true ? `[[${name}]]` : `[${name}]`}\n${lines.join('')}`;
  });
  return `format = 1\n${texts.join('')}`;
}
