import { integerArgument, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { split } from '../methods/split.ts';
import { toText } from '../python-repr.ts';
import { escapeHtml } from '../text.ts';
import { isDict, type JinjaFilter, JinjaUndefined, type JinjaValue, Markup, type Runtime, truth, typeName } from '../values.ts';
import { filter, toHtml } from './define-filter.ts';

type Bound = readonly (JinjaValue | undefined)[];

/** Filters about HTML. */
export const HTML_FILTERS: readonly [string, JinjaFilter][] = [
  filter('escape', '', (value, _args, { budget }) => new Markup(toHtml(value, budget))),
  filter('e', '', (value, _args, { budget }) => new Markup(toHtml(value, budget))),
  filter('forceescape', '', (value, _args, { budget }) => {
    const text = toText(value, budget);
    budget.allocate(text.length * 2);
    return new Markup(escapeHtml(text));
  }),
  filter('safe', '', (value, _args, { budget }) => new Markup(toText(value, budget))),
  filter('striptags', '', (value, _args, { budget }) => stripTags(toText(value, budget), budget)),
  filter('urlize', 'trim_url_limit nofollow target rel', urlize),
  filter('xmlattr', 'autospace', xmlAttributes),
];

/** Removes comments and tags in one pass each, collapses white space and decodes the five basic entities. */
function stripTags(text: string, budget: Runtime['budget']): string {
  budget.spendSteps(text.length >> 2);
  const bare = removeBetween(removeBetween(text, '<!--', '-->'), '<', '>');
  return split(bare, undefined, -1, budget)
    .join(' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#39|#34|#x27);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
  '#34': '"',
  '#x27': "'",
};

function removeBetween(text: string, open: string, close: string): string {
  const parts: string[] = [];
  let offset = 0;
  for (;;) {
    const start = text.indexOf(open, offset);
    const end = start === -1 ? -1 : text.indexOf(close, start + open.length);
    if (end === -1) break;
    parts.push(text.slice(offset, start));
    offset = end + close.length;
  }
  parts.push(text.slice(offset));
  return parts.join('');
}

const WEB =
  /^(https?:\/\/|www\.)(([a-z\d%-]+\.)+[a-z]{2,63}|[a-z\d%-]{2,63}|\[[a-f\d]{2,}(:[a-f\d]*)*\]|\d{1,3}(\.\d{1,3}){3})(:\d{1,5})?([/?#]\S*)?$|^[a-z\d][a-z\d%-]*\.(com|net|int|edu|gov|org|info|mil)(:\d{1,5})?([/?#]\S*)?$/i;
const EMAIL = /^\S+@\w[\w.-]*\.\w+$/;
const MAX_WORD = 2048;

function urlize(value: JinjaValue, [limit, nofollow, target, rel]: Bound, { budget, autoescape }: Runtime): JinjaValue {
  const text = toHtml(value, budget);
  budget.spendSteps(text.length * 16);
  const cut = limit === undefined || limit === null ? undefined : integerArgument(limit, 'trim_url_limit');
  const relations = new Set((rel === undefined || rel === null ? '' : textArgument(rel, 'rel')).split(/\s+/).filter((word) => word !== ''));
  if (nofollow !== undefined && truth(nofollow)) relations.add('nofollow');
  relations.add('noopener');
  const shownRel = escapeHtml([...relations].sort().join(' '));
  const shownTarget = target === undefined || target === null ? '' : ` target="${escapeHtml(textArgument(target, 'target'))}"`;
  const link = (href: string, shown: string, isMail: boolean): string => {
    const label = !isMail && cut !== undefined && shown.length > cut ? `${shown.slice(0, cut)}...` : shown;
    return isMail ? `<a href="${href}">${label}</a>` : `<a href="${href}" rel="${shownRel}"${shownTarget}>${label}</a>`;
  };
  const result = text
    .split(/(\s+)/)
    .map((word) => linkWord(word, link))
    .join('');
  budget.allocate(result.length);
  return autoescape ? new Markup(result) : result;
}

function linkWord(word: string, link: (href: string, shown: string, isMail: boolean) => string): string {
  if (word.length > MAX_WORD) return word;
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  const afterHead = word.slice(head.length);
  const tail = /(?:[)>.,\n]|&gt;)+$/.exec(afterHead)?.[0] ?? '';
  let middle = afterHead.slice(0, afterHead.length - tail.length);
  let rest = tail;
  for (const [open, close] of [
    ['(', ')'],
    ['<', '>'],
    ['&lt;', '&gt;'],
  ] as const) {
    const missing = middle.split(open).length - middle.split(close).length;
    for (let index = 0; index < missing && rest.startsWith(close); index++) {
      middle += close;
      rest = rest.slice(close.length);
    }
  }
  if (WEB.test(middle)) middle = link(/^https?:\/\//.test(middle) ? middle : `https://${middle}`, middle, false);
  else if (middle.startsWith('mailto:') && EMAIL.test(middle.slice(7))) middle = link(middle, middle.slice(7), true);
  else if (middle.includes('@') && !middle.startsWith('www.') && !middle.includes(':') && EMAIL.test(middle))
    middle = link(`mailto:${middle}`, middle, true);
  return head + middle + rest;
}

function xmlAttributes(value: JinjaValue, [autospace]: Bound, { budget, autoescape }: Runtime): JinjaValue {
  if (!isDict(value)) return fail(`"xmlattr" needs a dict, not ${typeName(value)}`);
  const parts: string[] = [];
  for (const [key, item] of value) {
    budget.step();
    if (item === null || item instanceof JinjaUndefined) continue;
    const name = toText(key, budget);
    if (/[\s/>=]/.test(name)) fail(`"${name.slice(0, 64)}" cannot be the name of an attribute`);
    parts.push(`${escapeHtml(name)}="${toHtml(item, budget)}"`);
  }
  const joined = parts.join(' ');
  const result = joined !== '' && (autospace === undefined || truth(autospace)) ? ` ${joined}` : joined;
  return autoescape ? new Markup(result) : result;
}
