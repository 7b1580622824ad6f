import type { JinjaValue } from '../jinja/values.ts';
import { wholeText } from './access.ts';
import type { Machine, ModuleFacts } from './machine.ts';
import { raise } from './python-fault.ts';
import { PythonClass, PythonFunction, PythonInstance } from './values.ts';

/** Where the files of the template seem to be. */
export const TEMPLATE_ROOT = '/template';

export type Files = Pick<ModuleFacts, 'readFile' | 'folder'>;

/** A text file of the template, by a path that may be relative to the folder that things are run in; `undefined` where none is. */
export function templateFile(path: string, { readFile, folder }: Files): string | undefined {
  const isWhole = path.startsWith('/');
  if (!isWhole && folder === undefined) return undefined;
  const segments: string[] = [];
  for (const segment of (isWhole ? path : `${TEMPLATE_ROOT}/${folder}/${path}`).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const [root, ...rest] = segments;
  return `/${root}` === TEMPLATE_ROOT && rest.length > 0 ? readFile(rest.join('/')) : undefined;
}

/** `open`: files of the template can be read, nothing is written. */
export function openFile(path: string, mode: string, files: Files, run: Machine): PythonInstance {
  if (!/^r?t?$/.test(mode)) return raise('PermissionError', `Permission denied: '${path}'`);
  let rest = templateFile(path, files) ?? raise('FileNotFoundError', `No such file or directory: '${path}'`);
  const take = (end: number): string => {
    const taken = wholeText(rest.slice(0, end), 'text', run);
    rest = rest.slice(end);
    return taken;
  };
  const line = (): string => take(rest.includes('\n') ? rest.indexOf('\n') + 1 : rest.length);
  const lines = (): JinjaValue[] => take(rest.length).match(/[^\n]*\n|[^\n]+/g) ?? [];
  const method = (name: string, call: (self: JinjaValue) => JinjaValue): [string, JinjaValue] => [
    name,
    new PythonFunction(name, ({ positional: [self = null] }) => call(self)),
  ];
  const members = [
    method('__enter__', (self) => self),
    method('__exit__', () => null),
    method('__iter__', lines),
    method('close', () => null),
    method('read', () => take(rest.length)),
    method('readline', line),
    method('readlines', lines),
  ];
  return new PythonInstance(new PythonClass('TextIOWrapper', [], new Map(members)));
}
