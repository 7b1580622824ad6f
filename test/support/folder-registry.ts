import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeIntegrity } from '../../src/adapters/sources/archive/integrity.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { EMPTY_FOLDER_INDEX, type FolderIndex, formatFolderIndex, withFolderVersion } from '../../src/core/registry/folder-index.ts';
import type { ProjectPath } from '../../src/core/tree/project-path.ts';

/** A folder registry with exactly these packs. What `unsaid` names is in the packs and not in the index. */
export function publish(
  directory: string,
  packs: readonly Pack[],
  { unsaid = [], yanked = [] }: { readonly unsaid?: readonly string[]; readonly yanked?: readonly string[] } = {},
): void {
  mkdirSync(directory, { recursive: true });
  let index: FolderIndex = EMPTY_FOLDER_INDEX;
  for (const { manifest, files } of packs) {
    const { id, version, dependencies, requires } = manifest;
    const bytes = packArchive(files);
    const archive = `${id}-${version}.tgz` as ProjectPath;
    writeFileSync(join(directory, archive), bytes);
    const said = unsaid.includes('requires') || requires === undefined ? {} : { requires };
    const facts = {
      archive,
      integrity: computeIntegrity(bytes),
      dependencies,
      ...said,
      status: yanked.includes(version) ? 'yanked' : 'available',
      notice: undefined,
    } as const;
    index = withFolderVersion(index, { id, version, facts });
  }
  writeFileSync(join(directory, 'index.json'), formatFolderIndex(index));
}

/** The user's settings with these folder registries. */
export function configure(home: string, registries: Readonly<Record<string, string>>): void {
  mkdirSync(join(home, 'packsmith'), { recursive: true });
  const tables = Object.entries(registries).map(([name, url]) => `[registries.${name}]\ntype = "folder"\nurl = ${JSON.stringify(url)}\n`);
  writeFileSync(join(home, 'packsmith', 'config.toml'), `format = 1\n\n${tables.join('\n')}`);
}
