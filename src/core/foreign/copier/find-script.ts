import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import { utf8At } from '../../tree/file-text.ts';
import { type FileTree, sortedPaths } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { ForeignSource } from '../foreign-template.ts';
import type { TaskHook } from './list-tasks.ts';
import type { CopierConfig } from './read-config.ts';

type Script = NonNullable<PlannedHook['script']>;

/**
 * A task that runs a file of the template, by `_copier_conf.src_path`: with that file as its script. Copier has a copy of the template on the disk
 * then, and packsmith has none, unless the template is a folder there.
 */
export function withScript(hook: PlannedHook, { files, reference }: Pick<ForeignSource, 'files' | 'reference'>): PlannedHook {
  if (isFolder(reference)) return hook;
  const start = `${reference}/`;
  const read = (path: string): Script | undefined => {
    const text = utf8At(files, path);
    return text === undefined ? undefined : { name: path.slice(path.lastIndexOf('/') + 1), text };
  };
  const { run } = hook;
  for (const [at, word] of run.entries()) {
    const whole = word.startsWith(start) ? read(word.slice(start.length)) : undefined;
    if (whole !== undefined) return { ...hook, run: run.toSpliced(at, 1), script: { ...whole, at } };
  }
  const last = run.length - 1;
  const found = run[last - 1] === '-c' ? inShell(run[last] ?? '', start, read) : undefined;
  return found === undefined ? hook : { ...hook, run: run.with(last, found.text), script: found.script };
}

/** What stands behind the text of a command of a shell is `$0` in it. */
function inShell(
  text: string,
  start: string,
  read: (path: string) => Script | undefined,
): { readonly text: string; readonly script: Script } | undefined {
  const at = text.indexOf(start);
  const [path = ''] = at < 0 ? [] : (/^[\w./@+-]+/.exec(text.slice(at + start.length)) ?? []);
  const script = path === '' ? undefined : read(path);
  if (script === undefined) return undefined;
  const quote = text[at - 1];
  const name = quote === '"' ? '$0' : quote === "'" ? `'"$0"'` : '"$0"';
  return { text: text.slice(0, at) + name + text.slice(at + start.length + path.length), script };
}

/** Where a pack has the files of its template that its hooks run or read. */
export const SCRIPTS = 'scripts/';

/** The files of a template that a task names by the folder of the template, and whether it names that folder besides. */
export function scriptsOf({ run }: TaskHook, files: FileTree): { readonly paths: readonly ProjectPath[]; readonly namesFolder: boolean } {
  const text = run
    .filter((word) => word.includes('src_path'))
    .join('\n')
    .replaceAll(SEPARATOR, '/')
    .replaceAll(JOINED, '/');
  const paths = text === '' ? [] : sortedPaths(files).filter((path) => text.includes(path) && utf8At(files, path) !== undefined);
  return { paths, namesFolder: run.some(namesFolder) };
}

/** Between names of a path, as templates write it for every system. */
const SEPARATOR = /\}\}\s*\{\{-?\s*_copier_conf\.sep\s*-?\}\}|\{\{-?\s*_copier_conf\.sep\s*-?\}\}/g;

/** Between two names of a path of Python that are joined: `src_path / 'scripts' / 'make.py'`. */
const JOINED = /['"]\s*\/\s*['"]/g;

/** A warning of the first task that names the folder of the template, which is on no disk, and not a file in it. */
export function remarkOnFolder(
  tasks: readonly TaskHook[],
  { whereIs }: CopierConfig,
  { reference }: Pick<ForeignSource, 'reference'>,
): Diagnostic[] {
  const found = isFolder(reference) ? undefined : tasks.find(({ run }) => run.some(namesFolder));
  if (found === undefined) return [];
  const { name, moment } = found;
  return [
    {
      code: 'FOREIGN_APPROXIMATED',
      severity: 'warning',
      message: `${name} names the folder of the template, which is not on the disk when it runs; a file that it names in there is`,
      where: whereIs(moment === 'task' ? '_tasks' : '_migrations'),
      suggestion: 'let it name a file of the template, `{{ _copier_conf.src_path }}/FILE`, or use a copy of the template as a folder',
    },
  ];
}

/** `src_path` without a file behind it. */
function namesFolder(word: string): boolean {
  return /_copier_conf\.src_path\b(?!\s*(?:\S{1,3}(?:\/|\s*\S{1,3}\s*_copier_conf\.sep)|\/\s*['"]))/.test(word);
}

/** Whether a template is a folder on this machine, and no archive of one. */
function isFolder(reference: string): boolean {
  return /^(?:[./~]|[A-Za-z]:[\\/])/.test(reference) && !/\.(?:tgz|tar|tar\.gz|zip)$/i.test(reference);
}
