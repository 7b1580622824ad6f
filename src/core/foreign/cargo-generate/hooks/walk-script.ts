import { type RhaiNode, type RhaiScript, walkNodes } from '../../../rhai/nodes.ts';

/** All nodes of a script, those of its functions too. */
export function* walkScript({ body, functions }: RhaiScript): Generator<RhaiNode> {
  yield* walkNodes([...body, ...[...functions.values()].map((definition) => definition.body)]);
}
