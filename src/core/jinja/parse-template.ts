import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { TEXT_ADVICE } from './fault.ts';
import { scanExpression, scanTemplate } from './lexer/scan-template.ts';
import type { BlockNode, ExpressionNode, TemplateNode } from './nodes.ts';
import { parseTupleExpression } from './parser/expressions.ts';
import { parseTemplateBody } from './parser/statements.ts';
import { describeToken, TokenStream } from './parser/token-stream.ts';
import type { JinjaSettings } from './settings.ts';

const DEFAULT_SETTINGS: JinjaSettings = {};

/**
 * Reads a template. Names of filters and tests are not looked up here but when they are used.
 * @throws PacksmithError TEMPLATE_SYNTAX with file (`name`), line and column; LIMIT_EXCEEDED for nesting beyond 100 levels.
 */
export function parseTemplate(source: string, name: string, settings: JinjaSettings = DEFAULT_SETTINGS): TemplateNode {
  try {
    const stream = new TokenStream(scanTemplate(source, name, settings), name);
    const blocks = new Map<string, BlockNode>();
    return { kind: 'template', name, body: parseTemplateBody(stream, blocks, settings.python ?? false), blocks, line: 1, column: 1 };
  } catch (error) {
    throw settings.python === true ? advise(error) : error;
  }
}

/** Templates of other tools often hold text for other programs that is taken for theirs. */
function advise(error: unknown): unknown {
  if (!(error instanceof PacksmithError) || error.code !== 'TEMPLATE_SYNTAX' || error.hint !== undefined) return error;
  const { code, message, where, suggestions } = error;
  return new PacksmithError(code, message, { hint: TEXT_ADVICE, suggestions, ...(where && { where }) });
}

/**
 * Reads a lone expression, written without delimiters.
 * @throws PacksmithError TEMPLATE_SYNTAX, LIMIT_EXCEEDED
 */
export function parseLoneExpression(source: string, name: string): ExpressionNode {
  const stream = new TokenStream(scanExpression(source, name), name);
  const expression = parseTupleExpression(stream);
  if (!stream.is('end')) throw stream.error(stream.current, `unexpected ${describeToken(stream.current)} after the expression`);
  return expression;
}
