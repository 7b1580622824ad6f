import type { JinjaSettings } from '../jinja/settings.ts';
import type { Value } from '../pack/values.ts';
import { nameDelimiters } from './delimiter-names.ts';

/** The settings of an environment as `[language]` has them; what it has anyway is left out. */
export function environmentEntries(settings: JinjaSettings): [string, Value][] {
  const { trimBlocks, lstripBlocks, keepTrailingNewline, lineStatementPrefix, lineCommentPrefix, newlineSequence, autoescape, delimiters } =
    settings;
  const found: [string, Value | undefined][] = [
    ['trim_blocks', trimBlocks === true ? true : undefined],
    ['lstrip_blocks', lstripBlocks === true ? true : undefined],
    ['keep_trailing_newline', keepTrailingNewline === false ? false : undefined],
    ['line_statement_prefix', lineStatementPrefix],
    ['line_comment_prefix', lineCommentPrefix],
    ['newline_sequence', newlineSequence],
    ['autoescape', autoescape === true ? true : undefined],
    ['delimiters', delimiters === undefined ? undefined : nameDelimiters(delimiters)],
  ];
  return found.flatMap(([key, value]): [string, Value][] => (value === undefined ? [] : [[key, value]]));
}
