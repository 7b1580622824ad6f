import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { templateSyntaxError } from '../lexer/syntax-error.ts';
import type { Token, TokenType } from '../lexer/tokens.ts';
import type { NodePosition } from '../nodes.ts';

/** Deeper nesting of statements and brackets than this is refused, so that no template can exhaust the stack of the parser. */
const MAX_NESTING = 100;

/** The tokens of one template and the place where the parser stands. */
export class TokenStream {
  readonly template: string;
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;
  /** One set of names for each macro or call body that is being read: which of varargs, kwargs and caller it mentions. */
  private readonly macroNames: Set<string>[] = [];

  constructor(tokens: readonly Token[], template: string) {
    this.tokens = tokens;
    this.template = template;
  }

  get current(): Token {
    return this.tokens[this.index] ?? END;
  }

  /** The token after the current one. */
  get following(): Token {
    return this.tokens[this.index + 1] ?? END;
  }

  /** The token that many places after the current one. */
  ahead(count: number): Token {
    return this.tokens[this.index + count] ?? END;
  }

  next(): Token {
    const token = this.current;
    this.index++;
    return token;
  }

  is(type: TokenType, value?: string): boolean {
    const token = this.current;
    return token.type === type && (value === undefined || token.value === value);
  }

  isOperator(value: string): boolean {
    return this.is('operator', value);
  }

  isName(value: string): boolean {
    return this.is('name', value);
  }

  /** Moves on if the current token is this operator or name, and tells whether it did. */
  skip(type: 'operator' | 'name', value: string): boolean {
    if (!this.is(type, value)) return false;
    this.index++;
    return true;
  }

  expect(type: TokenType, value?: string): Token {
    if (this.is(type, value)) return this.next();
    throw this.error(this.current, `expected ${describe(type, value)}, found ${describeToken(this.current)}`);
  }

  /** Runs a part of the parser one level deeper. */
  nested<T>(read: () => T): T {
    if (++this.depth > MAX_NESTING) {
      const where = { file: this.template, line: this.current.line, column: this.current.column };
      throw new PacksmithError('LIMIT_EXCEEDED', `the template nests deeper than ${MAX_NESTING} levels`, { where });
    }
    const result = read();
    this.depth--;
    return result;
  }

  noteName(name: string): void {
    if (name !== 'varargs' && name !== 'kwargs' && name !== 'caller') return;
    for (const names of this.macroNames) names.add(name);
  }

  /** Runs a part of the parser and tells which special macro names were mentioned in it. */
  withMacroNames<T>(read: () => T): { readonly result: T; readonly names: ReadonlySet<string> } {
    const names = new Set<string>();
    this.macroNames.push(names);
    const result = read();
    this.macroNames.pop();
    return { result, names };
  }

  error(at: NodePosition, message: string, more: { hint?: string | undefined; suggestions?: readonly string[] } = {}): PacksmithError {
    return templateSyntaxError(this.template, at, message, more);
  }
}

const END: Token = { type: 'end', value: '', line: 1, column: 1 };

function describe(type: TokenType, value: string | undefined): string {
  if (value !== undefined) return `"${value}"`;
  return TYPE_NAMES[type];
}

/** What a token is, in words. */
export function describeToken(token: Token): string {
  if (token.type === 'name' || token.type === 'operator') return `"${token.value.slice(0, 64)}"`;
  return TYPE_NAMES[token.type];
}

const TYPE_NAMES: Readonly<Record<TokenType, string>> = {
  text: 'text',
  'variable-begin': 'the start of an expression',
  'variable-end': 'the end of the expression',
  'block-begin': 'the start of a statement',
  'block-end': 'the end of the statement',
  name: 'a name',
  string: 'a string',
  integer: 'an integer',
  float: 'a number',
  operator: 'an operator',
  end: 'the end of the template',
};
