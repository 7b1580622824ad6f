import type { Choice, VariableDefinition, VariableType } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { findValueProblem } from './find-value-problem.ts';
import type { KeyPath } from './key-path.ts';
import { VARIABLE_TYPES } from './pack-schema.ts';
import type { Problems } from './problems.ts';
import { findReservedName } from './reserved-names.ts';
import { isTable, readArray, readBoolean, readEntries, readKey, readNumber, readString, readTable, type Table } from './table.ts';
import { isTemplate } from './text-templates.ts';
import { toValue } from './to-value.ts';

/** Reads `[variables]`: names, which keys go with which type, bounds, and that defaults and examples are valid. */
export function readVariables(document: Table, problems: Problems): VariableDefinition[] {
  // Below a namespace no name of the language is in the way; and templates of Copier have no other names than their own.
  const language = readTable(document, 'language');
  const hasNamespace = readString(language, 'namespace') !== undefined;
  const isFree = hasNamespace || readString(language, 'dialect') === 'copier';
  return readEntries(document, 'variables').flatMap(([name, table]) => {
    const path = ['variables', name];
    const reserved = isFree ? undefined : findReservedName(name);
    if (reserved !== undefined) problems.add({ ...RESERVED, path, message: `variables.${name}: ${reserved}` });
    if (!isTable(table)) return [];
    const type = readType(table);
    if (type === undefined) return [];
    const variable = readVariable(name, type, { table, path, problems });
    // Below a namespace stand the answers of cookiecutter, which are any text.
    return [hasNamespace && (type === 'string' || type === 'text') ? { ...variable, takesLines: true } : variable];
  });
}

const RESERVED = { code: 'MANIFEST_RESERVED_NAME', severity: 'error', at: 'key', suggestion: 'choose another name' } as const;

interface Entry {
  readonly table: Table;
  readonly path: KeyPath;
  readonly problems: Problems;
}

function readType(table: Table): VariableType | undefined {
  return VARIABLE_TYPES.find((type) => type === readKey(table, 'type'));
}

function readVariable(name: string, type: VariableType, entry: Entry): VariableDefinition {
  const { table, path, problems } = entry;
  const computed = readString(table, 'computed');
  const given = readGiven(entry, 'default');
  const variable: VariableDefinition = {
    name,
    type,
    prompt: readString(table, 'prompt'),
    description: readString(table, 'description'),
    default: given,
    required: readBoolean(table, 'required') ?? (given === undefined && computed === undefined),
    when: readString(table, 'when'),
    computed,
    pattern: readString(table, 'pattern'),
    patternHint: readString(table, 'pattern_hint'),
    min: readNumber(table, 'min'),
    max: readNumber(table, 'max'),
    minLength: readNumber(table, 'min_length'),
    maxLength: readNumber(table, 'max_length'),
    minItems: readNumber(table, 'min_items'),
    maxItems: readNumber(table, 'max_items'),
    choices: readChoices(entry),
    example: readGiven(entry, 'example'),
    group: readString(table, 'group'),
    shared: readBoolean(table, 'shared') ?? true,
  };
  checkKeysForType(type, entry);
  checkBounds(variable, entry);
  checkPresence(variable, entry);
  if (variable.pattern !== undefined) problems.exceeds('patternCharacters', [...path, 'pattern'], variable.pattern.length);
  for (const key of ['default', 'example'] as const) checkGiven(key, variable, entry);
  return variable;
}

function readGiven({ table, path, problems }: Entry, key: string): Value | undefined {
  const raw = readKey(table, key);
  return raw === undefined ? undefined : toValue(raw, [...path, key], problems);
}

function readChoices({ table, path, problems }: Entry): Choice[] {
  const choices: Choice[] = [];
  const listed = readArray(table, 'choices');
  if (problems.exceeds('choices', [...path, 'choices'], listed.length)) return [];
  const seen = new Set<unknown>();
  for (const [index, raw] of listed.entries()) {
    const value = isTable(raw) ? readKey(raw, 'value') : raw;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    if (seen.has(value))
      problems.conflict([...path, 'choices', index], `the choice ${JSON.stringify(value)} is listed twice`, 'remove one');
    seen.add(value);
    choices.push({ value, label: (isTable(raw) ? readString(raw, 'label') : undefined) ?? String(value) });
  }
  return choices;
}

const TEXT_TYPES = ['string', 'text', 'path', 'url', 'email', 'secret'];
const NUMBER_TYPES = ['integer', 'number'];
const COLLECTION_TYPES = ['choices', 'list', 'map'];
const CHOICE_TYPES = ['choice', 'choices'];

/** The types that each constraint goes with. */
const TYPES_OF_KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['pattern', TEXT_TYPES],
  ['pattern_hint', TEXT_TYPES],
  ['min', NUMBER_TYPES],
  ['max', NUMBER_TYPES],
  ['min_length', TEXT_TYPES],
  ['max_length', TEXT_TYPES],
  ['min_items', COLLECTION_TYPES],
  ['max_items', COLLECTION_TYPES],
  ['choices', CHOICE_TYPES],
];

function checkKeysForType(type: VariableType, { table, path, problems }: Entry): void {
  for (const [key, types] of TYPES_OF_KEYS) {
    if (readKey(table, key) === undefined || types.includes(type)) continue;
    const better = TYPES_OF_KEYS.filter(([other, fitting]) => other.split('_')[0] === key.split('_')[0] && fitting.includes(type));
    const suggestion = better[0] === undefined ? `it goes with ${types.join(', ')}` : `use ${better[0][0]}`;
    problems.conflict([...path, key], `it does not go with the type "${type}"`, suggestion);
  }
}

function checkBounds(variable: VariableDefinition, { path, problems }: Entry): void {
  const bounds = [
    ['min', variable.min, 'max', variable.max],
    ['min_length', variable.minLength, 'max_length', variable.maxLength],
    ['min_items', variable.minItems, 'max_items', variable.maxItems],
  ] as const;
  for (const [low, least, high, most] of bounds) {
    if (least !== undefined && most !== undefined && least > most) {
      problems.conflict(
        [...path, low],
        `${low} is ${least}, more than ${high}, which is ${most}`,
        'no value could be valid; exchange them',
      );
    }
  }
  if (variable.type !== 'integer') return;
  for (const key of ['min', 'max'] as const) {
    const bound = variable[key];
    if (bound !== undefined && !Number.isSafeInteger(bound))
      problems.invalid([...path, key], 'a bound of an integer must be a whole number');
  }
}

function checkPresence(variable: VariableDefinition, { table, path, problems }: Entry): void {
  const isChoice = CHOICE_TYPES.includes(variable.type);
  if (isChoice && readKey(table, 'choices') === undefined) problems.missing(path, 'choices');
  if (variable.patternHint !== undefined && variable.pattern === undefined) {
    problems.conflict([...path, 'pattern_hint'], 'there is no pattern that it could explain', 'add pattern');
  }
  if (variable.computed === undefined) return;
  for (const key of ['default', 'prompt', 'required', 'example']) {
    if (readKey(table, key) === undefined) continue;
    problems.conflict([...path, key], 'a computed variable is never asked, so this has no effect', `remove ${key} or computed`);
  }
}

function checkGiven(key: 'default' | 'example', variable: VariableDefinition, { path, problems }: Entry): void {
  const value = variable[key];
  if (value === undefined || hasTemplate(value)) return;
  const problem = findValueProblem(value, variable);
  if (problem !== undefined) problems.invalid([...path, key], problem);
}

/** Tells whether a value is, or has in it, a template, so that what it will be is not known yet. */
export function hasTemplate(value: Value): boolean {
  if (typeof value === 'string') return isTemplate(value);
  if (Array.isArray(value)) return value.some(hasTemplate);
  return value instanceof Map && [...value.values()].some(hasTemplate);
}
