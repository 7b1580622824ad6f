import { type JinjaValue, textOf, truth } from '../jinja/values.ts';
import { wholeText } from './access.ts';
import { callable } from './callable.ts';
import type { Machine } from './machine.ts';

type Members = ReadonlyMap<string, JinjaValue>;

/** `textwrap`: what only looks at the beginnings of lines. */
export function textwrapModule(run: Machine): Members {
  const indent = callable(({ positional: [text, prefix], named }) => {
    const before = wholeText(prefix ?? named.get('prefix') ?? '', 'prefix', run);
    const lines = wholeText(text, 'text', run).split(/(?<=\n)/);
    run.runtime.budget.allocate(lines.length * before.length);
    return lines.map((line) => (line.trim() === '' ? line : before + line)).join('');
  });
  return new Map([
    ['dedent', callable(({ positional: [text] }) => dedent(linesOf(wholeText(text, 'text', run), run)))],
    ['indent', indent],
  ]);
}

/** What a line takes besides its characters. */
const LINE_BYTES = 64;

function linesOf(text: string, run: Machine): string[] {
  const lines = text.split('\n');
  run.runtime.budget.spendSteps(lines.length);
  run.runtime.budget.allocate(lines.length * LINE_BYTES);
  return lines;
}

/** Takes away the blanks that all lines have in common; lines of blanks alone become empty. */
function dedent(given: readonly string[]): string {
  const lines = given.map((line) => (/^[ \t]*$/.test(line) ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.reduce((common, each) => {
    let at = 0;
    while (at < common.length && common[at] === each[at]) at++;
    return common.slice(0, at);
  }, margins[0] ?? '');
  return lines.map((line) => line.slice(line === '' ? 0 : margin.length)).join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/** The most that a mark becomes. */
const MAX_ESCAPE = 6;

/** `html`. */
export function htmlModule(run: Machine): Members {
  const escaping = callable(({ positional: [text, quote], named }) => {
    const marks = truth(quote ?? named.get('quote') ?? true) ? /[&<>"']/g : /[&<>]/g;
    const whole = wholeText(text, 's', run);
    run.runtime.budget.spendSteps(whole.length >> 2);
    run.runtime.budget.allocate(whole.length * MAX_ESCAPE);
    return whole.replace(marks, (mark) => ESCAPES[mark] ?? mark);
  });
  return new Map([['escape', escaping]]);
}

const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  );

/** `keyword`. */
export function keywordModule(): Members {
  return new Map<string, JinjaValue>([
    ['kwlist', [...KEYWORDS]],
    ['iskeyword', callable(({ positional: [text = null] }) => KEYWORDS.includes(textOf(text) ?? ''))],
  ]);
}
