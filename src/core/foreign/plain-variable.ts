import type { VariableDefinition } from '../pack/pack-manifest.ts';

/** A variable without any rule: what templates of other tools ask. */
export const PLAIN_VARIABLE: Omit<VariableDefinition, 'name' | 'type' | 'default' | 'prompt' | 'choices'> = {
  description: undefined,
  required: false,
  when: undefined,
  computed: undefined,
  pattern: undefined,
  patternHint: undefined,
  min: undefined,
  max: undefined,
  minLength: undefined,
  maxLength: undefined,
  minItems: undefined,
  maxItems: undefined,
  example: undefined,
  group: undefined,
  shared: true,
};
