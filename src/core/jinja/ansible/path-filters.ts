import { filter, textFilter } from '../filters/define-filter.ts';
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
  textFilter('win_basename', (path) => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)),
];

function dirname(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '');
}
