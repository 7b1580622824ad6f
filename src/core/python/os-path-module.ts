import { normalSegments, realPath } from '../jinja/path-value.ts';
import { JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { wholeText } from './access.ts';
import type { Machine } from './machine.ts';

const NEVER = new JinjaObject('function', { call: () => false });

/** `os.path`: what it makes of texts; nothing is there. */
export function pathsModule(run: Machine): ReadonlyMap<string, JinjaValue> {
  const method = (call: (parts: readonly JinjaValue[]) => JinjaValue): JinjaObject =>
    new JinjaObject('function', { call: ({ positional }) => call(positional) });
  const text = (path: JinjaValue | undefined): string => wholeText(path, 'path', run);
  return new Map<string, JinjaValue>([
    ['join', method((parts) => joinPath(parts.map(text)))],
    ['basename', method(([path]) => text(path).replace(/^.*\//s, ''))],
    ['dirname', method(([path]) => /^(.*)\//s.exec(text(path))?.[1] ?? '')],
    ...['abspath', 'realpath'].map((name) => [name, method(([path]) => realPath(text(path)) ?? text(path))] as const),
    ['normpath', method(([path]) => normalPath(text(path)))],
    ...['exists', 'isfile', 'isdir'].map((name) => [name, NEVER] as const),
  ]);
}

function normalPath(path: string): string {
  return (path.startsWith('/') ? '/' : '') + normalSegments(path).join('/') || '.';
}

function joinPath(parts: readonly string[]): string {
  return parts.reduce(
    (path, part) => (part.startsWith('/') ? part : path === '' || path.endsWith('/') ? path + part : `${path}/${part}`),
    '',
  );
}
