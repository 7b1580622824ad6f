import type { Digest } from './digest.ts';
import type { FileMode } from './file-tree.ts';

/** What stands at one path of the project's directory now. */
export type DiskEntry =
  | { readonly kind: 'file'; readonly digest: Digest; readonly mode: FileMode; readonly size: number }
  | { readonly kind: 'directory' }
  /** A symbolic link; `leadsOut` tells that its target is outside the project. */
  | { readonly kind: 'link'; readonly leadsOut: boolean }
  /** The path goes through something that is not a plain directory of the project: a file, or a link. */
  | { readonly kind: 'blocked'; readonly by: string; readonly isLink: boolean }
  | { readonly kind: 'other' };
