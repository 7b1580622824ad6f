import { textArgument } from '../jinja/arguments.ts';
import { pathValue } from '../jinja/path-value.ts';
import { JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { plainSegments } from '../tree/plain-segments.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';
import { type Files, openFile, templateFile } from './text-file.ts';
import { PythonClass } from './values.ts';

interface Disk {
  readonly run: Machine;
  readonly files: Files;
}

/** `pathlib`: paths of which only the files of the template can be read; nothing else is there. */
export function pathModule(run: Machine, files: Files): ReadonlyMap<string, JinjaValue> {
  const make = (name: string): readonly [string, PythonClass] => [
    name,
    new PythonClass(name, [], new Map(), ({ positional }) => makePath(join(positional.map((part) => pathText(part))), { run, files })),
  ];
  return new Map(['Path', 'PurePath', 'PosixPath', 'PurePosixPath'].map(make));
}

/** The text of a path, however that is given. */
export function pathText(value: JinjaValue): string {
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

function makePath(path: string, disk: Disk): JinjaObject {
  const text = (): string | undefined => templateFile(path, disk.files);
  const pure = pathValue(path);
  const method = (call: (positional: readonly JinjaValue[]) => JinjaValue): JinjaObject =>
    new JinjaObject('method', { call: ({ positional }) => call(positional) });
  const beside = (name: string): JinjaObject => makePath(join([pathText(pure.parts.get?.('parent') ?? '.'), name]), disk);
  const same = method(() => makePath(path, disk));
  const methods = new Map<string, JinjaObject>([
    ['__truediv__', method((parts) => makePath(join([path, ...parts.map(pathText)]), disk))],
    ['joinpath', method((parts) => makePath(join([path, ...parts.map(pathText)]), disk))],
    ['with_name', method(([name]) => beside(textArgument(name, 'name')))],
    ['with_suffix', method(([suffix]) => beside(`${String(pure.parts.get?.('stem'))}${textArgument(suffix, 'suffix')}`))],
    ['open', method(([mode = 'r']) => openFile(path, textArgument(mode, 'mode'), disk.files, disk.run))],
    ['resolve', same],
    ['absolute', same],
    ['expanduser', same],
    ['as_posix', method(() => path)],
    ['exists', method(() => text() !== undefined)],
    ['is_file', method(() => text() !== undefined)],
    ['is_dir', method(() => false)],
    ['read_text', method(() => text() ?? raise('FileNotFoundError', `No such file or directory: '${path}'`))],
  ]);
  return new JinjaObject('Path', {
    get: (name) => {
      const found = methods.get(name) ?? pure.parts.get?.(name);
      return name === 'parent' ? makePath(pathText(found ?? '.'), disk) : name === 'parents' ? parentsOf(path, disk) : found;
    },
    print: () => path,
  });
}

function parentsOf(path: string, disk: Disk): JinjaValue[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => makePath(parts.slice(0, parts.length - 1 - at).join('/') || '/', disk));
}
