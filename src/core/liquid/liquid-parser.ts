import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { templateSyntaxError } from '../jinja/lexer/syntax-error.ts';
import type { NodePosition, StatementNode } from '../jinja/nodes.ts';
import type { JinjaFilter } from '../jinja/values.ts';
import { filterNode, outputNode } from './nodes.ts';
import { type ExpressionScope, parseFilterChain } from './parse-expression.ts';
import { type LiquidElement, type LiquidToken, scanLiquid } from './scan-liquid.ts';
import { TokenReader } from './token-reader.ts';

const MAX_DEPTH = 100;

/** Reads a tag, with the block that it begins. */
export type ReadTag = (tag: TagElement, parser: LiquidParser) => StatementNode[];

export interface LiquidSource {
  readonly source: string;
  readonly name: string;
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  readonly readTag: ReadTag;
}

export type TagElement = Extract<LiquidElement, { kind: 'tag' }>;

/** Goes through the elements of a template; tags read their own bodies with it. */
export class LiquidParser {
  readonly scope: ExpressionScope;
  private readonly source: string;
  private readonly name: string;
  private readonly readTag: ReadTag;
  private readonly elements: readonly LiquidElement[];
  private next = 0;
  private depth = 0;
  private temporaries = 0;

  constructor({ source, name, filters, readTag }: LiquidSource) {
    this.source = source;
    this.name = name;
    this.readTag = readTag;
    this.elements = scanLiquid(source);
    const counted = this.elements.flatMap((element) =>
      element.kind === 'tag' && /^(?:in|de)crement$/.test(element.name) ? (element.tokens[0]?.value ?? []) : [],
    );
    this.scope = { filters, counters: new Set(counted) };
  }

  parseAll(): StatementNode[] {
    const body: StatementNode[] = [];
    for (let element = this.take(); element !== undefined; element = this.take()) body.push(...this.statements(element));
    return body;
  }

  /** Reads statements up to one of the tags of these names, which is taken and returned. */
  parseUntil(opening: TagElement, names: readonly string[]): { readonly body: StatementNode[]; readonly end: TagElement } {
    if (++this.depth > MAX_DEPTH) throw new PacksmithError('LIMIT_EXCEEDED', `${this.name} nests deeper than ${MAX_DEPTH} levels`);
    const body: StatementNode[] = [];
    for (;;) {
      const element = this.take();
      if (element === undefined) throw this.fault(`"${opening.name}" has no end`, opening.at);
      if (element.kind === 'tag' && names.includes(element.name)) {
        this.depth--;
        return { body, end: element };
      }
      body.push(...this.statements(element));
    }
  }

  /** The source up to the tag `end…` of a block whose content is no Liquid; blocks of the same name inside count where they nest. */
  skipTo(opening: TagElement, nests: boolean): { readonly text: string; readonly end: TagElement } {
    let open = 1;
    let contentEnd = opening.end;
    for (;;) {
      const element = this.take();
      if (element === undefined) throw this.fault(`"${opening.name}" has no end`, opening.at);
      const isEnd = element.kind === 'tag' && element.name === `end${opening.name}` && element.tokens.length === 0;
      if (isEnd && --open === 0) return { text: this.source.slice(opening.end, contentEnd), end: element };
      if (nests && element.kind === 'tag' && element.name === opening.name) open++;
      contentEnd = element.end;
    }
  }

  reader(tokens: readonly LiquidToken[], at: NodePosition): TokenReader {
    return new TokenReader(tokens, at, this.name);
  }

  /** A name that no template can use. */
  temporary(): string {
    return `liquid #${++this.temporaries}`;
  }

  fault(message: string, at: NodePosition): Error {
    return templateSyntaxError(this.name, at, `Liquid: ${message}`);
  }

  private take(): LiquidElement | undefined {
    return this.elements[this.next++];
  }

  private statements(element: LiquidElement): StatementNode[] {
    switch (element.kind) {
      case 'text':
        return [{ kind: 'text', text: element.text, ...element.at }];
      case 'output': {
        const reader = this.reader(element.tokens, element.at);
        const chain = parseFilterChain(reader, this.scope);
        reader.expectEnd();
        return [outputNode(filterNode(chain, 'print', [], chain), element.at)];
      }
      case 'tag':
        return this.readTag(element, this);
      default:
        throw this.fault('this begins an output or a tag, and is none', element.at);
    }
  }
}
