import { textArgument } from '../jinja/arguments.ts';
import { pathValue } from '../jinja/path-value.ts';
import { JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { plainSegments } from '../tree/plain-segments.ts';
import { callable } from './callable.ts';
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
  return new JinjaObject('Path', {
    get: (name) => {
      const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
      if (method !== undefined) return callable(({ positional }) => method({ path, disk }, positional));
      if (name === 'parents') return parentsOf(path, disk);
      const found = partOf(path, name, disk);
      return name === 'parent' ? makePath(pathText(found ?? '.'), disk) : found;
    },
    print: () => path,
  });
}

/** A path as its methods see it. */
interface Owner {
  readonly path: string;
  readonly disk: Disk;
}

type Method = (owner: Owner, positional: readonly JinjaValue[]) => JinjaValue;

const joined: Method = ({ path, disk }, parts) => makePath(join([path, ...parts.map(pathText)]), disk);
const same: Method = ({ path, disk }) => makePath(path, disk);
const isThere: Method = (owner) => textAt(owner) !== undefined;

const METHODS: Readonly<Record<string, Method>> = {
  __truediv__: joined,
  joinpath: joined,
  with_name: (owner, [name]) => beside(owner, textArgument(name, 'name')),
  with_suffix: (owner, [suffix]) => beside(owner, `${String(partOf(owner.path, 'stem', owner.disk))}${textArgument(suffix, 'suffix')}`),
  open: ({ path, disk }, [mode = 'r']) => openFile(path, textArgument(mode, 'mode'), disk.files, disk.run),
  resolve: same,
  absolute: same,
  expanduser: same,
  as_posix: ({ path }) => path,
  exists: isThere,
  is_file: isThere,
  is_dir: () => false,
  read_text: (owner) => textAt(owner) ?? raise('FileNotFoundError', `No such file or directory: '${owner.path}'`),
};

/** What pure paths have, too. */
function partOf(path: string, name: string, { run }: Disk): JinjaValue | undefined {
  run.runtime.budget.allocate(path.length * 8);
  return pathValue(path).parts.get?.(name);
}

function textAt({ path, disk }: Owner): string | undefined {
  return templateFile(path, disk.files);
}

function beside({ path, disk }: Owner, name: string): JinjaObject {
  return makePath(join([pathText(partOf(path, 'parent', disk) ?? '.'), name]), disk);
}

/** What a path takes besides its text. */
const PATH_BYTES = 256;

function parentsOf(path: string, disk: Disk): JinjaValue[] {
  const parts = path.split('/');
  disk.run.runtime.budget.spendSteps(parts.length);
  disk.run.runtime.budget.allocate(parts.length * (PATH_BYTES + path.length));
  return parts.slice(1).map((_, at) => makePath(parts.slice(0, parts.length - 1 - at).join('/') || '/', disk));
}
