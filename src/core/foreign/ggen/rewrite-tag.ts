import { INSTEAD, rewriteFilter, rewriteFunction, rewriteTest, type TeraArguments } from './tera-filters.ts';
import type { TeraToken } from './tera-tokens.ts';

/** What is not translated: where in the text, what, and what to write instead. */
export interface TeraFinding {
  readonly offset: number;
  readonly message: string;
  readonly suggestion: string;
}

export interface TeraOptions {
  /** Names that are written otherwise. */
  readonly renames?: ReadonlyMap<string, string>;
  /** The path in the pack of a template that is included or imported. */
  readonly resolve?: (name: string) => string | undefined;
}

const OPERATORS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else']);

const CONNECTIVES = new Set(['and', 'or', 'not']);

/** What may come behind a value that stands alone. */
const ENDS = new Set([undefined, 'and', 'or']);

const STATEMENTS = new Set(
  'if elif else endif for endfor set set_global endset filter endfilter macro endmacro block endblock extends include import break continue'.split(
    ' ',
  ),
);

interface TagRequest {
  readonly options: TeraOptions;
  readonly findings: TeraFinding[];
  readonly operands: { left: number };
}

/** Rewrites one tag, from its tokens. */
export class TagRewriter {
  private at = 0;
  private depth = 0;

  private readonly tokens: readonly TeraToken[];
  private readonly options: TeraOptions;
  private readonly findings: TeraFinding[];
  /** How much all operands of the file may have, yet. */
  private readonly operands: { left: number };

  constructor(tokens: readonly TeraToken[], { options, findings, operands }: TagRequest) {
    this.tokens = tokens;
    this.options = options;
    this.findings = findings;
    this.operands = operands;
  }

  expression(...closing: readonly string[]): string {
    let text = '';
    for (let token = this.current; token !== undefined && !closing.includes(token.text); token = this.current) text += this.part(token);
    return text;
  }

  statement(): string {
    const blank = this.blank();
    const keyword = this.take();
    if (keyword === undefined) return blank;
    const { text: name } = keyword;
    if (!STATEMENTS.has(name)) return `${blank}do${this.refuse(keyword, `the statement {% ${name} %} is not translated`, name)}`;
    switch (name) {
      case 'for':
        return `${blank}for${this.loop()}`;
      case 'set_global':
        return `${blank}set${this.expression()}`;
      case 'macro':
        return blank + name + this.rest();
      case 'endmacro':
      case 'endblock':
        return `${blank}${name}${' '.repeat(this.rest().length > 0 ? 1 : 0)}`;
      case 'include':
      case 'import':
      case 'extends':
        return blank + name + this.reference();
      case 'filter':
        return `${blank}${name} ${this.wrapping(keyword)} `;
      case 'if':
      case 'elif':
        return blank + name + this.condition();
      default:
        return blank + name + this.expression();
    }
  }

  /** What stands alone in a condition, and is not there, does not hold. */
  private condition(): string {
    let text = '';
    let isFirst = true;
    for (let token = this.current; token !== undefined; token = this.current) {
      const part = this.part(token);
      const isAlone = isFirst && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(part) && ENDS.has(this.next?.text);
      text += isAlone ? `(${part} | default(none))` : part;
      if (token.kind !== 'blank') isFirst = CONNECTIVES.has(token.text);
    }
    return text;
  }

  /** Only maps are walked with two names. */
  private loop(): string {
    let targets = '';
    for (let token = this.current; token !== undefined && token.text !== 'in'; token = this.current) targets += this.take()?.text ?? '';
    this.take();
    const walked = this.expression();
    return `${targets}in${targets.includes(',') ? ` ${walked.trim()} | items ` : walked}`;
  }

  private reference(): string {
    let text = '';
    for (let token = this.take(); token !== undefined; token = this.take()) {
      if (token.kind !== 'string') text += token.text;
      else {
        const name = token.text.slice(1, -1);
        const path = this.options.resolve?.(name);
        text += path === undefined ? this.refuse(token, `there is no template ${JSON.stringify(name)}`, 'include') : JSON.stringify(path);
      }
    }
    return text;
  }

  private wrapping(keyword: TeraToken): string {
    this.blank();
    const name = this.take();
    const args = this.current?.text === '(' ? this.arguments() : NONE;
    const written = name === undefined ? undefined : rewriteFilter(name.text, '\0', args);
    if (written?.startsWith('\0 | ') === true && !written.includes('\0', 1)) return written.slice('\0 | '.length);
    return this.refuse(name ?? keyword, `the filter ${name?.text ?? ''} is not translated around a block`, name?.text ?? '');
  }

  private part(token: TeraToken): string {
    const isOperand = token.kind === 'string' || token.kind === 'number' || token.text === '(' || token.text === '[';
    if (isOperand || (token.kind === 'name' && !OPERATORS.has(token.text))) return this.operand();
    this.take();
    return token.text;
  }

  private operand(): string {
    const first = this.current;
    if (first !== undefined && this.depth > MAX_DEPTH) return this.refuse(first, 'it is nested too deeply', '');
    this.depth++;
    const text = this.withPostfixes(this.primary());
    this.depth--;
    return text;
  }

  private withPostfixes(operand: string): string {
    let text = operand;
    for (;;) {
      const mark = this.at;
      const blank = this.blank();
      const next = this.current?.text;
      if (next === '|') text = this.filter(text);
      else if (next === 'is') text = this.test(text);
      else if (blank === '' && next === '.') text += this.attribute();
      else if (blank === '' && next === '[') text += this.index();
      else {
        this.at = mark;
        return text;
      }
    }
  }

  private primary(): string {
    const token = this.take();
    if (token === undefined) return '';
    if (token.text === '(' || token.text === '[') {
      const closing = token.text === '(' ? ')' : ']';
      const inside = this.expression(closing);
      return token.text + inside + (this.take()?.text ?? '');
    }
    if (token.kind === 'string') return writtenString(token.text);
    if (token.kind !== 'name') return token.text;
    if (this.current?.text === '::') return this.macro(token.text);
    if (this.current?.text === '(') return this.call(token);
    return this.options.renames?.get(token.text) ?? token.text;
  }

  private macro(file: string): string {
    this.take();
    const name = this.take()?.text ?? '';
    const { named } = this.arguments();
    return `${file === 'self' ? '' : `${file}.`}${name}(${[...named].map(([key, value]) => `${key}=${value}`).join(', ')})`;
  }

  private call(token: TeraToken): string {
    const args = this.arguments();
    return (
      this.bounded('', args, () => rewriteFunction(token.text, args)) ??
      this.refuse(token, `the function ${token.text} is not translated`, token.text)
    );
  }

  private filter(operand: string): string {
    this.take();
    this.blank();
    const token = this.take();
    if (token === undefined) return operand;
    const args = this.current?.text === '(' ? this.arguments() : NONE;
    return (
      this.bounded(operand, args, () => rewriteFilter(token.text, operand, args)) ??
      this.refuse(token, `the filter ${token.text} is not translated`, token.text)
    );
  }

  private test(operand: string): string {
    this.take();
    this.blank();
    const isNegated = this.current?.text === 'not';
    if (isNegated) {
      this.take();
      this.blank();
    }
    const token = this.take();
    if (token === undefined) return operand;
    const args = this.current?.text === '(' ? this.arguments() : NONE;
    const written = this.bounded(operand, args, () => rewriteTest(token.text, operand, args));
    if (written === undefined) return this.refuse(token, `the test ${token.text} is not translated`, token.text);
    return isNegated ? `(not (${written}))` : written;
  }

  /** Some are written with an operand twice, which a chain of them would multiply. */
  private bounded(operand: string, { named, placed }: TeraArguments, write: () => string | undefined): string | undefined {
    const length = [operand, ...named.values(), ...placed].reduce((sum, text) => sum + text.length, 0);
    this.operands.left -= length;
    return length > MAX_OPERAND || this.operands.left < 0 ? undefined : write();
  }

  private attribute(): string {
    this.take();
    const token = this.take();
    if (token?.kind === 'number')
      return token.text
        .split('.')
        .map((place) => `[${place}]`)
        .join('');
    return `.${token?.text ?? ''}`;
  }

  /** Older versions named the columns of rows with their `?`. */
  private index(): string {
    this.take();
    const inside = this.expression(']');
    this.take();
    return `[${inside.replace(/^(["'])\?/, '$1')}]`;
  }

  private arguments(): TeraArguments {
    this.take();
    const named = new Map<string, string>();
    const placed: string[] = [];
    while (this.current !== undefined && this.current.text !== ')') {
      this.blank();
      const name = this.name();
      const value = this.expression(',', ')').trim();
      if (name !== undefined) named.set(name, value);
      else if (value !== '') placed.push(value);
      if (this.current?.text === ',') this.take();
    }
    this.take();
    return { named, placed };
  }

  private name(): string | undefined {
    const mark = this.at;
    const token = this.take();
    this.blank();
    if (token?.kind !== 'name' || this.current?.text !== '=') {
      this.at = mark;
      return undefined;
    }
    this.take();
    return token.text;
  }

  private rest(): string {
    const rest = this.tokens.slice(this.at).map(({ text }) => text);
    this.at = this.tokens.length;
    return rest.join('');
  }

  private get next(): TeraToken | undefined {
    return this.tokens.slice(this.at, this.at + 2).find(({ kind }) => kind !== 'blank');
  }

  private get current(): TeraToken | undefined {
    return this.tokens[this.at];
  }

  private take(): TeraToken | undefined {
    return this.tokens[this.at++];
  }

  private blank(): string {
    return this.current?.kind === 'blank' ? (this.take()?.text ?? '') : '';
  }

  private refuse({ offset }: TeraToken, message: string, what: string): string {
    this.at = this.tokens.length;
    const suggestion = INSTEAD.get(what) ?? 'leave it out, or make the value in the query or as a variable';
    this.findings.push({ offset, message, suggestion });
    return ' none ';
  }
}

/** A string of packs has escapes: a backslash at the end would be one. */
function writtenString(text: string): string {
  if (text.startsWith('`')) return JSON.stringify(text.slice(1, -1));
  return text.at(-2) === '\\' ? `${text.slice(0, -1)}\\${text.at(-1) ?? ''}` : text;
}

/** As deep as templates of packs may be nested. */
const MAX_DEPTH = 90;

/** No expression that a person writes is as long. */
const MAX_OPERAND = 20_000;

const NONE: TeraArguments = { named: new Map(), placed: [] };
