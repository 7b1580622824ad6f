import type { Literal, RhaiNode } from './nodes.ts';
import type { RhaiReader } from './rhai-reader.ts';
import type { RhaiToken } from './scan-rhai.ts';

/** The largest whole number, and one more, which a sign may stand before. */
const MAX_INTEGER = 2n ** 63n;

/** Reads a number, text, character or truth value, if there is one. */
export function parseLiteral(reader: RhaiReader, parseInside: (reader: RhaiReader) => RhaiNode): RhaiNode | undefined {
  const token = reader.current;
  const { at } = reader;
  if (token.kind === 'template') {
    reader.take();
    const parts = (token.parts ?? []).map((part) =>
      typeof part === 'string' ? part : reader.deeper(() => parseInside(reader.inside(part))),
    );
    return { kind: 'template', parts, ...at };
  }
  const value = literalOf(token, reader);
  if (value === undefined) return undefined;
  reader.take();
  return { kind: 'literal', value, ...at };
}

function literalOf({ kind, text }: RhaiToken, reader: RhaiReader): Literal | undefined {
  switch (kind) {
    case 'int': {
      const value = BigInt(text);
      if (value > MAX_INTEGER) throw reader.fault(`${text.slice(0, 50)} is too large for a whole number`);
      return value;
    }
    case 'float':
      return { float: Number(text) };
    case 'string':
      return text;
    case 'char':
      return [...text].length === 1 ? { char: text } : fail(reader);
    case 'name':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    default:
      return undefined;
  }
}

function fail(reader: RhaiReader): never {
  throw reader.fault('this is no character');
}
