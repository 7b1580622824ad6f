import type { Operator, RhaiNode, RhaiPosition } from './nodes.ts';
import { parseLiteral } from './parse-literal.ts';
import type { RhaiReader } from './rhai-reader.ts';
import type { RhaiToken } from './scan-rhai.ts';
import { LARGEST_INTEGER } from './values.ts';

/** How tightly operators bind. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['||', 30],
  ['|', 30],
  ['^', 30],
  ['&&', 60],
  ['&', 60],
  ['==', 90],
  ['!=', 90],
  ['in', 110],
  ['<', 130],
  ['<=', 130],
  ['>', 130],
  ['>=', 130],
  ['??', 135],
  ['..', 140],
  ['..=', 140],
  ['+', 150],
  ['-', 150],
  ['*', 180],
  ['/', 180],
  ['%', 180],
  ['**', 190],
  ['<<', 210],
  ['>>', 210],
]);

/** What is read with this leaves `|` to whoever reads it. */
export const BINDS_TIGHTER_THAN_OR = 60;

/** Reads expressions; what reads statements is made of it. */
export abstract class ExpressionParser {
  readonly reader: RhaiReader;

  constructor(reader: RhaiReader) {
    this.reader = reader;
  }

  abstract parseBlock(): RhaiNode;
  abstract parseStatement(): RhaiNode;
  /** An `if`, `switch` or the like in the place of a value. */
  abstract readBlockWord(): RhaiNode | undefined;
  /** What stands inside a text. */
  abstract parseInside(reader: RhaiReader): RhaiNode;

  parseExpression(): RhaiNode {
    const { reader } = this;
    return reader.deeper(() => {
      const { at } = reader;
      const target = this.parseBinary(0);
      const mark = reader.current.kind === 'symbol' ? /^(\*\*|<<|>>|[-+*/%&|^])?=$/.exec(reader.current.text) : null;
      if (mark === null) return target;
      if (!['name', 'index', 'property'].includes(target.kind)) throw reader.fault('nothing can be assigned to this', at);
      reader.take();
      return { kind: 'assign', operator: mark[1] as Operator | undefined, target, value: this.parseExpression(), ...at };
    });
  }

  parseBinary(least: number): RhaiNode {
    let left = this.reader.isRangeMark() ? zeroAt(this.reader.at) : this.parseUnary();
    for (let length = 1; ; length++) {
      const isNegated = this.reader.isSymbol('!') && this.reader.isWord('in', 1);
      const token = this.reader.peek(isNegated ? 1 : 0);
      const power = powerOf(token);
      if (power === undefined || power < least) return left;
      this.reader.checkChain(length);
      const { at } = this.reader;
      if (isNegated) this.reader.take();
      this.reader.take();
      const right = this.parseRight(token.text, power);
      left = combine(token.text, isNegated, { left, right, at });
    }
  }

  private parseRight(operator: string, power: number): RhaiNode {
    const { reader } = this;
    if (operator === '..' && reader.isAtEndOfValue()) return { kind: 'literal', value: LARGEST_INTEGER, ...reader.at };
    // Powers are taken from the right.
    return operator === '**' ? reader.deeper(() => this.parseBinary(power)) : this.parseBinary(power + 1);
  }

  private parseUnary(): RhaiNode {
    const { reader } = this;
    const { at } = reader;
    if (reader.isNegativeNumber()) return this.parsePostfix();
    for (const operator of ['-', '!', '+'] as const) {
      if (!reader.acceptSymbol(operator)) continue;
      const operand = reader.deeper(() => this.parseUnary());
      return { kind: 'unary', operator, operand, ...at };
    }
    return this.parsePostfix();
  }

  private parsePostfix(): RhaiNode {
    const { reader } = this;
    let target = this.parsePrimary();
    for (let length = 1; ; length++) {
      reader.checkChain(length);
      const { at } = reader;
      if (reader.isSymbol('[') || reader.isSymbol('?[')) {
        const isOptional = reader.take().text === '?[';
        target = { kind: 'index', target, index: this.parseExpression(), isOptional, ...at };
        reader.expectSymbol(']');
      } else if (reader.isSymbol('.') || reader.isSymbol('?.')) target = this.parseMember(target, at);
      else return target;
    }
  }

  private parseMember(target: RhaiNode, at: RhaiPosition): RhaiNode {
    const { reader } = this;
    const isOptional = reader.take().text === '?.';
    const name = reader.expectName();
    if (!reader.isSymbol('(')) return { kind: 'property', target, name, isOptional, ...at };
    return { kind: 'method', target, name, args: this.parseArguments(), isOptional, ...at };
  }

  private parsePrimary(): RhaiNode {
    const { reader } = this;
    const { at } = reader;
    const literal = parseLiteral(reader, (tokens) => this.parseInside(tokens));
    if (literal !== undefined) return literal;
    const statement = this.readBlockWord();
    if (statement !== undefined) return statement;
    if (reader.current.kind === 'name') return this.parseName(at);
    if (reader.isSymbol('{')) return this.parseBlock();
    if (reader.isSymbol('|') || reader.isSymbol('||')) return this.parseClosure(at);
    if (reader.acceptSymbol('[')) return { kind: 'array', items: this.parseList(']'), ...at };
    if (reader.acceptSymbol('#{')) return { kind: 'map', entries: this.parseEntries(), ...at };
    if (!reader.acceptSymbol('(')) throw reader.unexpected('a value');
    if (reader.acceptSymbol(')')) return { kind: 'literal', value: null, ...at };
    const inner = this.parseExpression();
    reader.expectSymbol(')');
    return inner;
  }

  private parseName(at: RhaiPosition): RhaiNode {
    const { reader } = this;
    let name = reader.expectName();
    let module: string | undefined;
    while (reader.acceptSymbol('::')) {
      module = module === undefined ? name : `${module}::${name}`;
      name = reader.expectName();
    }
    // A call of a function that takes what is around it has a mark.
    if (reader.isSymbol('!') && reader.isSymbol('(', 1)) reader.take();
    if (reader.isSymbol('(')) return { kind: 'call', module, name, args: this.parseArguments(), ...at };
    return module === undefined ? { kind: 'name', name, ...at } : { kind: 'member', module, name, ...at };
  }

  private parseClosure(at: RhaiPosition): RhaiNode {
    const { reader } = this;
    const parameters = reader.acceptSymbol('||') ? [] : this.parseParameters('|', () => reader.expectSymbol('|'));
    const body = reader.deeper(() => this.parseStatement());
    return { kind: 'closure', parameters, body, ...at };
  }

  protected parseParameters(end: string, open: () => void): string[] {
    const { reader } = this;
    open();
    const names: string[] = [];
    while (!reader.acceptSymbol(end)) {
      names.push(reader.expectName());
      if (!reader.acceptSymbol(',') && !reader.isSymbol(end)) throw reader.unexpected(JSON.stringify(end));
    }
    return names;
  }

  private parseArguments(): RhaiNode[] {
    this.reader.expectSymbol('(');
    return this.parseList(')');
  }

  private parseList(end: string): RhaiNode[] {
    const { reader } = this;
    const items: RhaiNode[] = [];
    while (!reader.acceptSymbol(end)) {
      items.push(this.parseExpression());
      if (!reader.acceptSymbol(',') && !reader.isSymbol(end)) throw reader.unexpected(JSON.stringify(end));
    }
    return items;
  }

  private parseEntries(): [string, RhaiNode][] {
    const { reader } = this;
    const entries: [string, RhaiNode][] = [];
    while (!reader.acceptSymbol('}')) {
      if (reader.current.kind !== 'name' && reader.current.kind !== 'string') throw reader.unexpected('a name');
      const { text } = reader.take();
      reader.expectSymbol(':');
      entries.push([text, this.parseExpression()]);
      if (!reader.acceptSymbol(',') && !reader.isSymbol('}')) throw reader.unexpected('"}"');
    }
    return entries;
  }
}

function powerOf({ kind, text }: RhaiToken): number | undefined {
  return kind === 'symbol' || (kind === 'name' && text === 'in') ? POWERS.get(text) : undefined;
}

/** A range without a beginning begins with zero. */
function zeroAt(at: RhaiPosition): RhaiNode {
  return { kind: 'literal', value: 0n, ...at };
}

interface Operands {
  readonly left: RhaiNode;
  readonly right: RhaiNode;
  readonly at: RhaiPosition;
}

function combine(operator: string, isNegated: boolean, { left, right, at }: Operands): RhaiNode {
  switch (operator) {
    case '&&':
    case '||':
    case '??':
      return { kind: 'logical', operator, left, right, ...at };
    case 'in':
      return { kind: 'in', isNegated, left, right, ...at };
    case '..':
    case '..=':
      return { kind: 'range', isInclusive: operator === '..=', start: left, end: right, ...at };
    default:
      return { kind: 'binary', operator: operator as Operator, left, right, ...at };
  }
}
