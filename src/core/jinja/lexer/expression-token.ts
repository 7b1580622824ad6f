/** What was read at one place inside a tag: where it ends, and what it is. `undefined` type means that nothing known begins there. */
export interface ScannedToken {
  readonly type: 'name' | 'string' | 'integer' | 'float' | 'operator';
  /** The raw text; of a string, what stands between the quotes. */
  readonly text: string;
  readonly end: number;
}

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const STRING = /'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"/y;
const FLOAT = /\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?[eE][+-]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)/y;
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const OPERATOR = /\/\/|\*\*|[=!<>]=|[-+*/%~[\](){}<>=.:|,;]/y;

/** Reads the token that begins at `offset`, or returns undefined. A number right after a point is an index, so it is never a float. */
export function scanExpressionToken(source: string, offset: number): ScannedToken | undefined {
  const code = source.charCodeAt(offset);
  if (isNameStart(code)) return scanName(source, offset);
  if (code >= 48 && code <= 57) return scanNumber(source, offset);
  if (code === 34 || code === 39) return scanString(source, offset);
  if (code > 127) return match(NAME, 'name', source, offset);
  return match(OPERATOR, 'operator', source, offset);
}

function scanName(source: string, offset: number): ScannedToken | undefined {
  let end = offset + 1;
  let code = source.charCodeAt(end);
  while (isNameStart(code) || (code >= 48 && code <= 57)) code = source.charCodeAt(++end);
  if (code > 127) return match(NAME, 'name', source, offset);
  return { type: 'name', text: source.slice(offset, end), end };
}

function scanNumber(source: string, offset: number): ScannedToken | undefined {
  const float = source[offset - 1] === '.' ? undefined : match(FLOAT, 'float', source, offset);
  return float ?? match(INTEGER, 'integer', source, offset);
}

function scanString(source: string, offset: number): ScannedToken | undefined {
  const quote = source[offset] ?? '';
  const close = source.indexOf(quote, offset + 1);
  if (close === -1) return undefined;
  const body = source.slice(offset + 1, close);
  if (!body.includes('\\')) return { type: 'string', text: body, end: close + 1 };
  STRING.lastIndex = offset;
  const found = STRING.exec(source);
  return found === null ? undefined : { type: 'string', text: found[1] ?? found[2] ?? '', end: STRING.lastIndex };
}

function match(pattern: RegExp, type: ScannedToken['type'], source: string, offset: number): ScannedToken | undefined {
  pattern.lastIndex = offset;
  const found = pattern.exec(source);
  return found === null ? undefined : { type, text: found[0], end: pattern.lastIndex };
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
