import { textArgument } from './arguments.ts';
import { fail } from './fault.ts';
import { JinjaObject, JinjaTuple, type JinjaValue, textOf } from './values.ts';

/** A pure path of Python: its parts, what is made of it, and what it prints as. Nothing looks at the disk. */
export function pathValue(path: string): JinjaObject {
  const get = (attribute: string): JinjaValue | undefined => {
    const method = METHODS.get(attribute);
    return method === undefined
      ? partOf(path, attribute)
      : new JinjaObject('method', { call: ({ positional }) => method(path, positional) });
  };
  return new JinjaObject('path', { get, names: () => [...PARTS, ...METHODS.keys()], print: () => path });
}

const PARTS: readonly string[] = ['name', 'parent', 'parts', 'stem', 'suffix'];

function partOf(path: string, part: string): JinjaValue | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const hasSuffix = dot > 0 && dot < name.length - 1;
  switch (part) {
    case 'name':
      return name;
    case 'stem':
      return hasSuffix ? name.slice(0, dot) : name;
    case 'suffix':
      return hasSuffix ? name.slice(dot) : '';
    case 'parent':
      return pathValue(parentOf(path));
    case 'parts':
      return new JinjaTuple([...(path.startsWith('/') ? ['/'] : []), ...path.split('/').filter((each) => each !== '')]);
    default:
      return undefined;
  }
}

type Method = (path: string, args: readonly JinjaValue[]) => JinjaValue;

const beside = (path: string, name: string): JinjaObject => pathValue(joined(parentOf(path), name));

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  // A path that does not begin at the root is what a template was asked for by, wherever that is on this machine.
  ['absolute', (path) => pathValue(path)],
  ['resolve', (path) => pathValue(realPath(path) ?? path)],
  ['as_posix', (path) => path],
  ['joinpath', (path, names) => pathValue(names.reduce<string>((before, name) => joined(before, pathText(name)), path))],
  ['with_name', (path, [name]) => beside(path, textArgument(name, 'name'))],
  ['with_suffix', (path, [suffix]) => beside(path, `${String(partOf(path, 'stem'))}${textArgument(suffix, 'suffix')}`)],
]);

/** `path / name`, where what stands left is such a path or one made of it; `undefined` where it is none. */
export function joinPath(left: JinjaValue, right: JinjaValue, paths: readonly string[]): JinjaObject | undefined {
  if (textOf(right) === undefined && !isPath(right)) return undefined;
  if (isPath(left)) return pathValue(joined(pathText(left), pathText(right)));
  if (typeof left !== 'string' || !paths.some((path) => path !== '' && (left === path || left.startsWith(`${path}/`)))) return undefined;
  return pathValue(joined(left, pathText(right)));
}

function isPath(value: JinjaValue): value is JinjaObject {
  return value instanceof JinjaObject && value.typeName === 'path';
}

function pathText(value: JinjaValue): string {
  return textArgument(isPath(value) ? value.parts.print?.() : value, 'path');
}

const MAX_PATH = 4096;

function joined(path: string, name: string): string {
  if (name.startsWith('/')) return name;
  if (path.length + name.length > MAX_PATH) fail(`a path has more than ${MAX_PATH} characters`);
  return path === '.' ? name : `${path.replace(/\/+$/, '')}/${name.replace(/^(?:\.\/+)+/, '')}`;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** Python's `realpath` of a path that begins at the root, as if nothing in it were a link; `undefined` for another, which is of a machine. */
export function realPath(path: string): string | undefined {
  if (path.startsWith('/')) return `/${normalSegments(path).join('/')}`;
  return /^[A-Za-z]:[\\/]/.test(path) ? normalSegments(path.replaceAll('\\', '/')).join('/') : undefined;
}

/** Python's `normpath`, as names; `..` at the start of a relative path stays. */
export function normalSegments(path: string): string[] {
  const result: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (result.length === 0 ? !path.startsWith('/') : result.at(-1) === '..')) result.push(part);
    else result.pop();
  }
  return result;
}
