import { textFilter } from '../filters/define-filter.ts';
import type { JinjaFilter } from '../values.ts';

/** The filters of jinja2-strcase, which splits words as Go's `strcase` does: at capitals, digits before letters, blanks, `_`, `-` and `.`. */
export const STRCASE_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  textFilter('to_snake', (text) => delimit(text, '_').toLowerCase()),
  textFilter('to_screaming_snake', (text) => delimit(text, '_').toUpperCase()),
  textFilter('to_kebab', (text) => delimit(text, '-').toLowerCase()),
  textFilter('to_screaming_kebab', (text) => delimit(text, '-').toUpperCase()),
  textFilter('to_camel', (text) => camel(text, true)),
  textFilter('to_lower_camel', (text) => camel(text, false)),
];

function delimit(text: string, delimiter: string): string {
  return text
    .trim()
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)|(\d)([A-Za-z])/g, (_whole, a = '', b = '', c = '', d = '') => `${a}${c} ${b}${d}`)
    .replace(/[ _.-]+/g, delimiter);
}

function camel(text: string, isUpper: boolean): string {
  const words = text
    .trim()
    .split(/[ _.-]+/)
    .filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return (isUpper ? joined.charAt(0).toUpperCase() : joined.charAt(0).toLowerCase()) + joined.slice(1);
}
