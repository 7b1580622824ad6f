import { createHash, hash } from 'node:crypto';
import { type FileTree, isExecutable, sortedPaths } from '../../core/tree/file-tree.ts';

/**
 * The integrity of a whole tree: SHA-512 over one line `path NUL mode NUL sha512` a file in code-unit order, as `sha512-` and base64.
 * Mode is `x` for an executable file and `-` for any other.
 */
export function computeTreeIntegrity(tree: FileTree): string {
  const whole = createHash('sha512');
  for (const path of sortedPaths(tree)) {
    const entry = tree.get(path);
    if (entry === undefined) continue;
    const digest = hash('sha512', entry.content, 'hex');
    whole.update(`${path}\0${isExecutable(entry.mode) ? 'x' : '-'}\0${digest}\n`);
  }
  return `sha512-${whole.digest('base64')}`;
}
