import type { Literal, RhaiNode } from './nodes.ts';
import type { RhaiReader } from './rhai-reader.ts';
import type { RhaiToken } from './scan-rhai.ts';

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
  const isNegative = reader.isNegativeNumber();
  const value = literalOf(isNegative ? reader.peek(1) : token, isNegative, reader);
  if (value === undefined) return undefined;
  if (isNegative) reader.take();
  reader.take();
  return { kind: 'literal', value, ...at };
}

function literalOf({ kind, text }: RhaiToken, isNegative: boolean, reader: RhaiReader): Literal | undefined {
  switch (kind) {
    case 'int':
      return integerOf(text, isNegative) ?? { float: isNegative ? -Number(text) : Number(text) };
    case 'float':
      return { float: isNegative ? -Number(text) : Number(text) };
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

/** Decimal ones of more than 64 bits are none; others have the bits that are written. */
function integerOf(text: string, isNegative: boolean): bigint | undefined {
  const size = BigInt(text);
  const value = isNegative ? -size : size;
  if (!/^0[xob]/.test(text)) return BigInt.asIntN(64, value) === value ? value : undefined;
  return size < 2n ** 64n ? BigInt.asIntN(64, value) : undefined;
}

function fail(reader: RhaiReader): never {
  throw reader.fault('this is no character');
}
