import { templateSyntaxError } from '../jinja/lexer/syntax-error.ts';
import type { NodePosition } from '../jinja/nodes.ts';
import type { LiquidToken } from './scan-liquid.ts';

/** Goes through the tokens of one output or tag. */
export class TokenReader {
  private readonly tokens: readonly LiquidToken[];
  private readonly start: NodePosition;
  private readonly template: string;
  private next = 0;

  constructor(tokens: readonly LiquidToken[], start: NodePosition, template: string) {
    this.tokens = tokens;
    this.start = start;
    this.template = template;
  }

  get current(): LiquidToken | undefined {
    return this.tokens[this.next];
  }

  get at(): NodePosition {
    return this.current?.at ?? this.start;
  }

  /** Takes the current token. */
  take(): LiquidToken | undefined {
    const token = this.current;
    if (token !== undefined) this.next++;
    return token;
  }

  /** The place to come back to with `reset`. */
  mark(): number {
    return this.next;
  }

  reset(mark: number): void {
    this.next = mark;
  }

  isSymbol(value: string): boolean {
    return this.current?.type === 'symbol' && this.current.value === value;
  }

  isName(value: string): boolean {
    return this.current?.type === 'name' && this.current.value === value;
  }

  /** Whether the token behind the current one is a symbol of this value. */
  isFollowedBy(value: string): boolean {
    const following = this.tokens[this.next + 1];
    return following?.type === 'symbol' && following.value === value;
  }

  acceptSymbol(value: string): boolean {
    const isThere = this.isSymbol(value);
    if (isThere) this.next++;
    return isThere;
  }

  acceptName(value: string): boolean {
    const isThere = this.isName(value);
    if (isThere) this.next++;
    return isThere;
  }

  expectSymbol(value: string): void {
    if (!this.acceptSymbol(value)) throw this.error(`expected "${value}"`);
  }

  expectName(what: string): string {
    if (this.current?.type !== 'name') throw this.error(`expected ${what}`);
    return this.take()?.value ?? '';
  }

  expectEnd(): void {
    if (this.current !== undefined) throw this.error('expected the end');
  }

  error(message: string): Error {
    const found = this.current === undefined ? 'the end' : JSON.stringify(this.current.value);
    return templateSyntaxError(this.template, this.at, `Liquid: ${message}, not ${found}`);
  }

  /** An error that says all by itself. */
  fault(message: string, at: NodePosition): Error {
    return templateSyntaxError(this.template, at, `Liquid: ${message}`);
  }
}
