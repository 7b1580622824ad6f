import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { formatAnswer } from './format-answer.ts';

/** What a variable accepts, as a noun phrase: `an integer from 1024 to 65535`, `one of sqlite, postgres`. Texts of the pack are in it as they are. */
export function describeExpectation(definition: VariableDefinition): string {
  const parts = [
    describeType(definition),
    describeRange(definition),
    describeLength(definition),
    describePattern(definition),
    describeItems(definition),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A value that would be accepted, as it is written in a flag: the pack's example, its plain default, a choice, or one made for the type. Never a secret. */
export function exampleOf(definition: VariableDefinition): string {
  const { type, example, default: fallback, choices } = definition;
  if (type === 'secret') return '…';
  if (example !== undefined) return formatAnswer(example);
  const isOpen = type !== 'choice' || choices.length === 0 || choices.some(({ value }) => value === fallback);
  if (fallback !== undefined && fallback !== '' && isOpen && !hasTemplate(fallback)) return formatAnswer(fallback);
  const first = choices[0];
  if (first !== undefined)
    return type === 'choices'
      ? choices
          .slice(0, 2)
          .map((choice) => choice.value)
          .join(',')
      : String(first.value);
  if (type === 'integer' || type === 'number') return String(definition.min ?? definition.max ?? 1);
  return EXAMPLES[type] ?? 'some-text';
}

const EXAMPLES: Readonly<Partial<Record<VariableDefinition['type'], string>>> = {
  text: 'Some text',
  boolean: 'true',
  path: 'data/sample.csv',
  url: 'https://example.com',
  email: 'ada@example.com',
  list: 'one,two',
  map: 'key=value',
};

const MAX_CHOICES = 12;

function describeType({ type, choices }: VariableDefinition): string {
  switch (type) {
    case 'string':
      return 'text on one line';
    case 'text':
      return 'text';
    case 'integer':
      return 'an integer';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${listChoices(choices)}`;
    case 'choices':
      return 'a comma-separated list';
    case 'path':
      return 'a relative path with "/" and without ".."';
    case 'url':
      return 'a URL such as https://example.com';
    case 'email':
      return 'an e-mail address';
    case 'secret':
      return 'a secret';
    case 'list':
      return 'a list (items with commas between, or a JSON array)';
    case 'map':
      return 'a map (key=value with commas between, or a JSON object)';
    default:
      return type satisfies never;
  }
}

function describeItems({ type, choices }: VariableDefinition): string {
  return type === 'choices' ? `out of ${listChoices(choices)}` : '';
}

function listChoices(choices: VariableDefinition['choices']): string {
  const values = choices.slice(0, MAX_CHOICES).map((choice) => String(choice.value));
  return choices.length > MAX_CHOICES ? `${values.join(', ')}, … (${choices.length} in all)` : values.join(', ');
}

function describeRange({ min, max }: VariableDefinition): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  if (min !== undefined) return `of at least ${min}`;
  return max === undefined ? '' : `of at most ${max}`;
}

function describeLength({ minLength, maxLength, minItems, maxItems }: VariableDefinition): string {
  const characters = describeCount(minLength, maxLength, 'character');
  const items = describeCount(minItems, maxItems, 'item');
  return [characters, items].filter((part) => part !== '').join(' and ');
}

function describeCount(least: number | undefined, most: number | undefined, noun: string): string {
  const unit = (count: number): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  if (least !== undefined && most !== undefined) return least === most ? `of ${unit(least)}` : `of ${least} to ${unit(most)}`;
  if (least !== undefined) return `of at least ${unit(least)}`;
  return most === undefined ? '' : `of at most ${unit(most)}`;
}

function describePattern({ pattern, patternHint }: VariableDefinition): string {
  if (pattern === undefined) return '';
  return patternHint === undefined ? `that matches ${pattern}` : `(${patternHint})`;
}

function hasTemplate(value: Value): boolean {
  if (typeof value === 'string') return /\{[{%#]/.test(value);
  if (value instanceof Map) return [...value.values()].some(hasTemplate);
  return Array.isArray(value) && (value as readonly Value[]).some(hasTemplate);
}
