import { PLAIN_VARIABLE } from '../core/foreign/plain-variable.ts';
import type { VariableDefinition } from '../core/pack/pack-manifest.ts';

/** A variable of a pack, a text without any rule unless something else is said; required where it has no default. */
export function makeVariable(name: string, rest: Partial<VariableDefinition> = {}): VariableDefinition {
  const plain = { ...PLAIN_VARIABLE, name, type: 'string', prompt: undefined, default: undefined, choices: [] } as const;
  return { ...plain, required: rest.default === undefined, ...rest };
}
