import { expect, it } from 'vitest';
import type { Value } from '../pack/values.ts';
import { readEnvironment } from './read-environment.ts';

/** What is set, and what is refused, by one option of Jinja2. */
const CASES: readonly (readonly [name: string, value: Value, settings: object])[] = [
  ['trim_blocks', true, { trimBlocks: true }],
  ['trim_blocks', 1, { trimBlocks: true }],
  ['lstrip_blocks', 0, { lstripBlocks: false }],
  ['lstrip_blocks', 'yes', { lstripBlocks: false }],
  ['keep_trailing_newline', false, { keepTrailingNewline: false }],
  ['autoescape', true, { autoescape: true }],
  ['line_statement_prefix', '%%', { lineStatementPrefix: '%%' }],
  ['line_comment_prefix', '##', { lineCommentPrefix: '##' }],
  ['line_comment_prefix', null, {}],
  ['newline_sequence', '\r\n', { newlineSequence: '\r\n' }],
  ['newline_sequence', '\r', { newlineSequence: '\r' }],
  ['newline_sequence', '\n', { newlineSequence: '\n' }],
  ['block_start_string', '[%', { delimiters: { blockStart: '[%' } }],
  ['variable_end_string', ']]', { delimiters: { variableEnd: ']]' } }],
  ['cache_size', 5, {}],
];

it.each(CASES)('%s = %j sets %j', (name, value, settings) => {
  const refused: string[] = [];
  expect(readEnvironment(new Map([[name, value]]), (option) => refused.push(option))).toEqual(settings);
  expect(refused).toEqual([]);
});

it.each([
  ['block_start_string', ''],
  ['comment_end_string', 5],
  ['newline_sequence', '\n\n'],
  ['line_statement_prefix', true],
  ['finalize', 'f'],
  ['extensions', ['jinja2.ext.do']],
] satisfies [string, Value][])('refuses %s = %j', (name, value) => {
  const refused: string[] = [];
  expect(readEnvironment(new Map([[name, value]]), (option) => refused.push(option))).toEqual({});
  expect(refused).toEqual([name]);
});

it('takes anything but a mapping for no options', () => {
  expect(readEnvironment(['trim_blocks'], () => expect.unreachable())).toEqual({});
});
