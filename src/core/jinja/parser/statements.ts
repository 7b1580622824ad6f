import { suggest, TEXT_ADVICE } from '../fault.ts';
import type { BlockNode, ExpressionNode, NodePosition, StatementNode } from '../nodes.ts';
import { parseExpression, parseTupleExpression, parseUnconditional } from './expressions.ts';
import { parseCallBlock, parseMacro } from './macros.ts';
import { parseNow } from './now.ts';
import { parseFilterChain } from './postfix.ts';
import type { StatementParsers } from './statement-parsers.ts';
import { parseTarget } from './targets.ts';
import { parseExtends, parseFromImport, parseImport, parseInclude } from './template-references.ts';
import { describeToken, type TokenStream } from './token-stream.ts';

/** Reads statements up to the end of the template. `blocks` collects every block by name. */
export function parseTemplateBody(stream: TokenStream, blocks: Map<string, BlockNode>, isPython: boolean): StatementNode[] {
  return new StatementReader(stream, blocks, isPython).readBody();
}

const OPENERS: ReadonlySet<string> = new Set(
  'if for set with macro call filter include import from extends block autoescape do break continue raw'.split(' '),
);

/** Statements of extensions that only Python's behaviour has: a way to read them, or the reason why they are refused. */
const EXTENSION_TAGS: ReadonlyMap<string, string | undefined> = new Map([
  ['now', undefined],
  ['debug', 'it prints where functions lie in memory, which is never the same; print the value itself: {{ value | pprint }}'],
  ['trans', 'translations are Python code of the other tool; write the text itself'],
]);

/** What is said of a statement that is not there in a template of another tool. */
const OF_EXTENSION = `an extension in Python may define it, of which no statements are read: write what it gives as text, or with the statements that there are; ${TEXT_ADVICE}`;

/** What ends or divides a statement. */
const CLOSER = /^(?:else|elif|end(?:if|for|set|with|macro|call|filter|block|autoescape|raw|trans))$/;

class StatementReader implements StatementParsers {
  private readonly stream: TokenStream;
  private readonly blocks: Map<string, BlockNode>;
  /** The tags that are open, innermost last, for messages about what is missing. */
  private readonly open: { readonly tag: string; readonly at: NodePosition; readonly ends: readonly string[] }[] = [];
  private loops = 0;
  private readonly isPython: boolean;

  constructor(stream: TokenStream, blocks: Map<string, BlockNode>, isPython: boolean) {
    this.isPython = isPython;
    this.stream = stream;
    this.blocks = blocks;
  }

  /** Reads statements until one of the ending tags of the innermost open one, which is left unread. */
  readBody(): StatementNode[] {
    const body: StatementNode[] = [];
    const { stream } = this;
    for (;;) {
      const token = stream.current;
      if (token.type === 'end') {
        this.checkClosed(token);
        return body;
      }
      const position = { line: token.line, column: token.column };
      stream.next();
      if (token.type === 'text') body.push({ kind: 'text', text: token.value, ...position });
      else if (token.type === 'variable-begin') {
        body.push({ kind: 'output', expression: parseTupleExpression(stream), ...position });
        stream.expect('variable-end');
      } else {
        const tag = stream.current;
        if (this.open.at(-1)?.ends.includes(tag.value)) return body;
        body.push(this.readStatement(position));
      }
    }
  }

  /** Reads the body of a tag through its end tag (one of `ends`); returns which one ended it. The end tag's closing delimiter stays unread. */
  readTagBody(tag: string, at: NodePosition, ends: readonly string[]): { readonly body: StatementNode[]; readonly end: string } {
    this.stream.skip('operator', ':');
    this.stream.expect('block-end');
    this.open.push({ tag, at, ends });
    const body = this.stream.nested(() => this.readBody());
    this.open.pop();
    return { body, end: this.stream.expect('name').value };
  }

  private readStatement(position: NodePosition): StatementNode {
    const { stream } = this;
    if (!stream.is('name')) throw stream.error(stream.current, `expected the name of a statement, found ${describeToken(stream.current)}`);
    const token = stream.next();
    const isExtension = this.isPython && EXTENSION_TAGS.has(token.value);
    if (!isExtension && !OPENERS.has(token.value)) throw this.unknownTag(token.value, token);
    const node = isExtension ? this.readExtension(token) : this.readKnown(token.value, position);
    stream.expect('block-end');
    return node;
  }

  private readKnown(tag: string, position: NodePosition): StatementNode {
    const { stream } = this;
    switch (tag) {
      case 'if':
        return this.readIf(position);
      case 'for':
        return this.readFor(position);
      case 'set':
        return this.readSet(position);
      case 'with':
        return this.readWith(position);
      case 'macro':
        return this.outsideLoop(() => parseMacro(stream, this, position));
      case 'call':
        return this.outsideLoop(() => parseCallBlock(stream, this, position));
      case 'filter': {
        const filter = parseFilterChain(stream, PARSERS);
        return { kind: 'filter-block', filter, body: this.readTagBody('filter', position, ['endfilter']).body, ...position };
      }
      case 'include':
        return parseInclude(stream, position);
      case 'import':
        return parseImport(stream, position);
      case 'from':
        return parseFromImport(stream, position);
      case 'extends':
        return parseExtends(stream, position);
      case 'block':
        return this.outsideLoop(() => this.readBlock(position));
      case 'autoescape': {
        const enabled = parseExpression(stream);
        return { kind: 'autoescape', enabled, body: this.readTagBody('autoescape', position, ['endautoescape']).body, ...position };
      }
      case 'do':
        return { kind: 'do', expression: parseTupleExpression(stream), ...position };
      default:
        return this.readLoopControl(tag, position);
    }
  }

  private readExtension(token: NodePosition & { readonly value: string }): StatementNode {
    const refused = EXTENSION_TAGS.get(token.value);
    if (refused !== undefined) throw this.stream.error(token, `the statement "${token.value}" is not supported`, { hint: refused });
    return parseNow(this.stream, token);
  }

  private readIf(position: NodePosition): StatementNode {
    const branches: { test: ExpressionNode; body: StatementNode[] }[] = [];
    for (;;) {
      const test = parseTupleExpression(this.stream, { conditional: false });
      const { body, end } = this.readTagBody('if', position, ['elif', 'else', 'endif']);
      branches.push({ test, body });
      if (end === 'elif') continue;
      const otherwise = end === 'else' ? this.readTagBody('if', position, ['endif']).body : [];
      return { kind: 'if', branches, otherwise, ...position };
    }
  }

  private readFor(position: NodePosition): StatementNode {
    const { stream } = this;
    const target = parseTarget(stream, { withNamespace: false });
    stream.expect('name', 'in');
    const iterable = parseTupleExpression(stream, { conditional: false, ends: ['recursive', 'if'] });
    const filter = stream.skip('name', 'if') ? parseUnconditional(stream) : undefined;
    const recursive = stream.skip('name', 'recursive');
    this.loops++;
    const { body, end } = this.readTagBody('for', position, ['else', 'endfor']);
    this.loops--;
    const otherwise = end === 'else' ? this.readTagBody('for', position, ['endfor']).body : [];
    return { kind: 'for', target, iterable, filter, recursive, body, otherwise, ...position };
  }

  private readSet(position: NodePosition): StatementNode {
    const target = parseTarget(this.stream, { withNamespace: true });
    if (this.stream.skip('operator', '=')) return { kind: 'set', target, value: parseTupleExpression(this.stream), ...position };
    const filter = this.stream.skip('operator', '|') ? parseFilterChain(this.stream, PARSERS) : undefined;
    return { kind: 'set-block', target, filter, body: this.readTagBody('set', position, ['endset']).body, ...position };
  }

  private readWith(position: NodePosition): StatementNode {
    const { stream } = this;
    const bindings: { target: ReturnType<typeof parseTarget>; value: ExpressionNode }[] = [];
    while (!stream.is('block-end') && !stream.isOperator(':')) {
      if (bindings.length > 0) stream.expect('operator', ',');
      const target = parseTarget(stream, { withNamespace: false });
      stream.expect('operator', '=');
      bindings.push({ target, value: parseExpression(stream) });
    }
    return { kind: 'with', bindings, body: this.readTagBody('with', position, ['endwith']).body, ...position };
  }

  private readBlock(position: NodePosition): StatementNode {
    const { stream } = this;
    const name = stream.expect('name');
    const scoped = stream.skip('name', 'scoped');
    const required = stream.skip('name', 'required');
    if (this.blocks.has(name.value)) throw stream.error(name, `the block "${name.value}" is defined twice`);
    const body: StatementNode[] = [];
    const node: BlockNode = { kind: 'block', name: name.value, scoped, required, body, ...position };
    this.blocks.set(name.value, node);
    body.push(...this.readTagBody('block', position, ['endblock']).body);
    if (required && body.some((child) => child.kind !== 'text' || child.text.trim() !== '')) {
      throw stream.error(position, `the required block "${name.value}" can hold only comments and white space`);
    }
    stream.skip('name', name.value);
    return node;
  }

  private readLoopControl(tag: string, position: NodePosition): StatementNode {
    if (tag !== 'break' && tag !== 'continue') throw this.stream.error(position, `nothing can follow "${tag}" in its tag`);
    if (this.loops === 0) throw this.stream.error(position, `"${tag}" is only possible inside a loop`);
    return { kind: tag, ...position };
  }

  private outsideLoop<T>(read: () => T): T {
    const { loops } = this;
    this.loops = 0;
    const result = read();
    this.loops = loops;
    return result;
  }

  private unknownTag(tag: string, at: NodePosition): Error {
    const innermost = this.open.at(-1);
    if (innermost === undefined && CLOSER.test(tag)) return this.stream.error(at, `no statement is open that "${tag}" could go with`);
    const known = [...OPENERS, ...(innermost?.ends ?? [])];
    const expected = innermost === undefined ? '' : `; the innermost open statement is "${innermost.tag}" of line ${innermost.at.line}`;
    const { hint, suggestions } = suggest(tag, known);
    const shown = this.isPython && suggestions.length === 0 && innermost === undefined ? OF_EXTENSION : hint;
    return this.stream.error(at, `there is no statement "${tag.slice(0, 64)}" here${expected}`, { hint: shown, suggestions });
  }

  private checkClosed(end: NodePosition): void {
    const innermost = this.open.at(-1);
    if (innermost === undefined) return;
    const message = `the statement "${innermost.tag}" of line ${innermost.at.line} is never closed`;
    throw this.stream.error(innermost.at, message, { hint: `add "${innermost.ends.at(-1)}" before line ${end.line} ends` });
  }
}

const PARSERS = { expression: parseExpression, unconditional: parseUnconditional, unary: parseExpression };
