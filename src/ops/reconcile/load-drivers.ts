import { isMergeDriverName, type MergeDriverName } from '../../core/compose/merges/choose-driver.ts';
import type { MergeDriver } from '../../core/compose/merges/merge-driver.ts';
import { mergePlainText } from '../../core/compose/merges/text.ts';

/** Each driver comes with its parser, and most runs need none: they are loaded by name. */
const LOADERS: { readonly [Name in MergeDriverName]: () => Promise<MergeDriver> } = {
  json: async () => (await import('../../core/compose/merges/json.ts')).mergeJson,
  yaml: async () => (await import('../../core/compose/merges/yaml.ts')).mergeYaml,
  toml: async () => (await import('../../core/compose/merges/toml.ts')).mergeToml,
  ini: async () => (await import('../../core/compose/merges/ini.ts')).mergeIni,
  env: async () => (await import('../../core/compose/merges/env.ts')).mergeEnv,
  lines: async () => (await import('../../core/compose/merges/lines.ts')).mergeLines,
  sections: async () => (await import('../../core/compose/merges/sections.ts')).mergeSections,
  packages: async () => (await import('../../core/compose/merges/packages.ts')).mergePackages,
  text: async () => mergePlainText,
};

/** Loads the merge drivers of these names; names that are no driver are passed over. */
export async function loadDrivers(names: Iterable<string>): Promise<ReadonlyMap<string, MergeDriver>> {
  const wanted = [...new Set(names)].filter(isMergeDriverName);
  const loaded = await Promise.all(wanted.map(async (name) => [name, await LOADERS[name]()] as const));
  return new Map(loaded);
}
