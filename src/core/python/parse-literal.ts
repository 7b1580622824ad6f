import { decodeStringLiteral } from '../jinja/lexer/string-literal.ts';
import { makeFloat, makeInteger } from '../jinja/numbers.ts';
import type { JinjaValue } from '../jinja/values.ts';
import type { PythonExpression, Replacement } from './nodes.ts';
import { PythonRefusal } from './python-fault.ts';
import { scanReplacement } from './scan-python.ts';
import { TokenReader } from './token-reader.ts';

/** Reads an expression that stands in an f-string. */
export type ReadExpression = (tokens: TokenReader) => PythonExpression;

type Parts = (string | Replacement)[];

const MAX_NESTING = 3;

export function readNumber(text: string, line: number): JinjaValue {
  const bare = text.replaceAll('_', '');
  if (/^0[xXoObB]$/.test(bare)) refuse(`${text} is no number`, line);
  if (/^0[xXoObB]/.test(bare)) return makeInteger(BigInt(bare.toLowerCase()));
  if (/^\d+$/.test(bare)) return /^0+[1-9]/.test(bare) ? refuse(`${text} is no number`, line) : makeInteger(BigInt(bare));
  return makeFloat(Number(bare));
}

/** Strings that stand beside each other are one. */
export function readStrings(written: readonly { readonly text: string; readonly line: number }[], read: ReadExpression): PythonExpression {
  const line = written[0]?.line ?? 1;
  const parts = written.flatMap(({ text, line: at }) => readString(text, at, read));
  if (parts.every((part) => typeof part === 'string')) return { kind: 'constant', value: parts.join(''), line };
  return { kind: 'text', parts, line };
}

function readString(written: string, line: number, read: ReadExpression): Parts {
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(written) ?? [];
  const flags = prefix.toLowerCase();
  if (flags.includes('b')) refuse('bytes are not read', line);
  const body = written.slice(prefix.length + quote.length, written.length - quote.length).replaceAll('\r\n', '\n');
  const decode = (text: string): string =>
    flags.includes('r') ? text : (decodeStringLiteral(text) ?? refuse('a string has an escape that is none', line));
  return flags.includes('f') ? readParts({ body, line, decode, read }, 0).parts : [decode(body)];
}

interface Source {
  readonly body: string;
  readonly line: number;
  readonly decode: (text: string) => string;
  readonly read: ReadExpression;
}

/** The parts of an f-string from a place on; those of a format end at its brace. */
function readParts(source: Source, from: number, depth = 0): { readonly parts: Parts; readonly end: number } {
  const { body, line, decode } = source;
  const parts: Parts = [];
  let text = '';
  let at = from;
  while (at < body.length) {
    const next = body[at] ?? '';
    const isDouble = depth === 0 && body[at + 1] === next;
    if ((next === '{' || next === '}') && isDouble) {
      text += next;
      at += 2;
    } else if (next === '{') {
      parts.push(decode(text));
      text = '';
      const { replacement, end } = readReplacement(source, at + 1, depth);
      parts.push(replacement);
      at = end;
    } else if (next === '}') {
      if (depth === 0) refuse('an f-string has a } that is not open', line);
      break;
    } else {
      text += next;
      at++;
    }
  }
  return { parts: [...parts, decode(text)].filter((part) => part !== ''), end: at };
}

function readReplacement(source: Source, from: number, depth: number): { readonly replacement: Replacement; readonly end: number } {
  const { body, line, read } = source;
  if (depth >= MAX_NESTING) refuse('an f-string is nested too deeply', line);
  const stop = findEnd(body, from) ?? refuse('an f-string has a { without an end', line);
  const [, expression = '', conversion = ''] = /^([\s\S]*?)(?:!([rsa]))?$/.exec(body.slice(from, stop)) ?? [];
  if (/=\s*$/.test(expression) && !/[=!<>]=\s*$/.test(expression)) refuse('an f-string names what it shows ({x=})', line);
  const tokens = new TokenReader(scanReplacement(expression, line));
  const value = read(tokens);
  tokens.acceptKind('newline');
  if (tokens.next.kind !== 'end') tokens.refuse(`${tokens.shown()} is too much in an f-string`);
  if (body[stop] === '}') return { replacement: { value, conversion, spec: [] }, end: stop + 1 };
  const spec = readParts(source, stop + 1, depth + 1);
  if (body[spec.end] !== '}') refuse('a format in an f-string has no end', line);
  return { replacement: { value, conversion, spec: spec.parts }, end: spec.end + 1 };
}

/** Where the expression ends: at its brace, or at the colon of its format. */
function findEnd(body: string, from: number): number | undefined {
  let open = 0;
  const marks = /'[^']*'|"[^"]*"|[([{]|[)\]}]|:/g;
  marks.lastIndex = from;
  for (let found = marks.exec(body); found !== null; found = marks.exec(body)) {
    const [mark] = found;
    if (open === 0 && (mark === '}' || mark === ':')) return found.index;
    if ('([{'.includes(mark)) open++;
    else if (')]}'.includes(mark)) open--;
  }
  return undefined;
}

function refuse(message: string, line: number): never {
  throw new PythonRefusal(message, line);
}
