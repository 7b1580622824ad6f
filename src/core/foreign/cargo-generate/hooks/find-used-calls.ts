import { type NodeOf, type RhaiFunctionDefinition, type RhaiNode, type RhaiScript, walkNodes } from '../../../rhai/nodes.ts';

/** The calls of `module::name` in a script whose result is used for something. */
export function findUsedCalls(script: RhaiScript, module: string, name: string): NodeOf<'call'>[] {
  const used = new Set<RhaiNode>();
  const named = byName(script);
  const bodies = [...script.body, ...[...script.functions.values()].map(({ body }) => body)];
  const nodes = [...walkNodes(bodies)];
  const shown = new Set(nodes.flatMap(shownBy));
  const read = new Set(nodes.flatMap((node) => ((node.kind === 'name' || node.kind === 'member') && !shown.has(node) ? [node.name] : [])));
  const waiting = bodies.map((body): Body => [body, false]);
  // What a function gives is used where a call of it is: then it is gone through once more.
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const call of usedCallsIn(next, read)) {
      used.add(call);
      for (const { body } of named.get(call.name) ?? []) waiting.push([body, true]);
      named.delete(call.name);
    }
  }
  return nodes.filter(
    (node): node is NodeOf<'call'> =>
      node.kind === 'call' && node.module === module && node.name === name && used.has(node) && !shown.has(node),
  );
}

/** What is only put into a text that is printed: whoever runs the script sees less, and nothing else depends on it. */
function shownBy(node: RhaiNode): RhaiNode[] {
  if (node.kind !== 'call' || node.module !== undefined || (node.name !== 'print' && node.name !== 'debug')) return [];
  const shown: RhaiNode[] = [];
  const waiting = [...node.args];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'template') waiting.push(...next.parts.filter((part) => typeof part !== 'string'));
    else if (next.kind === 'block' && next.body.length === 1) waiting.push(...next.body);
    else if (next.kind === 'binary' && next.operator === '+') waiting.push(next.left, next.right);
    else shown.push(next);
  }
  return shown;
}

/** The functions of a script, those of one name together. */
function byName({ functions }: RhaiScript): Map<string, RhaiFunctionDefinition[]> {
  const named = new Map<string, RhaiFunctionDefinition[]>();
  for (const definition of functions.values()) {
    const others = named.get(definition.name);
    if (others === undefined) named.set(definition.name, [definition]);
    else others.push(definition);
  }
  return named;
}

type Body = readonly [body: RhaiNode, isLastUsed: boolean];

function usedCallsIn([body, isLastUsed]: Body, read: ReadonlySet<string>): (NodeOf<'call'> | NodeOf<'method'>)[] {
  const unused = new Set<RhaiNode>();
  markUnused(body, { unused, read }, isLastUsed);
  return [...walkNodes([body])].filter(isCall).filter((node) => !unused.has(node));
}

function isCall(node: RhaiNode): node is NodeOf<'call'> | NodeOf<'method'> {
  return node.kind === 'call' || node.kind === 'method';
}

interface Marks {
  readonly unused: Set<RhaiNode>;
  /** The names that are read anywhere. */
  readonly read: ReadonlySet<string>;
}

/** Marks what is evaluated for its effect only; also what a name is given that nothing reads. */
function markUnused(node: RhaiNode, marks: Marks, isLastUsed: boolean): void {
  for (const [part, isUsed] of partsOf(node, isLastUsed)) markUnused(part, marks, isUsed);
  if (node.kind === 'let' && node.value !== undefined && !marks.read.has(node.name)) markUnused(node.value, marks, false);
  if (!isLastUsed) marks.unused.add(node);
}

/** The statements in a statement, and whether the value of each is that of the whole, which is used. */
function partsOf(node: RhaiNode, isUsed: boolean): (readonly [RhaiNode, boolean])[] {
  switch (node.kind) {
    case 'block':
      return node.body.map((part, at) => [part, isUsed && at === node.body.length - 1]);
    case 'if':
      return [[node.body, isUsed], ...(node.otherwise === undefined ? [] : [[node.otherwise, isUsed] as const])];
    case 'switch':
      return node.cases.map(({ body }) => [body, isUsed]);
    case 'loop':
    case 'for':
      return [[node.body, false]];
    case 'try':
      return [
        [node.body, isUsed],
        [node.handler, isUsed],
      ];
    default:
      return [];
  }
}
