import type { KeyPath } from './key-path.ts';
import type { Problems } from './problems.ts';
import { suggestNearest } from './problems.ts';

/** The merge drivers that manifests may name without a warning. */
export const MERGE_DRIVERS = [
  'json',
  'yaml',
  'toml',
  'ini',
  'env',
  'lines',
  'sections',
  'packages',
  'text',
  'overwrite',
  'keep',
  'fail',
] as const;

/** Warns of a driver that is not known; which drivers exist is decided when files are composed. */
export function checkDriver(path: KeyPath, driver: string, problems: Problems): void {
  const names: readonly string[] = MERGE_DRIVERS;
  if (names.includes(driver)) return;
  problems.warn(path, `"${driver}" is not a known merge driver`, suggestNearest(driver, names) ?? `known are ${names.join(', ')}`);
}
