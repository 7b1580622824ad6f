import { JinjaObject, JinjaTuple, type JinjaValue, textOf } from './values.ts';

/** A pure path of Python: its parts, and what it prints as. Nothing looks at the disk. */
export function pathValue(path: string): JinjaObject {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const hasSuffix = dot > 0 && dot < name.length - 1;
  const get = (attribute: string): JinjaValue | undefined => {
    switch (attribute) {
      case 'name':
        return name;
      case 'stem':
        return hasSuffix ? name.slice(0, dot) : name;
      case 'suffix':
        return hasSuffix ? name.slice(dot) : '';
      case 'parent':
        return pathValue(parentOf(path));
      case 'parts':
        return new JinjaTuple([...(path.startsWith('/') ? ['/'] : []), ...path.split('/').filter((part) => part !== '')]);
      default:
        return undefined;
    }
  };
  return new JinjaObject('path', { get, names: () => ['name', 'parent', 'parts', 'stem', 'suffix'], print: () => path });
}

/** `path / name`, where what stands left is such a path or one made of it; `undefined` where it is none. */
export function joinPath(left: JinjaValue, right: JinjaValue, paths: readonly string[]): JinjaValue | undefined {
  const name = textOf(right);
  if (name === undefined) return undefined;
  if (left instanceof JinjaObject && left.typeName === 'path') return pathValue(joined(textOf(left.parts.print?.() ?? '') ?? '', name));
  if (typeof left !== 'string' || !paths.some((path) => path !== '' && (left === path || left.startsWith(`${path}/`)))) return undefined;
  return joined(left, name);
}

function joined(path: string, name: string): string {
  if (name.startsWith('/')) return name;
  return `${path.replace(/\/+$/, '')}/${name.replace(/^(?:\.\/+)+/, '')}`;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}
