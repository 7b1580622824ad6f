import { fail } from '../../jinja/fault.ts';
import { utf8Length } from '../../jinja/text.ts';
import type { JinjaValue } from '../../jinja/values.ts';
import { isDefaultable, toInteger } from '../values.ts';
import { integerArg, liquidFilter, textArg, textFilter } from './define-filter.ts';

/** Filters over text, as liquid-rust's standard library has them. */
export const TEXT_FILTERS = [
  textFilter('append', 'string |', (text, [string], runtime) => text + textArg(string, runtime)),
  textFilter('prepend', 'string |', (text, [string], runtime) => textArg(string, runtime) + text),
  textFilter('capitalize', '|', (text) => text.replace(/^./su, (first) => first.toUpperCase())),
  textFilter('downcase', '|', (text) => text.toLowerCase()),
  textFilter('upcase', '|', (text) => text.toUpperCase()),
  textFilter('strip', '|', (text) => text.trim()),
  textFilter('lstrip', '|', (text) => text.trimStart()),
  textFilter('rstrip', '|', (text) => text.trimEnd()),
  textFilter('strip_newlines', '|', (text) => text.replace(/[\r\n]/g, '')),
  textFilter('remove', 'search |', (text, [search], runtime) => text.replaceAll(textArg(search, runtime), '')),
  textFilter('remove_first', 'search |', (text, [search], runtime) => text.replace(textArg(search, runtime), '')),
  textFilter('replace', 'search | replace', (text, [search, by], runtime) => {
    const wanted = textArg(search, runtime);
    const replacement = textArg(by, runtime, '');
    const count = wanted === '' ? text.length + 1 : text.split(wanted).length - 1;
    runtime.budget.allocate(count * replacement.length);
    return text.replaceAll(wanted, () => replacement);
  }),
  textFilter('replace_first', 'search | replace', (text, [search, by], runtime) => {
    const replacement = textArg(by, runtime, '');
    return text.replace(textArg(search, runtime), () => replacement);
  }),
  textFilter('truncate', '| length ellipsis', (text, [length, ellipsis], runtime) => {
    const ending = textArg(ellipsis, runtime, '...');
    const most = integerArg(length, 50);
    if (most < 0 || most >= utf8Length(text)) return text;
    const kept = Math.max(0, most - utf8Length(ending));
    return [...text.matchAll(/\P{M}\p{M}*/gu)].slice(0, kept).join('') + ending;
  }),
  textFilter('truncatewords', '| length ellipsis', (text, [length, ellipsis], runtime) => {
    const words = text.split(' ');
    const most = integerArg(length, 50);
    return most < 0 || most >= words.length ? text : words.slice(0, most).join(' ') + textArg(ellipsis, runtime, '...');
  }),
  textFilter('escape', '|', (text) => text.replace(/[<>'"&]/g, (character) => ENTITIES[character] ?? character)),
  textFilter('escape_once', '|', (text) =>
    text.replace(/&(?:lt|gt|quot|amp|#39);|[<>'"&]/g, (found) => (found.length > 1 ? found : (ENTITIES[found] ?? found))),
  ),
  textFilter('newline_to_br', '|', (text) => text.replaceAll('\n', '<br />\n')),
  textFilter('strip_html', '|', stripHtml),
  textFilter('url_encode', '|', urlEncode),
  textFilter('url_decode', '|', urlDecode),
  liquidFilter('default', 'default |', (value, [fallback]) => (isDefaultable(value) ? (fallback ?? null) : value)),
  liquidFilter('split', 'pattern |', (value, [pattern], runtime) => {
    const text = textArg(value, runtime);
    const separator = textArg(pattern, runtime);
    runtime.budget.spendSteps(text.length);
    runtime.budget.allocate(text.length * 8);
    if (text === '') return [];
    return separator === '' ? ['', ...text, ''] : text.split(separator);
  }),
];

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&quot;', '&': '&amp;' };

/** Without scripts, styles and comments with what stands in them, then without tags. What is not closed stays. */
function stripHtml(text: string): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['<script', '</script>'],
    ['<style', '</style>'],
    ['<!--', '-->'],
    ['<', '>'],
  ];
  return pairs.reduce((rest, [open, close]) => withoutBetween(rest, open, close), text);
}

function withoutBetween(text: string, open: string, close: string): string {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return text;
  let result = '';
  let from = 0;
  for (;;) {
    const start = lower.indexOf(open, from);
    const end = start < 0 ? -1 : lower.indexOf(close, start + open.length);
    if (end < 0) return result + text.slice(from);
    result += text.slice(from, start);
    from = end + close.length;
  }
}

function urlEncode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9\-._]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function urlDecode(text: string): string {
  const bytes: number[] = [];
  const source = new TextEncoder().encode(text);
  for (let at = 0; at < source.length; at++) {
    const code = source[at] === 37 ? String.fromCharCode(...source.subarray(at + 1, at + 3)) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(code)) {
      bytes.push(Number.parseInt(code, 16));
      at += 2;
    } else bytes.push(source[at] ?? 0);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch {
    return fail('url_decode gives bytes that are no UTF-8');
  }
}

/** The start and length of a slice; negative starts count from the end. */
export function sliceBounds(offset: JinjaValue | undefined, length: JinjaValue | undefined, size: number): readonly [number, number] {
  const wanted = toInteger(length ?? 1) ?? fail('"length" must be a whole number');
  if (wanted < 1) fail('"length" must be positive');
  const given = Math.min(toInteger(offset) ?? fail('"offset" must be a whole number'), size);
  const start = given < 0 ? given + size : given;
  // A start before the beginning skips everything, as it does in liquid-rust.
  return start < 0 ? [size, 0] : [start, Math.min(wanted, size - start)];
}
