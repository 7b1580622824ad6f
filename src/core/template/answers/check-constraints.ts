import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { compilePattern } from '../../text/pattern.ts';
import { findEmailProblem, findPathAnswerProblem, findTextProblem, findUrlProblem, normalisePath } from './check-format.ts';
import type { Checked } from './checked.ts';
import { isChoice, nearestChoices } from './choice.ts';

/**
 * Checks a value of the right type against its limits. Lengths count Unicode characters. `path` loses a leading `./` and a final `/`;
 * `choices` get the order in which they are declared, each once.
 */
export function checkConstraints(value: Value, definition: VariableDefinition): Checked {
  if (typeof value === 'string' && definition.type !== 'choice') return checkText(value, definition);
  if (definition.type === 'choice') return checkChoice(value, definition);
  if (typeof value === 'number' || typeof value === 'bigint') return fromProblem(value, findRangeProblem(value, definition));
  if (value instanceof Map) return fromProblem(value, findCountProblem(value.size, definition));
  if (Array.isArray(value)) return checkList(value as readonly Value[], definition);
  return { kind: 'valid', value };
}

function checkText(value: string, definition: VariableDefinition): Checked {
  const formProblem = findFormProblem(value, definition);
  const limitProblem = formProblem ?? findLengthProblem(value, definition) ?? findPatternProblem(value, definition);
  return fromProblem(definition.type === 'path' ? normalisePath(value) : value, limitProblem);
}

function findFormProblem(
  value: string,
  { type, required, takesEmpty = false, takesLines = false }: VariableDefinition,
): string | undefined {
  if (value === '' && required && !takesEmpty) return 'it is empty';
  switch (type) {
    case 'path':
      return findPathAnswerProblem(value);
    case 'url':
      return findUrlProblem(value);
    case 'email':
      return findEmailProblem(value);
    default:
      return findTextProblem(value, takesLines ? 'any' : type === 'text' || type === 'secret' ? 'lines' : 'line');
  }
}

function findLengthProblem(value: string, { minLength, maxLength }: VariableDefinition): string | undefined {
  if (minLength === undefined && maxLength === undefined) return undefined;
  const length = countCharacters(value);
  if (minLength !== undefined && length < minLength) return `it has ${plural(length, 'character')}, fewer than ${minLength}`;
  if (maxLength !== undefined && length > maxLength) return `it has ${plural(length, 'character')}, more than ${maxLength}`;
  return undefined;
}

function findPatternProblem(value: string, { pattern, patternHint }: VariableDefinition): string | undefined {
  if (pattern === undefined) return undefined;
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'invalid') return `the pattern ${pattern} of its definition is not valid: ${compiled.reason}`;
  if (compiled.pattern.matches(value)) return undefined;
  return patternHint === undefined ? `it does not match ${pattern}` : `it does not have the required form (${patternHint})`;
}

function checkChoice(value: Value, { choices }: VariableDefinition): Checked {
  if (isChoice(value, choices)) return { kind: 'valid', value };
  return { kind: 'invalid', problem: 'it is not one of the choices', nearest: nearestChoices(value, choices) };
}

function checkList(value: readonly Value[], definition: VariableDefinition): Checked {
  if (definition.type !== 'choices') return fromProblem(value, findCountProblem(value.length, definition));
  const stranger = value.find((item) => !isChoice(item, definition.choices));
  if (stranger !== undefined) {
    const problem = `${JSON.stringify(typeof stranger === 'bigint' ? stranger.toString() : stranger)} is not one of the choices`;
    return { kind: 'invalid', problem, nearest: nearestChoices(stranger, definition.choices) };
  }
  const ordered = definition.choices.map((choice) => choice.value).filter((choice) => value.includes(choice));
  return fromProblem(ordered, findCountProblem(ordered.length, definition));
}

function findRangeProblem(value: number | bigint, { min, max }: VariableDefinition): string | undefined {
  if (min !== undefined && value < min) return `it is less than ${min}`;
  if (max !== undefined && value > max) return `it is greater than ${max}`;
  return undefined;
}

function findCountProblem(count: number, { minItems, maxItems }: VariableDefinition): string | undefined {
  if (minItems !== undefined && count < minItems) return `it has ${plural(count, 'item')}, fewer than ${minItems}`;
  if (maxItems !== undefined && count > maxItems) return `it has ${plural(count, 'item')}, more than ${maxItems}`;
  return undefined;
}

function fromProblem(value: Value, problem: string | undefined): Checked {
  return problem === undefined ? { kind: 'valid', value } : { kind: 'invalid', problem };
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _character of text) count++;
  return count;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
