import type { Value } from '../../pack/values.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import type { NestedTemplate } from '../several-templates.ts';
import type { ContextEntry } from './read-context.ts';

/**
 * The templates that a repository lists in the place of questions: `templates` with `path`, `title` and `description`, or `template`, as older
 * repositories have it, with the directory in parentheses. Empty where it is a template itself.
 */
export function listNested(entries: readonly ContextEntry[]): NestedTemplate[] {
  const named = entries.find(({ key }) => key === 'templates')?.value;
  if (named instanceof Map && named.size > 0)
    return [...(named as ReadonlyMap<string, Value>)].flatMap(([name, item]) => toNested(name, item));
  const listed = entries.find(({ key }) => key === 'template')?.value;
  return Array.isArray(listed) ? (listed as readonly Value[]).flatMap(fromChoice) : [];
}

function toNested(name: string, item: Value): NestedTemplate[] {
  if (!(item instanceof Map)) return [];
  const [path, title, description] = ['path', 'title', 'description'].map((key) => (item as ReadonlyMap<string, Value>).get(key));
  if (typeof path !== 'string') return [];
  const label = typeof title === 'string' ? title : name;
  return place(path, typeof description === 'string' && description !== label ? `${label} (${description})` : label);
}

function fromChoice(item: Value): NestedTemplate[] {
  const path = typeof item === 'string' ? /\((.+)\)/.exec(item)?.[1] : undefined;
  return path === undefined ? [] : place(path, String(item));
}

/** Only directories below the repository are templates of it. */
function place(path: string, label: string): NestedTemplate[] {
  const segments = plainSegments(path);
  return segments.length === 0 || path.startsWith('/') || segments.includes('..') ? [] : [{ path: segments.join('/'), label }];
}
