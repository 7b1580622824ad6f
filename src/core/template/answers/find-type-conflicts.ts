import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { stripControlLine } from '../../text/strip-control.ts';
import type { PackVariables } from './answer-types.ts';
import { describeExpectation } from './describe-expectation.ts';
import { addressOf, type GivenIndex, type Target } from './given-index.ts';

/** Names that packs would share but declare with different types. A variable that a source addresses as `pack.name` takes no part. */
export function findTypeConflicts(packs: readonly PackVariables[], index: GivenIndex): Diagnostic[] {
  const declared = new Map<string, Target[]>();
  for (const { pack, variables } of packs) {
    for (const definition of variables) {
      if (!definition.shared || definition.computed !== undefined || index.isAddressed(pack, definition.name)) continue;
      const targets = declared.get(definition.name) ?? [];
      declared.set(definition.name, [...targets, { pack, definition }]);
    }
  }
  return [...declared].flatMap(([name, targets]) => {
    const [first, ...others] = targets;
    const other = others.find(({ definition }) => definition.type !== first?.definition.type);
    return first === undefined || other === undefined ? [] : [conflict(name, first, other)];
  });
}

function conflict(name: string, first: Target, other: Target): Diagnostic {
  return {
    code: 'VARIABLE_TYPE_CONFLICT',
    severity: 'error',
    message: stripControlLine(
      `${first.pack} and ${other.pack} declare the variable ${name} differently: ${describe(first)}, ${describe(other)}`,
    ),
    suggestion: `give each its own value with --var ${addressOf(first.pack, name)}=… and --var ${addressOf(other.pack, name)}=…, or set shared = false in one of the packs`,
  };
}

function describe({ pack, definition }: Target): string {
  return `in ${pack} it is of type ${definition.type} (${describeExpectation(definition)})`;
}
