import { textArgument } from '../jinja/arguments.ts';
import { pathValue } from '../jinja/path-value.ts';
import { JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { plainSegments } from '../tree/plain-segments.ts';
import type { ModuleFacts } from './machine.ts';
import { raise } from './python-fault.ts';
import { PythonClass } from './values.ts';

/** Where the files of the template seem to be. */
export const TEMPLATE_ROOT = '/template';

type Files = Pick<ModuleFacts, 'readFile'>;

/** `pathlib`: paths of which only the files of the template can be read; nothing else is there. */
export function pathModule(files: Files): ReadonlyMap<string, JinjaValue> {
  const make = (name: string): readonly [string, PythonClass] => [
    name,
    new PythonClass(name, [], new Map(), ({ positional }) => makePath(join(positional.map((part) => pathText(part))), files)),
  ];
  return new Map(['Path', 'PurePath', 'PosixPath', 'PurePosixPath'].map(make));
}

function pathText(value: JinjaValue): string {
  const printed = value instanceof JinjaObject ? value.parts.print?.() : value;
  return textArgument(typeof printed === 'string' ? printed : undefined, 'path');
}

const MAX_PATH = 4096;

function join(parts: readonly string[]): string {
  if (parts.reduce((sum, part) => sum + part.length, 0) > MAX_PATH) raise('OSError', 'File name too long');
  const root = parts.findLastIndex((part) => part.startsWith('/'));
  const path = parts.slice(Math.max(root, 0)).flatMap(plainSegments).join('/');
  return root < 0 ? path || '.' : `/${path}`;
}

function makePath(path: string, files: Files): JinjaObject {
  const text = (): string | undefined =>
    path.startsWith(`${TEMPLATE_ROOT}/`) ? files.readFile(path.slice(TEMPLATE_ROOT.length + 1)) : undefined;
  const method = (call: (positional: readonly JinjaValue[]) => JinjaValue): JinjaObject =>
    new JinjaObject('method', { call: ({ positional }) => call(positional) });
  const same = method(() => makePath(path, files));
  const methods = new Map<string, JinjaObject>([
    ['__truediv__', method((parts) => makePath(join([path, ...parts.map(pathText)]), files))],
    ['with_name', method(([name = '']) => makePath(join([path.slice(0, path.lastIndexOf('/') + 1), pathText(name)]), files))],
    ['joinpath', method((parts) => makePath(join([path, ...parts.map(pathText)]), files))],
    ['resolve', same],
    ['absolute', same],
    ['expanduser', same],
    ['as_posix', method(() => path)],
    ['exists', method(() => text() !== undefined)],
    ['is_file', method(() => text() !== undefined)],
    ['is_dir', method(() => false)],
    ['read_text', method(() => text() ?? raise('FileNotFoundError', `No such file or directory: '${path}'`))],
  ]);
  const pure = pathValue(path);
  return new JinjaObject('Path', {
    get: (name) => {
      const found = methods.get(name) ?? pure.parts.get?.(name);
      return name === 'parent' ? makePath(pathText(found ?? '.'), files) : name === 'parents' ? parentsOf(path, files) : found;
    },
    print: () => path,
  });
}

function parentsOf(path: string, files: Files): JinjaValue[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => makePath(parts.slice(0, parts.length - 1 - at).join('/') || '/', files));
}
