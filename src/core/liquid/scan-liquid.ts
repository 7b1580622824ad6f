import type { NodePosition } from '../jinja/nodes.ts';

/**
 * Splits a Liquid template into text, outputs and tags, by the grammar of liquid-rust (`grammar.pest`). What looks like an output or a tag and
 * is none becomes an invalid element, which matters only outside `raw` and `comment`.
 */
export type LiquidElement =
  | (Placed & { readonly kind: 'text'; readonly text: string })
  | (Placed & { readonly kind: 'output'; readonly tokens: readonly LiquidToken[] })
  | (Placed & { readonly kind: 'tag'; readonly name: string; readonly tokens: readonly LiquidToken[] })
  | (Placed & { readonly kind: 'invalid' });

interface Placed {
  /** Where it stands in the source, blanks that its `-` removes included. */
  readonly start: number;
  readonly end: number;
  readonly at: NodePosition;
}

export interface LiquidToken {
  readonly type: 'name' | 'string' | 'integer' | 'float' | 'symbol';
  readonly value: string;
  readonly at: NodePosition;
}

export function scanLiquid(source: string): LiquidElement[] {
  return new Scanner(source).scan();
}

const OPENING = /\{[{%]/g;
const BLANK = /[ \r\n]/;

class Scanner {
  private readonly source: string;
  private readonly lines: readonly number[];
  private readonly elements: LiquidElement[] = [];

  constructor(source: string) {
    this.source = source;
    this.lines = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  scan(): LiquidElement[] {
    const { source } = this;
    let done = 0;
    let from = 0;
    while (from < source.length) {
      OPENING.lastIndex = from;
      const start = OPENING.exec(source)?.index;
      if (start === undefined) break;
      const before = source[start + 2] === '-' ? this.withoutBlanks(done, start) : start;
      this.text(done, before);
      const end = this.element(start, before);
      done = end ?? start + 1;
      from = done;
      if (end === undefined) this.elements.push({ kind: 'invalid', start: before, end: start + 1, at: this.position(start) });
    }
    this.text(done, source.length);
    return this.elements;
  }

  private withoutBlanks(from: number, to: number): number {
    let end = to;
    while (end > from && BLANK.test(this.source[end - 1] ?? '')) end--;
    return end;
  }

  private text(start: number, end: number): void {
    if (start >= end) return;
    this.elements.push({ kind: 'text', text: this.source.slice(start, end), start, end, at: this.position(start) });
  }

  /** Reads an output or a tag; undefined where it is none. */
  private element(opening: number, start: number): number | undefined {
    const closing = this.source[opening + 1] === '{' ? '}}' : '%}';
    const tokens: LiquidToken[] = [];
    let at = this.afterBlanks(opening + (this.source[opening + 2] === '-' ? 3 : 2), /[ \t\r\n]/);
    for (let end = this.closingAt(at, closing); end === undefined; end = this.closingAt(at, closing)) {
      const token = this.token(at);
      if (token === undefined) return undefined;
      tokens.push({ type: token.type, value: token.value, at: this.position(at) });
      at = this.afterBlanks(token.end, /[ \t\r\n]/);
    }
    const end = this.closingAt(at, closing) ?? at;
    return this.push(closing === '}}', tokens, { start, end, at: this.position(opening) }) ? end : undefined;
  }

  /** The end of an output or tag that is closed here, blanks that its `-` removes included. */
  private closingAt(at: number, closing: string): number | undefined {
    if (this.source.startsWith(closing, at)) return at + closing.length;
    return this.source.startsWith(`-${closing}`, at) ? this.afterBlanks(at + closing.length + 1, BLANK) : undefined;
  }

  private afterBlanks(from: number, blank: RegExp): number {
    let at = from;
    while (blank.test(this.source[at] ?? '')) at++;
    return at;
  }

  private push(isOutput: boolean, tokens: readonly LiquidToken[], placed: Placed): boolean {
    if (isOutput) {
      if (tokens.length > 0) this.elements.push({ kind: 'output', tokens, ...placed });
      return tokens.length > 0;
    }
    const [first, ...rest] = tokens;
    if (first?.type !== 'name') return false;
    this.elements.push({ kind: 'tag', name: first.value, tokens: rest, ...placed });
    return true;
  }

  private token(at: number): { type: LiquidToken['type']; value: string; end: number } | undefined {
    for (const [type, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const found = pattern.exec(this.source)?.[0];
      if (found === undefined) continue;
      return { type, value: type === 'string' ? found.slice(1, -1) : found, end: at + found.length };
    }
    return undefined;
  }

  private position(offset: number): NodePosition {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.lines[low] ?? 0) + 1 };
  }
}

/** In the order in which they are tried; a `-` that belongs to the end of a tag is no part of a name. */
const PATTERNS: readonly (readonly [LiquidToken['type'], RegExp])[] = [
  ['string', /'[^']*'|"[^"]*"/y],
  ['float', /[+-]?\d+\.\d+/y],
  ['integer', /[+-]?\d+/y],
  ['name', /(?:[A-Za-z_]|-(?!\}\}|%\}))(?:\w|-(?!\}\}|%\}))*/y],
  ['symbol', /\.\.|==|!=|<>|<=|>=|[<>=,:|.[\]()]/y],
];
