import { integerArgument, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toText } from '../python-repr.ts';
import type { JinjaFilter } from '../values.ts';

/** What stands before, in front of and behind the lines of a comment. */
const STYLES: Readonly<Record<string, { readonly beginning?: string; readonly decoration: string; readonly end?: string }>> = {
  plain: { decoration: '# ' },
  erlang: { decoration: '% ' },
  c: { decoration: '// ' },
  cblock: { beginning: '/*', decoration: ' * ', end: ' */' },
  xml: { beginning: '<!--', decoration: ' - ', end: '-->' },
};

const PARAMETERS = 'style newline beginning prefix prefix_count decoration postfix postfix_count end';

const MAX_LINES = 1000;

/** Text as a comment of some language, with a line of its own before and behind it. */
export const COMMENT_FILTER: readonly [string, JinjaFilter] = filter('comment', PARAMETERS, (value, args, { budget }) => {
  const [style, newLineGiven, beginningGiven, prefixGiven, prefixCount, decorationGiven, postfixGiven, postfixCount, endGiven] = args;
  const known =
    STYLES[textArgument(style, 'style', 'plain')] ??
    fail(`there is no style of comments of that name; there are ${Object.keys(STYLES).join(', ')}`);
  const newLine = textArgument(newLineGiven, 'newline', '\n');
  const decoration = textArgument(decorationGiven, 'decoration', known.decoration);
  const beginning = textArgument(beginningGiven, 'beginning', known.beginning ?? '');
  const end = textArgument(endGiven, 'end', known.end ?? '');
  const prefix = textArgument(prefixGiven, 'prefix', decoration.trimEnd());
  const postfix = textArgument(postfixGiven, 'postfix', decoration.trimEnd());
  const text = toText(value, budget);
  budget.spendSteps(text.length);
  budget.allocate(text.length + text.split(newLine).length * decoration.length);
  const lines = `${decoration}${text.replaceAll(newLine, newLine + decoration)}`.replaceAll(
    decoration + newLine,
    decoration.trimEnd() + newLine,
  );
  const before = prefix === '' ? '' : prefix === newLine ? newLine : prefix + newLine;
  return [
    beginning === '' ? '' : beginning + newLine,
    before.repeat(countOf(integerArgument(prefixCount, 'prefix_count', 1))),
    lines,
    (newLine + postfix).repeat(countOf(integerArgument(postfixCount, 'postfix_count', 1))),
    end === '' ? '' : newLine + end,
  ].join('');
});

function countOf(number: number): number {
  return number > MAX_LINES ? fail(`a comment has at most ${MAX_LINES} such lines`) : Math.max(0, number);
}
