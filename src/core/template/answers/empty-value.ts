import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';

/** What a variable holds that has neither a value nor a default: nothing of its type (`none` for numbers and choices). */
export function emptyValue(type: VariableType): Value {
  switch (type) {
    case 'integer':
    case 'number':
    case 'choice':
      return null;
    case 'boolean':
      return false;
    case 'choices':
    case 'list':
      return [];
    case 'map':
      return new Map();
    default:
      return '';
  }
}

/** Whether empty text stands for "no value": the variable is optional and has no default that says otherwise. */
export function isEmptyNone(definition: VariableDefinition): boolean {
  return !definition.required && (definition.default === undefined || definition.default === '');
}
