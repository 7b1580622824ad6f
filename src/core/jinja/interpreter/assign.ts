import { fail } from '../fault.ts';
import { toItems } from '../iterate.ts';
import type { TargetNode } from '../nodes.ts';
import { JinjaObject, type JinjaValue } from '../values.ts';
import { type Frame, undefinedName } from './frame.ts';

/** Binds a value to a target in the present scope; a tuple target takes as many items as it has names. */
export function assign(target: TargetNode, value: JinjaValue, frame: Frame): void {
  if (target.kind === 'name') {
    frame.scope.variables.set(target.name, value);
    return;
  }
  if (target.kind === 'root-target') {
    frame.unit.root.variables.set(target.name, value);
    return;
  }
  frame.state.at = target;
  if (target.kind === 'namespace-target') {
    const namespace = frame.scope.lookup(target.namespace) ?? undefinedName(target.namespace, frame).fail();
    const set = namespace instanceof JinjaObject ? namespace.parts.set : undefined;
    if (set === undefined) fail(`"${target.namespace}" is not a namespace, so its attributes cannot be set`, 'make one with namespace()');
    set(target.attribute, value);
    return;
  }
  const items = toItems(value, frame.state.budget);
  if (items.length !== target.items.length) fail(`there are ${items.length} values for ${target.items.length} names`);
  for (const [index, part] of target.items.entries()) assign(part, items[index] ?? null, frame);
}
