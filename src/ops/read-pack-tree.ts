import { hasErrors } from '../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { parsePackManifest } from '../core/manifest/parse-pack-manifest.ts';
import type { Pack } from '../core/pack/pack.ts';
import { decodeUtf8 } from '../core/text/utf8.ts';
import type { FileTree } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';

/** Makes a pack of a tree whose integrity was verified. @throws PacksmithError `MANIFEST_INVALID` with all findings. */
export function readPackTree(files: FileTree, { provenance, integrity }: Pick<Pack, 'provenance' | 'integrity'>): Pack {
  const bytes = files.get('pack.toml' as ProjectPath)?.content;
  const text = bytes === undefined ? undefined : decodeUtf8(bytes);
  if (text === undefined) {
    throw new PacksmithError('MANIFEST_INVALID', `${provenance.location || 'the pack'} has no pack.toml in UTF-8`);
  }
  const { manifest, diagnostics } = parsePackManifest(text);
  if (manifest === undefined || hasErrors(diagnostics)) {
    throw new PacksmithError('MANIFEST_INVALID', `the manifest of ${provenance.location || 'the pack'} has errors`, { diagnostics });
  }
  return { manifest, files, provenance, integrity };
}

/** Bytes of all files of a tree. */
export function treeBytes(files: FileTree): number {
  let bytes = 0;
  for (const { content } of files.values()) bytes += content.length;
  return bytes;
}
