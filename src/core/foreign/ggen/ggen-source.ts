import type { FileTree } from '../../tree/file-tree.ts';
import type { GgenManifest } from './read-manifest.ts';

/** A pack of ggen: its files, and what its manifest says. */
export interface GgenSource {
  readonly files: FileTree;
  readonly manifest: GgenManifest;
}
