import { hasErrors } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { foreignKindOf, withoutMarker } from '../../core/foreign/foreign-kind.ts';
import { loadDecoder } from '../../core/foreign/load-decoder.ts';
import { loadLanguage } from '../../core/foreign/load-language.ts';
import { parsePackManifest } from '../../core/manifest/parse-pack-manifest.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { isPackName, type PackName } from '../../core/pack/pack-name.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';

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

/** What a tree was chosen as. A template of another tool does not say itself which id and version it has. */
export interface ChosenAs extends Pick<Pack, 'provenance' | 'integrity'> {
  readonly id: string;
  readonly version: string;
  /** What finds it, as a lockfile records it. */
  readonly source: string;
}

/** As `readPackTree`, also for templates of other tools, whose decoders are loaded only for them. */
export async function loadPackTree(files: FileTree, chosen: ChosenAs): Promise<Pack> {
  const kind = foreignKindOf(files);
  if (kind === undefined) return withLanguage(readPackTree(files, chosen));
  const decode = await loadDecoder(kind, files);
  const { id, version, source, integrity, provenance } = chosen;
  const name = isPackName(id) ? id : ('template' as PackName);
  return decode(
    {
      files,
      id: name,
      version,
      reference: withoutMarker(source.replace(/#.*$/, '')),
      integrity,
      commit: /#([0-9a-f]{40})$/.exec(source)?.[1],
      revision: provenance.revision,
    },
    provenance,
  );
}

/** A pack whose manifest says that its templates are of another language, with what reads them. */
export async function withLanguage(pack: Pack): Promise<Pack> {
  const { language } = pack.manifest;
  if (language === undefined) return pack;
  const read = await loadLanguage(language);
  return { ...pack, foreign: read(pack, language) };
}

/** Bytes of all files of a tree. */
export function treeBytes(files: FileTree): number {
  let bytes = 0;
  for (const { content } of files.values()) bytes += content.length;
  return bytes;
}
