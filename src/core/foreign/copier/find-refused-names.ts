import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { positionAt } from '../../text/position-at.ts';
import { textAt } from '../../tree/file-text.ts';
import { type FileTree, sortedPaths } from '../../tree/file-tree.ts';
import { CONFIG_FILES, type CopierConfig } from './read-config.ts';

/** Names that would put something of a machine into a project: what they are, and what to write. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['_copier_python', 'the path of the Python that runs Copier; write python3'],
  ['make_secret', 'chance; ask for it: a question with `secret: true`'],
]);

/** Finds uses of what is never the same twice. Tasks may name `_copier_python`: it is `python3` there. */
export function findRefusedNames(files: FileTree, { settings }: CopierConfig): Diagnostic[] {
  const suffix = settings.get('_templates_suffix') ?? '.jinja';
  const isTemplate = (path: string): boolean => typeof suffix === 'string' && path.endsWith(suffix) && !CONFIG_FILES.includes(path);
  return sortedPaths(files)
    .filter(isTemplate)
    .flatMap((path) => {
      const text = textAt(files, path);
      return text === undefined ? [] : [...REFUSED].flatMap(([name, advice]) => findName(text, name, path, advice));
    });
}

function findName(text: string, name: string, file: string, advice: string): Diagnostic[] {
  const at = new RegExp(`\\{[{%][^{}%]*\\b${name}\\b`).exec(text);
  if (at === null) return [];
  return [
    {
      code: 'FOREIGN_UNSUPPORTED',
      severity: 'error',
      message: `${name} is not there: it is ${advice.split(';')[0]}`,
      where: { file, ...positionAt(text, at.index) },
      suggestion: (advice.split(';')[1] ?? '').trim(),
    },
  ];
}
