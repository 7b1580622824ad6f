import { textArgument } from '../arguments.ts';
import { filter } from '../filters/define-filter.ts';
import { toText } from '../python-repr.ts';
import type { JinjaFilter, JinjaValue } from '../values.ts';
import { instantOf, toCalendar } from './instant.ts';

/** What stands in for the names that templates' own Python extensions define most often. */
export const STAND_IN_NAMES: readonly string[] = ['slugify', 'git_user_name', 'git_user_email', 'current_year'];

/** Words in lower case with one separator between them; the separator can be given. */
const SLUGIFY = filter('slugify', 'separator', (value, [separator], { budget }) => {
  const text = toText(value, budget);
  budget.spendSteps(text.length);
  budget.allocate(text.length);
  const words = text
    .normalize('NFKD')
    .replace(/[^\0-\x7f]/g, '')
    .toLowerCase()
    .replace(/[^\w\s-]/g, '');
  const between = separator === undefined ? '-' : textArgument(separator, 'separator');
  const parts = words.split(/[-_\s]+/).filter((word) => word !== '');
  budget.allocate(parts.length * between.length);
  return parts.join(between);
});

/** The name and address that git knows are of a machine, not of a template: what is given for want of them is given. */
const FALLBACK_FILTERS = ['git_user_name', 'git_user_email'].map((name) => filter(name, '', (value) => value));

export const STAND_IN_FILTERS: readonly (readonly [string, JinjaFilter])[] = [SLUGIFY, ...FALLBACK_FILTERS];

/** `current_year` is the year of the recorded instant. */
export function standInValues(now: string): readonly (readonly [string, JinjaValue])[] {
  return [['current_year', toCalendar(instantOf(now), 0, 'UTC').year]];
}
