import { decodeUtf8 } from '../../core/text/utf8.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { PackDetails } from '../../ops/packs/show-pack.ts';
import { describeEntry } from './pack-list.ts';

/** A pack as the JSON of `packs show` has it: the manifest with its defaults, the templates, and every file by its size. */
export function describePack({ pack, templates, shadows }: PackDetails): unknown {
  return {
    manifest: pack.manifest,
    provenance: pack.provenance,
    integrity: pack.integrity,
    templates: templates.map((template) => ({ ...template, when: template.when ?? null })),
    files: sortedPaths(pack.files).map((path) => ({ path, bytes: pack.files.get(path)?.content.length ?? 0 })),
    shadows: shadows.map(describeEntry),
  };
}

/** The text of the pack's own manifest file. */
export function readManifestText({ pack }: PackDetails): string {
  const entry = [...pack.files].find(([path]) => path === 'pack.toml')?.[1];
  return entry === undefined ? '' : (decodeUtf8(entry.content) ?? '');
}
