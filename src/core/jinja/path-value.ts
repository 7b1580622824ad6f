import { JinjaObject, JinjaTuple, type JinjaValue } from './values.ts';

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

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}
