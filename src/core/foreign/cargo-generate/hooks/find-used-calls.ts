import { type NodeOf, type RhaiNode, type RhaiScript, walkNodes } from '../../../rhai/nodes.ts';

/** The calls of `module::name` in a script whose result is used for something. */
export function findUsedCalls(script: RhaiScript, module: string, name: string): NodeOf<'call'>[] {
  const bodies = new Map([...script.functions.values()].map((definition) => [definition.name, definition.body]));
  // What a function gives is used where a call of it is; each turn finds more of those.
  let used = new Set<string>();
  for (;;) {
    const unused = new Set<RhaiNode>();
    for (const node of script.body) markUnused(node, unused);
    for (const [called, body] of bodies) markUnused(body, unused, used.has(called));
    const calls = [...walkNodes([...script.body, ...bodies.values()])].filter(isCall).filter((node) => !unused.has(node));
    const next = new Set([...used, ...calls.map((node) => node.name)]);
    if (next.size === used.size)
      return calls.filter((node): node is NodeOf<'call'> => node.kind === 'call' && node.module === module && node.name === name);
    used = next;
  }
}

function isCall(node: RhaiNode): node is NodeOf<'call'> | NodeOf<'method'> {
  return node.kind === 'call' || node.kind === 'method';
}

/** Marks what is evaluated for its effect only. */
function markUnused(node: RhaiNode, unused: Set<RhaiNode>, isLastUsed = false): void {
  for (const [part, isUsed] of partsOf(node, isLastUsed)) {
    markUnused(part, unused, isUsed);
  }
  if (!isLastUsed) unused.add(node);
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
