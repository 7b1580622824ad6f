/**
 * Conditions of `[conditional.'…']` are expressions of Rhai. The part of it that compares placeholders is translated to an expression of the
 * template engine; everything else is refused.
 */
export type TranslatedCondition =
  | { readonly kind: 'expression'; readonly text: string; readonly names: readonly string[] }
  | { readonly kind: 'unsupported'; readonly found: string };

export function translateCondition(source: string, known: (name: string) => NameUse): TranslatedCondition {
  const tokens = tokenize(source);
  if (tokens === undefined) return { kind: 'unsupported', found: source };
  const reader = new Reader(tokens, known);
  const node = reader.parseOr(0);
  const found = reader.rest();
  if (node === undefined || found !== undefined) return { kind: 'unsupported', found: found ?? source };
  return { kind: 'expression', text: reader.isFalse ? 'false' : guarded(asTruth(node), reader.optional), names: [...reader.names] };
}

/** `optional` names may have no value, which makes a condition false; one with an unknown name always is. */
export type NameUse = 'always' | 'optional' | 'unknown';

interface Part {
  readonly text: string;
  /** Whether it is a truth value already, and not a value that may be one. */
  readonly isTruth: boolean;
}

interface Token {
  readonly type: 'name' | 'string' | 'number' | 'symbol';
  readonly text: string;
}

const PATTERNS: readonly (readonly [Token['type'] | 'blank', RegExp])[] = [
  ['blank', /\s+/y],
  ['string', /"(?:[^"\\]|\\["\\nrt])*"|`[^`$\\]*`/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['name', /variable::(?:get|is_set)|[A-Za-z_]\w*/y],
  ['symbol', /==|!=|<=|>=|&&|\|\||[<>!().&|]/y],
];

function tokenize(source: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const found = PATTERNS.map(([type, pattern]) => {
      pattern.lastIndex = at;
      return [type, pattern.exec(source)?.[0]] as const;
    }).find(([, text]) => text !== undefined);
    if (found === undefined || tokens.length > 500) return undefined;
    const [type, text = ''] = found;
    if (type !== 'blank') tokens.push({ type, text });
    at += text.length;
  }
  return tokens;
}

/** Only what is true by itself counts: any other value makes Rhai fail, and with it the condition. */
function asTruth({ text, isTruth }: Part): string {
  return isTruth ? text : `${text} == true`;
}

function guarded(text: string, optional: ReadonlySet<string>): string {
  if (optional.size === 0) return text;
  return `${[...optional].map((name) => `${name} is defined`).join(' and ')} and (${text})`;
}

const MAX_DEPTH = 50;

class Reader {
  readonly names = new Set<string>();
  readonly optional = new Set<string>();
  isFalse = false;
  private readonly tokens: readonly Token[];
  private readonly known: (name: string) => NameUse;
  private next = 0;

  constructor(tokens: readonly Token[], known: (name: string) => NameUse) {
    this.tokens = tokens;
    this.known = known;
  }

  /** What is left; undefined at the end. */
  rest(): string | undefined {
    const left = this.tokens.slice(this.next);
    return left.length === 0 ? undefined : left.map(({ text }) => text).join(' ');
  }

  parseOr(depth: number): Part | undefined {
    return this.chain(['||', '|'], 'or', () => this.chain(['&&', '&'], 'and', () => this.parseNot(depth)));
  }

  private chain(symbols: readonly string[], word: string, read: () => Part | undefined): Part | undefined {
    let left = read();
    while (left !== undefined && symbols.some((symbol) => this.accept(symbol))) {
      const right = read();
      if (right === undefined) return undefined;
      left = { text: `(${asTruth(left)} ${word} ${asTruth(right)})`, isTruth: true };
    }
    return left;
  }

  private parseNot(depth: number): Part | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (!this.accept('!')) return this.parseComparison(depth);
    const operand = this.parseNot(depth + 1);
    if (operand === undefined) return undefined;
    return { text: operand.isTruth ? `(not ${operand.text})` : `(${operand.text} == false)`, isTruth: true };
  }

  private parseComparison(depth: number): Part | undefined {
    const left = this.parseValue(depth);
    if (left === undefined) return undefined;
    const operator = this.tokens[this.next]?.text ?? '';
    if (!['==', '!=', '<', '>', '<=', '>=', 'in'].includes(operator)) return left;
    this.next++;
    const right = this.parseValue(depth);
    return right === undefined ? undefined : { text: `(${left.text} ${operator} ${right.text})`, isTruth: true };
  }

  private parseValue(depth: number): Part | undefined {
    const token = this.tokens[this.next++];
    if (token === undefined) return undefined;
    if (token.type === 'symbol') return token.text === '(' ? this.parseGroup(depth) : undefined;
    if (token.type === 'name') return this.parseName(token.text, depth);
    return { text: token.text.startsWith('`') ? JSON.stringify(token.text.slice(1, -1)) : token.text, isTruth: false };
  }

  private parseGroup(depth: number): Part | undefined {
    const inner = this.parseOr(depth + 1);
    return inner !== undefined && this.accept(')') ? inner : undefined;
  }

  private parseName(name: string, depth: number): Part | undefined {
    if (name === 'true' || name === 'false') return { text: name, isTruth: true };
    if (name.startsWith('variable::')) return this.parseVariable(name);
    const value = this.use(name);
    if (!this.accept('.')) return value;
    if (!this.accept('contains') || !this.accept('(')) return undefined;
    const wanted = this.parseValue(depth + 1);
    return wanted !== undefined && this.accept(')') ? { text: `(${wanted.text} in ${value.text})`, isTruth: true } : undefined;
  }

  private parseVariable(name: string): Part | undefined {
    const isThere = this.accept('(');
    const argument = this.tokens[this.next++];
    if (!isThere || argument?.type !== 'string' || !this.accept(')')) return undefined;
    const named = argument.text.slice(1, -1);
    if (!/^[A-Za-z_]\w*$/.test(named)) return undefined;
    if (name === 'variable::get') return this.use(named);
    const use = this.known(named);
    this.names.add(named);
    return { text: use === 'optional' ? `(${named} is defined)` : String(use === 'always'), isTruth: true };
  }

  private use(name: string): Part {
    const use = this.known(name);
    if (use === 'unknown') this.isFalse = true;
    if (use === 'optional') this.optional.add(name);
    this.names.add(name);
    return { text: name, isTruth: false };
  }

  private accept(text: string): boolean {
    const token = this.tokens[this.next];
    const isThere = token?.text === text && token.type !== 'string';
    if (isThere) this.next++;
    return isThere;
  }
}
