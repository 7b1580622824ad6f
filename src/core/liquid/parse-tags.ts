import type { ExpressionNode, NodePosition, StatementNode, TargetNode } from '../jinja/nodes.ts';
import type { LiquidParser, ReadTag, TagElement } from './liquid-parser.ts';
import { callNode, filterNode, literal, nameNode, outputNode, testNode } from './nodes.ts';
import { parseCondition, parseFilterChain, parseValue } from './parse-expression.ts';
import { parseFor } from './parse-for.ts';
import type { TokenReader } from './token-reader.ts';

/** Reads a tag by its name. */
export function parseTag(tag: TagElement, parser: LiquidParser): StatementNode[] {
  const read = TAGS.get(tag.name);
  if (read === undefined) throw parser.fault(`there is no tag named ${JSON.stringify(tag.name)} here`, tag.at);
  return read(tag, parser);
}

const TAGS: ReadonlyMap<string, ReadTag> = new Map<string, ReadTag>([
  ['assign', readAssign],
  ['capture', readCapture],
  ['case', readCase],
  ['comment', readComment],
  ['raw', readRaw],
  ['if', (tag, parser) => readIf(tag, parser, false)],
  ['unless', (tag, parser) => readIf(tag, parser, true)],
  ['for', parseFor],
  ['break', (tag, parser) => [{ kind: 'break', ...bare(tag, parser) }]],
  ['continue', (tag, parser) => [{ kind: 'continue', ...bare(tag, parser) }]],
  ['cycle', readCycle],
  ['increment', (tag, parser) => readCounter(tag, parser, 'increment')],
  ['decrement', (tag, parser) => readCounter(tag, parser, 'decrement')],
  ['ifchanged', readIfChanged],
  ['include', readPartial],
  ['render', readPartial],
]);

function bare(tag: TagElement, parser: LiquidParser): NodePosition {
  parser.reader(tag.tokens, tag.at).expectEnd();
  return tag.at;
}

/** A name that keeps its value behind the loop in which it is given. */
function rootTarget(name: string, at: NodePosition): TargetNode {
  return { kind: 'root-target', name, ...at };
}

function readAssign(tag: TagElement, parser: LiquidParser): StatementNode[] {
  const reader = parser.reader(tag.tokens, tag.at);
  const name = reader.expectName('a name');
  reader.expectSymbol('=');
  const value = parseFilterChain(reader, parser.scope);
  reader.expectEnd();
  return [{ kind: 'set', target: rootTarget(name, tag.at), value: filterNode(value, 'value', [], tag.at), ...tag.at }];
}

function readCapture(tag: TagElement, parser: LiquidParser): StatementNode[] {
  const reader = parser.reader(tag.tokens, tag.at);
  const name = reader.current?.type === 'string' ? (reader.take()?.value ?? '') : reader.expectName('a name');
  reader.expectEnd();
  const { body } = parser.parseUntil(tag, ['endcapture']);
  return [{ kind: 'set-block', target: rootTarget(name, tag.at), filter: undefined, body, ...tag.at }];
}

function readComment(tag: TagElement, parser: LiquidParser): StatementNode[] {
  parser.skipTo(tag, true);
  return [];
}

function readRaw(tag: TagElement, parser: LiquidParser): StatementNode[] {
  bare(tag, parser);
  return [{ kind: 'text', text: parser.skipTo(tag, false).text, ...tag.at }];
}

function readIf(tag: TagElement, parser: LiquidParser, isUnless: boolean): StatementNode[] {
  const end = `end${tag.name}`;
  const test = conditionOf(tag, parser);
  let part = parser.parseUntil(tag, isUnless ? [end, 'else'] : [end, 'else', 'elsif']);
  const branches = [{ test: isUnless ? negate(test, tag.at) : test, body: part.body }];
  while (part.end.name === 'elsif') {
    const next = conditionOf(part.end, parser);
    part = parser.parseUntil(tag, [end, 'else', 'elsif']);
    branches.push({ test: next, body: part.body });
  }
  const otherwise = part.end.name === 'else' ? parser.parseUntil(tag, [end]).body : [];
  return [{ kind: 'if', branches, otherwise, ...tag.at }];
}

function negate(operand: ExpressionNode, at: NodePosition): ExpressionNode {
  return { kind: 'unary', operator: 'not', operand, ...at };
}

function conditionOf(tag: TagElement, parser: LiquidParser): ExpressionNode {
  return parseCondition(parser.reader(tag.tokens, tag.at), parser.scope);
}

/** The target is evaluated once; what stands before the first `when` is dropped. */
function readCase(tag: TagElement, parser: LiquidParser): StatementNode[] {
  const reader = parser.reader(tag.tokens, tag.at);
  const target = parseValue(reader, parser.scope);
  reader.expectEnd();
  const kept = parser.temporary();
  const branches: { test: ExpressionNode; body: StatementNode[] }[] = [];
  let part = parser.parseUntil(tag, ['when', 'else', 'endcase']);
  while (part.end.name === 'when') {
    const test = alternatives(parser.reader(part.end.tokens, part.end.at), kept, parser);
    part = parser.parseUntil(tag, ['when', 'else', 'endcase']);
    branches.push({ test, body: part.body });
  }
  const otherwise = part.end.name === 'else' ? parser.parseUntil(tag, ['endcase']).body : [];
  return [
    { kind: 'set', target: nameNode(kept, tag.at), value: filterNode(target, 'value', [], tag.at), ...tag.at },
    ...(branches.length === 0 ? otherwise : [{ kind: 'if' as const, branches, otherwise, ...tag.at }]),
  ];
}

function alternatives(reader: TokenReader, kept: string, parser: LiquidParser): ExpressionNode {
  const one = (): ExpressionNode => {
    const { at } = reader;
    return testNode(parseValue(reader, parser.scope), '==', [nameNode(kept, at)], at);
  };
  let test = one();
  while (reader.current !== undefined) {
    const { at } = reader;
    if (!reader.acceptSymbol(',') && !reader.acceptName('or')) throw reader.error('expected "or" or ","');
    test = { kind: 'logical', operator: 'or', left: test, right: one(), ...at };
  }
  return test;
}

function readCycle(tag: TagElement, parser: LiquidParser): StatementNode[] {
  const reader = parser.reader(tag.tokens, tag.at);
  let group: string | undefined;
  if (reader.isFollowedBy(':')) {
    group = reader.take()?.value ?? '';
    reader.expectSymbol(':');
  }
  const values: ExpressionNode[] = [];
  const names: string[] = [];
  do {
    names.push(reader.current?.value ?? '');
    values.push(parseValue(reader, parser.scope));
  } while (reader.acceptSymbol(','));
  reader.expectEnd();
  const call = callNode('cycle', [literal(group ?? names.join('-'), tag.at), ...values], tag.at);
  return [outputNode(filterNode(call, 'print', [], tag.at), tag.at)];
}

function readCounter(tag: TagElement, parser: LiquidParser, name: 'increment' | 'decrement'): StatementNode[] {
  const reader = parser.reader(tag.tokens, tag.at);
  const counter = reader.expectName('a name');
  reader.expectEnd();
  return [outputNode(callNode(name, [literal(counter, tag.at)], tag.at), tag.at)];
}

function readIfChanged(tag: TagElement, parser: LiquidParser): StatementNode[] {
  bare(tag, parser);
  const { body } = parser.parseUntil(tag, ['endifchanged']);
  const kept = parser.temporary();
  return [
    { kind: 'set-block', target: nameNode(kept, tag.at), filter: undefined, body, ...tag.at },
    outputNode(callNode('changed', [nameNode(kept, tag.at)], tag.at), tag.at),
  ];
}

/** Neither tool has partial templates: what names one fails when it is reached. */
function readPartial(tag: TagElement): StatementNode[] {
  return [outputNode(callNode('partial', [], tag.at), tag.at)];
}
