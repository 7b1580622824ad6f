import type { TemplateSource } from '../../template/template-source.ts';
import { covers, isIgnored } from './list-files.ts';
import type { CargoConfig, FileLists } from './read-config.ts';

/** On which answers it depends what becomes of a file: expressions, or what is always so. */
export interface FileFate {
  readonly ignored: Condition;
  /** Rendered, and not only copied. */
  readonly rendered: Condition;
}

export type Condition = boolean | string;

/** What becomes of a file, by the lists of the template and of its conditions. */
export function judgeFile({ name }: TemplateSource, config: CargoConfig, isReadable: boolean): FileFate {
  const any = (matches: (lists: FileLists) => boolean): Condition =>
    config.conditionals.reduce<Condition>((found, { expression, lists }) => or(found, matches(lists) && expression), matches(config.lists));
  const ignored = any(({ ignore }) => isIgnored(name, ignore));
  const isIncluding = any(({ include }) => include !== undefined);
  const included = any(({ include }) => include !== undefined && covers(include, name));
  const excluded = any(({ exclude }) => exclude !== undefined && covers(exclude, name));
  const rendered = or(and(isIncluding, included), and(not(isIncluding), not(excluded)));
  return { ignored, rendered: isReadable && rendered };
}

export function or(left: Condition, right: Condition): Condition {
  if (left === true || right === true) return true;
  if (left === false) return right;
  return right === false ? left : `(${left}) or (${right})`;
}

export function and(left: Condition, right: Condition): Condition {
  if (left === false || right === false) return false;
  if (left === true) return right;
  return right === true ? left : `(${left}) and (${right})`;
}

export function not(condition: Condition): Condition {
  return typeof condition === 'boolean' ? !condition : `not (${condition})`;
}
