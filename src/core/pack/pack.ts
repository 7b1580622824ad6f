import type { ForeignTemplate, TranslatedPack } from '../foreign/foreign-template.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { PackManifest, PackProvenance } from './pack-manifest.ts';

/** A pack, whole: its manifest, and every file below its directory by path (the manifest's own included). */
export interface Pack {
  readonly manifest: PackManifest;
  readonly files: FileTree;
  readonly provenance: PackProvenance;
  /** `sha512-…` in Subresource Integrity form, over every path, mode and content. */
  readonly integrity: string;
  /** Where it is a template of another tool: how it differs from a pack. */
  readonly foreign?: ForeignTemplate;
  /** Where it was made of a pack of another tool, whole. */
  readonly translated?: TranslatedPack;
}
