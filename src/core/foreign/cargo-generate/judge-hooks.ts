import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { positionAt } from '../../text/position-at.ts';
import { utf8At } from '../../tree/file-text.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import type { CargoConfig } from './read-config.ts';

/** What a script does to the project, which is lost where it does not run. */
const CHANGES = /\b(?:variable::(?:set|prompt)|file::(?:rename|delete|write))\b/;

/**
 * Hooks are programs in Rhai, which are never run. One that sets values or changes files would be missed, and is refused; what another one
 * only checks, prints or starts is left out with a warning.
 */
export function judgeHooks(files: FileTree, { hooks }: CargoConfig): Diagnostic[] {
  return [...new Set(hooks)].map((path) => {
    const text = utf8At(files, path.replace(/^\.\//, '')) ?? '';
    const found = CHANGES.exec(text);
    if (found === null) {
      return {
        code: 'FOREIGN_APPROXIMATED',
        severity: 'warning',
        message: 'this hook is a program in Rhai, which is never run: it is left out',
        where: { file: path },
      };
    }
    return {
      code: 'FOREIGN_UNSUPPORTED',
      severity: 'error',
      message: `this hook is a program in Rhai, which is never run, and the project would miss what it does with ${found[0]}`,
      where: { file: path, ...positionAt(text, found.index) },
      suggestion: adviceFor(found[0]),
    };
  });
}

function adviceFor(call: string): string {
  if (call.startsWith('variable::')) return 'ask for the value in [placeholders], or make it in the templates with {% assign %}';
  return 'leave files out with `ignore` below [conditional], name them by {{ … }}, and take the hook out of [hooks]';
}
