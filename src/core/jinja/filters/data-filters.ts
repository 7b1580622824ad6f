import { formatJson, indentArgument } from '../pack-filters/format-json.ts';
import { toRepr } from '../python-repr.ts';
import { type JinjaFilter, JinjaUndefined, type JinjaValue, Markup, orElse, truth } from '../values.ts';
import { filter } from './define-filter.ts';
import { prettyPrint } from './pretty-print.ts';

type Bound = readonly (JinjaValue | undefined)[];

/** Filters about data as a whole. */
export const DATA_FILTERS: readonly [string, JinjaFilter][] = [
  filter('default', 'default_value boolean', orDefault, { takesUndefined: true }),
  filter('d', 'default_value boolean', orDefault, { takesUndefined: true }),
  filter('tojson', 'indent', (value, [indent], { budget, isPython }) => {
    const text = formatJson(
      value,
      { indent: indentArgument(indent, isPython), sortKeys: true, asciiOnly: true, pythonSpacing: true },
      budget,
    );
    return new Markup(text.replace(/[<>&']/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
  }),
  filter('pprint', '', (value, _args, { budget }) =>
    typeof value === 'object' && value !== null ? prettyPrint(value, budget) : toRepr(value, budget),
  ),
];

function orDefault(value: JinjaValue, [fallback, boolean]: Bound): JinjaValue {
  const isMissing = value instanceof JinjaUndefined || (boolean !== undefined && truth(boolean) && !truth(value));
  return isMissing ? orElse(fallback, () => '') : value;
}
