import type { VariableDefinition } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { quote } from './key-path.ts';

/** The parts of a definition that decide whether a value is valid. The pattern is not among them; see `checkPatterns`. */
export type ValueConstraints = Pick<
  VariableDefinition,
  'type' | 'min' | 'max' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'choices'
>;

/**
 * Says why a value does not fit a variable, completing "`name`: …", or `undefined` when it does. Values must have the type already; text is not
 * coerced; a definition without choices, which is reported elsewhere, takes any. Lengths count Unicode code points.
 */
export function findValueProblem(value: Value, constraints: ValueConstraints): string | undefined {
  switch (constraints.type) {
    case 'integer':
    case 'number':
      return findNumberProblem(value, constraints);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected('true or false', value);
    case 'choice':
      return findChoiceProblem(value, constraints);
    case 'choices':
      return findChoicesProblem(value, constraints);
    case 'list':
      return Array.isArray(value) ? findSizeProblem(value.length, constraints) : expected('an array', value);
    case 'map':
      return value instanceof Map ? findSizeProblem(value.size, constraints) : expected('a table', value);
    default:
      return findTextProblem(value, constraints);
  }
}

const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+(?:[/?#]\S*)?$/i;
const EMAIL_FORM = /^[^\s@<>]+@[^\s@<>]+$/;

function findTextProblem(value: Value, { type, minLength, maxLength }: ValueConstraints): string | undefined {
  if (typeof value !== 'string') return expected('a string', value);
  if (type === 'url' && !URL_FORM.test(value)) return `${quote(value)} is not an address such as https://example.com`;
  if (type === 'email' && !EMAIL_FORM.test(value)) return `${quote(value)} is not an e-mail address such as ada@example.com`;
  if (type === 'string' && /[\r\n]/.test(value)) return 'it has several lines; the type "text" may';
  const length = [...value].length;
  if (minLength !== undefined && length < minLength) return `${quote(value)} has ${length} characters; at least ${minLength} are needed`;
  if (maxLength !== undefined && length > maxLength) return `${quote(value)} has ${length} characters; at most ${maxLength} are allowed`;
  return undefined;
}

function findNumberProblem(value: Value, { type, min, max }: ValueConstraints): string | undefined {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return expected(type === 'integer' ? 'a whole number' : 'a number', value);
  if (type === 'integer' && !isWhole) return `${value} is not a whole number`;
  if (min !== undefined && value < min) return `${value} is less than the minimum, ${min}`;
  if (max !== undefined && value > max) return `${value} is more than the maximum, ${max}`;
  return undefined;
}

const MAX_LISTED_CHOICES = 20;

function findChoiceProblem(value: Value, { choices }: ValueConstraints): string | undefined {
  if (choices.length === 0 || choices.some((choice) => choice.value === value)) return undefined;
  const listed = choices.slice(0, MAX_LISTED_CHOICES).map((choice) => showValue(choice.value));
  return `${showValue(value)} is not among the choices: ${listed.join(', ')}${choices.length > MAX_LISTED_CHOICES ? ' …' : ''}`;
}

function findChoicesProblem(value: Value, constraints: ValueConstraints): string | undefined {
  if (!Array.isArray(value)) return expected('an array of choices', value);
  const items: readonly Value[] = value;
  if (new Set(items).size < items.length) return 'a choice is named twice';
  for (const item of items) {
    const problem = findChoiceProblem(item, constraints);
    if (problem !== undefined) return problem;
  }
  return findSizeProblem(items.length, constraints);
}

function findSizeProblem(size: number, { minItems, maxItems }: ValueConstraints): string | undefined {
  if (minItems !== undefined && size < minItems) return `it has ${size} entries; at least ${minItems} are needed`;
  if (maxItems !== undefined && size > maxItems) return `it has ${size} entries; at most ${maxItems} are allowed`;
  return undefined;
}

function expected(what: string, value: Value): string {
  return `it must be ${what}, but it is ${showValue(value)}`;
}

function showValue(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof Map) return 'a table';
  return Array.isArray(value) ? 'an array' : String(value);
}
