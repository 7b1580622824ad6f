import type { CallBlockNode, MacroNode, MacroUses, NodePosition, ParameterNode } from '../nodes.ts';
import { parseExpression, parseUnconditional } from './expressions.ts';
import type { StatementParsers } from './statement-parsers.ts';
import { parseBoundName } from './targets.ts';
import type { TokenStream } from './token-stream.ts';

/** Reads a macro after its tag name. */
export function parseMacro(stream: TokenStream, statements: StatementParsers, position: NodePosition): MacroNode {
  const { name } = parseBoundName(stream);
  const { result, names } = stream.withMacroNames(() => {
    const parameters = parseParameters(stream);
    return { parameters, body: statements.readTagBody('macro', position, ['endmacro']).body };
  });
  stream.skip('name', name);
  return { kind: 'macro', name, ...result, uses: toUses(names, result.parameters), ...position };
}

/** Reads a `call` block after its tag name. */
export function parseCallBlock(stream: TokenStream, statements: StatementParsers, position: NodePosition): CallBlockNode {
  const parameters = stream.isOperator('(') ? parseParameters(stream) : [];
  const start = stream.current;
  const call = parseExpression(stream);
  if (call.kind !== 'call') throw stream.error(start, 'expected a call of a macro');
  const { result, names } = stream.withMacroNames(() => statements.readTagBody('call', position, ['endcall']).body);
  return { kind: 'call-block', call, parameters, body: result, uses: toUses(names, parameters), ...position };
}

function toUses(names: ReadonlySet<string>, parameters: readonly ParameterNode[]): MacroUses {
  const isUsed = (name: string): boolean => names.has(name) && !parameters.some((parameter) => parameter.name === name);
  return { varargs: isUsed('varargs'), kwargs: isUsed('kwargs'), caller: isUsed('caller') };
}

function parseParameters(stream: TokenStream): ParameterNode[] {
  stream.expect('operator', '(');
  const parameters: ParameterNode[] = [];
  while (!stream.isOperator(')')) {
    const { name, line, column } = parseBoundName(stream);
    if (parameters.some((parameter) => parameter.name === name))
      throw stream.error({ line, column }, `the parameter "${name}" is named twice`);
    const value = stream.skip('operator', '=') ? parseUnconditional(stream) : undefined;
    if (value === undefined && parameters.at(-1)?.default !== undefined) {
      throw stream.error({ line, column }, 'a parameter without a default cannot follow one that has a default');
    }
    parameters.push({ name, default: value, line, column });
    if (!stream.skip('operator', ',')) break;
  }
  stream.expect('operator', ')');
  return parameters;
}
