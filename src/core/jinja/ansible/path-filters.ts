import { fail } from '../fault.ts';
import { filter, textFilter } from '../filters/define-filter.ts';
import { normalSegments, realPath } from '../path-value.ts';
import { toText } from '../python-repr.ts';
import { type JinjaFilter, JinjaTuple } from '../values.ts';

/** Paths as text: nothing looks at the disk. */
export const PATH_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  textFilter('basename', (path) => path.slice(path.lastIndexOf('/') + 1)),
  textFilter('dirname', dirname),
  filter('splitext', '', (value, _args, { budget }) => {
    const path = toText(value, budget);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const dot = name.lastIndexOf('.');
    const isEnding = dot > 0 && /[^.]/.test(name.slice(0, dot));
    const at = isEnding ? path.length - name.length + dot : path.length;
    return new JinjaTuple([path.slice(0, at), path.slice(at)]);
  }),
  filter('relpath', 'start', (value, [start], { budget }) => {
    const [path, from] = [
      toText(value, budget),
      start === undefined ? fail('"start" is missing: where a template runs is of a machine') : toText(start, budget),
    ];
    if (path === '') fail('the path is empty');
    if (path.startsWith('/') !== from.startsWith('/'))
      fail('one path is absolute and the other is not: where a template runs is of a machine');
    return relativePath(normalSegments(path), normalSegments(from));
  }),
  filter('win_dirname', '', (value, _args, { budget }) => splitWindows(toText(value, budget)).directory),
  filter('win_splitdrive', '', (value, _args, { budget }) => {
    const { drive, rest } = splitDrive(toText(value, budget));
    return new JinjaTuple([drive, rest]);
  }),
  textFilter('expanduser', (path) => (path.startsWith('~') ? ofMachine('expanduser') : path)),
  textFilter('expandvars', (path) => (path.includes('$') ? ofMachine('expandvars') : path)),
  textFilter('realpath', (path) => realPath(path) ?? ofMachine('realpath')),
  filter('fileglob', '', () => ofMachine('fileglob')),
  textFilter('win_basename', (path) => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)),
];

function ofMachine(name: string): never {
  return fail(`"${name}" is not there: what it gives is of a machine`, 'ask for it: a question, or a value of a task');
}

function dirname(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return withoutEnd(head, '/') || head;
}

/** A text without those characters at its end, in one go however many there are. */
function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

function relativePath(path: readonly string[], start: readonly string[]): string {
  const different = start.findIndex((part, at) => part !== path[at]);
  const common = different < 0 ? start.length : different;
  if (start.slice(common).includes('..')) fail('it begins above what is known');
  const parts = [...start.slice(common).map(() => '..'), ...path.slice(common)];
  return parts.length === 0 ? '.' : parts.join('/');
}

/** Python's `ntpath.splitdrive`, for letters and shares. */
function splitDrive(path: string): { readonly drive: string; readonly rest: string } {
  const drive = /^(?:[\\/]{2}[^\\/]+[\\/][^\\/]+|[^\\/]:)/.exec(path)?.[0] ?? '';
  return { drive, rest: path.slice(drive.length) };
}

function splitWindows(path: string): { readonly directory: string } {
  const { drive, rest } = splitDrive(path);
  const head = rest.slice(0, Math.max(rest.lastIndexOf('\\'), rest.lastIndexOf('/')) + 1);
  return { directory: drive + (withoutEnd(head, '\\/') || head) };
}
