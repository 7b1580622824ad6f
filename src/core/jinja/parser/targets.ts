import type { NameNode, NodePosition, TargetNode } from '../nodes.ts';
import { describeToken, type TokenStream } from './token-stream.ts';

const RESERVED: ReadonlySet<string> = new Set([
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
  'and',
  'or',
  'not',
  'in',
  'is',
  'if',
  'else',
]);

/** Reads what can be assigned to: a name, several names, nested in parentheses if wanted, or `namespace.attribute` where that is allowed. */
export function parseTarget(stream: TokenStream, options: { readonly withNamespace: boolean }): TargetNode {
  const start = stream.current;
  const first = parseOne(stream, options);
  if (!stream.isOperator(',')) return first;
  const items = [first];
  while (stream.skip('operator', ',')) {
    if (isTargetEnd(stream)) break;
    items.push(parseOne(stream, options));
  }
  return { kind: 'tuple-target', items, line: start.line, column: start.column };
}

/** Reads a name that is going to be bound. */
export function parseBoundName(stream: TokenStream): NameNode {
  const token = stream.expect('name');
  checkAssignable(stream, token.value, token);
  return { kind: 'name', name: token.value, line: token.line, column: token.column };
}

function parseOne(stream: TokenStream, options: { readonly withNamespace: boolean }): TargetNode {
  const start = stream.current;
  if (stream.skip('operator', '(')) {
    const target = stream.nested(() => parseTarget(stream, options));
    stream.expect('operator', ')');
    return target.kind === 'tuple-target' ? target : { kind: 'tuple-target', items: [target], line: start.line, column: start.column };
  }
  if (!stream.is('name')) throw stream.error(start, `expected a name to assign to, found ${describeToken(start)}`);
  const name = parseBoundName(stream);
  if (!options.withNamespace || !stream.isOperator('.')) return name;
  stream.next();
  const attribute = stream.expect('name').value;
  return { kind: 'namespace-target', namespace: name.name, attribute, line: start.line, column: start.column };
}

function checkAssignable(stream: TokenStream, name: string, at: NodePosition): void {
  if (RESERVED.has(name)) throw stream.error(at, `"${name}" cannot be assigned to`);
}

function isTargetEnd(stream: TokenStream): boolean {
  return stream.isOperator('=') || stream.isOperator(')') || stream.isName('in') || stream.is('block-end');
}
