import { PacksmithError } from '../diagnostics/packsmith-error.ts';

/**
 * Globs over `/`-separated paths: `*` and `?` stay within a segment, `**` crosses segments, `[a-z]` and `[!a]` are classes, `{a,b}` are alternatives.
 * Matching simulates all states at once, so that time is proportional to pattern times path whatever a pack's author writes.
 */
export interface Glob {
  matches(path: string): boolean;
}

type Token =
  | { readonly kind: 'literal'; readonly char: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  | { readonly kind: 'any' }
  | { readonly kind: 'directories' }
  | { readonly kind: 'inside' }
  | { readonly kind: 'class'; readonly isNegated: boolean; readonly ranges: readonly (readonly [string, string])[] };

const MAX_ALTERNATIVES = 256;
const MAX_PATTERN_LENGTH = 1024;

/**
 * Compiles a glob. A pattern without wildcards matches only itself.
 * @throws PacksmithError `LIMIT_EXCEEDED` for a pattern over 1 024 characters or 256 brace alternatives.
 */
export function compileGlob(pattern: string): Glob {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new PacksmithError('LIMIT_EXCEEDED', `a glob has ${pattern.length} characters; at most ${MAX_PATTERN_LENGTH} are allowed`);
  }
  const globs = expandBraces(pattern).map(compile);
  return { matches: (path) => globs.some((glob) => glob.matches(path)) };
}

/**
 * As `compileGlob`, for patterns of version control, in which braces stand for themselves, and `**` is no more than `*` where it is not a whole
 * segment. The caller bounds their length.
 */
export function compileIgnorePattern(pattern: string): Glob {
  return compile(withWholeStars(pattern));
}

/**
 * As `compileIgnorePattern`, with braces as alternatives: patterns of the library `ignore` of Rust. Two braces are those of a name that is a
 * template, and stand for themselves.
 *
 * @throws PacksmithError as `compileGlob` does.
 */
export function compileRustIgnorePattern(pattern: string): Glob {
  return pattern.includes('{{') ? compileIgnorePattern(pattern) : compileGlob(withWholeStars(pattern));
}

function withWholeStars(pattern: string): string {
  const segments = pattern
    .split('/')
    .map((segment) => (segment === '**' ? segment : segment.replace(/(\\.)|\*{2,}/gs, (_, escaped: string | undefined) => escaped ?? '*')));
  return segments.join('/');
}

/** Most paths are told apart by the text of a pattern alone. */
function compile(pattern: string): Glob {
  const program = tokenize(pattern);
  const [first = '', ...others] = textsOf(program);
  const last = others.at(-1) ?? first;
  const middle = others.slice(0, -1).reduce((longest, text) => (text.length > longest.length ? text : longest), '');
  const isText = others.length === 0;
  return {
    matches: (path) =>
      isText ? path === first : path.startsWith(first) && path.endsWith(last) && path.includes(middle) && simulate(program, path),
  };
}

/** What stands before, between and behind the wildcards; where there is none one text. */
function textsOf(program: readonly Token[]): string[] {
  const texts = [''];
  for (const token of program) {
    if (token.kind === 'literal') texts.push(`${texts.pop() ?? ''}${token.char}`);
    else texts.push('');
  }
  return texts;
}

/** Tells whether text has any wildcard of the glob language. */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

function expandBraces(pattern: string): string[] {
  let open = [pattern];
  const done: string[] = [];
  while (open.length > 0) {
    const next: string[] = [];
    for (const candidate of open) {
      const alternatives = expandInnermost(candidate);
      if (alternatives === undefined) done.push(candidate);
      else next.push(...alternatives);
    }
    if (done.length + next.length > MAX_ALTERNATIVES) {
      throw new PacksmithError('LIMIT_EXCEEDED', `a glob has more than ${MAX_ALTERNATIVES} brace alternatives`);
    }
    open = next;
  }
  return done;
}

function expandInnermost(pattern: string): string[] | undefined {
  const first = pattern.indexOf('{');
  // What is closed without being open stands for itself.
  const close = first < 0 ? -1 : pattern.indexOf('}', first);
  if (close < 0) return undefined;
  const open = pattern.lastIndexOf('{', close);
  const before = pattern.slice(0, open);
  const after = pattern.slice(close + 1);
  return pattern
    .slice(open + 1, close)
    .split(',')
    .map((alternative) => before + alternative + after);
}

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < pattern.length) {
    const found = readToken(pattern, at);
    tokens.push(...found.tokens);
    at = found.next;
  }
  return tokens;
}

function readToken(pattern: string, at: number): { tokens: Token[]; next: number } {
  const char = pattern[at] ?? '';
  if (pattern.startsWith('**/', at)) return { tokens: [{ kind: 'directories' }, { kind: 'inside' }], next: at + 3 };
  if (pattern.startsWith('**', at)) return { tokens: [{ kind: 'any' }], next: at + 2 };
  if (char === '*') return { tokens: [{ kind: 'many' }], next: at + 1 };
  if (char === '?') return { tokens: [{ kind: 'one' }], next: at + 1 };
  const close = char === '[' ? pattern.indexOf(']', at + 2) : -1;
  if (close > 0) return { tokens: [readClass(pattern.slice(at + 1, close))], next: close + 1 };
  if (char === '\\' && at + 1 < pattern.length) return { tokens: [{ kind: 'literal', char: pattern[at + 1] ?? '' }], next: at + 2 };
  return { tokens: [{ kind: 'literal', char }], next: at + 1 };
}

function readClass(body: string): Token {
  const isNegated = body.startsWith('!') || body.startsWith('^');
  const ranges: [string, string][] = [];
  for (let at = isNegated ? 1 : 0; at < body.length; at++) {
    const from = body[at] ?? '';
    const isRange = body[at + 1] === '-' && at + 2 < body.length;
    ranges.push([from, isRange ? (body[at + 2] ?? from) : from]);
    if (isRange) at += 2;
  }
  return { kind: 'class', isNegated, ranges };
}

function simulate(program: readonly Token[], path: string): boolean {
  let states = closure(program, new Set([0]));
  for (const char of path) {
    const next = new Set<number>();
    for (const state of states) {
      const token = program[state];
      if (token !== undefined) addSuccessors(next, { state, token, char });
    }
    if (next.size === 0) return false;
    states = closure(program, next);
  }
  return states.has(program.length);
}

/** Adds the states reachable without reading: stars and `**` before a slash may match nothing. */
function closure(program: readonly Token[], states: Set<number>): Set<number> {
  for (const state of states) {
    const kind = program[state]?.kind;
    if (kind === 'any' || kind === 'many') states.add(state + 1);
    if (kind === 'directories') states.add(state + 2);
  }
  return states;
}

/** `directories` stands at the start of a segment and is followed by its `inside` state, which returns to it at each slash. */
function addSuccessors(next: Set<number>, { state, token, char }: { state: number; token: Token; char: string }): void {
  if (token.kind === 'directories') {
    if (char !== '/') next.add(state + 1);
  } else if (token.kind === 'inside') {
    next.add(char === '/' ? state - 1 : state);
  } else if (token.kind === 'any' || (token.kind === 'many' && char !== '/')) {
    next.add(state);
  } else if (token.kind !== 'many' && consumes(token, char)) {
    next.add(state + 1);
  }
}

function consumes(token: Token, char: string): boolean {
  if (token.kind === 'literal') return token.char === char;
  if (char === '/') return false;
  if (token.kind === 'one') return true;
  return token.kind === 'class' && token.ranges.some(([from, to]) => char >= from && char <= to) !== token.isNegated;
}
