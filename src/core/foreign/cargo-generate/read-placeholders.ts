import type { Problems } from '../../manifest/problems.ts';
import { isTable, readArray, readEntries, readKey, readString, type Table } from '../../manifest/table.ts';
import type { Choice, VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { compilePattern } from '../../text/pattern.ts';
import { PLAIN_VARIABLE } from '../plain-variable.ts';

/** One question of a template. */
export interface Placeholder {
  readonly name: string;
  readonly type: 'string' | 'text' | 'bool' | 'array';
  readonly prompt: string | undefined;
  /** `undefined` where an answer is required. */
  readonly default: Value | undefined;
  readonly choices: readonly Choice[];
  /** Matches the whole value. */
  readonly pattern: string | undefined;
}

/** `username` is none of them: a template may ask for it. */
export const RESERVED = ['authors', 'os-arch', 'project-name', 'crate_name', 'crate_type', 'within_cargo_project', 'is_init'];
const TYPES = new Map<string, Placeholder['type']>([
  ['string', 'string'],
  ['text', 'text'],
  ['editor', 'text'],
  ['bool', 'bool'],
  ['array', 'array'],
]);

/** Reads `placeholders` of a table, in their order; what is wrong with one is told with its place. */
export function readPlaceholders(table: Table, above: readonly string[], problems: Problems): Placeholder[] {
  return readEntries(table, 'placeholders').map(([name, entry]) => {
    const place = { path: [...above, 'placeholders', name], problems };
    if (RESERVED.includes(name)) refuse(place, 'is set by cargo-generate itself', 'choose another name');
    else if (!/^[A-Za-z_][\w-]{0,99}$/.test(name)) refuse(place, 'has a name that templates cannot use', 'use letters, digits, _ and -');
    if (!isTable(entry)) refuse(place, 'is no table', `write ${name} = { type = "string", prompt = "…" }`);
    return readPlaceholder(name, isTable(entry) ? entry : {}, place);
  });
}

interface Place {
  readonly path: readonly string[];
  readonly problems: Problems;
}

function refuse({ path, problems }: Place, what: string, suggestion: string): void {
  const message = `the placeholder ${JSON.stringify(path.at(-1) ?? '')} ${what}`;
  problems.add({ code: 'FOREIGN_INVALID', severity: 'error', path, at: 'key', message, suggestion });
}

function readPlaceholder(name: string, entry: Table, place: Place): Placeholder {
  const given = readKey(entry, 'type') ?? 'string';
  const type = typeof given === 'string' ? TYPES.get(given) : undefined;
  if (type === undefined) refuse(place, `has the type ${JSON.stringify(given)}`, `the types are ${[...TYPES.keys()].join(', ')}`);
  const choices = readChoices(entry, type ?? 'string', place);
  return {
    name,
    type: type ?? 'string',
    prompt: readString(entry, 'prompt'),
    choices,
    default: readDefault(entry, { type: type ?? 'string', choices, place }),
    pattern: readPattern(entry, type ?? 'string', place),
  };
}

function readChoices(entry: Table, type: Placeholder['type'], place: Place): Choice[] {
  if (readKey(entry, 'choices') === undefined) return [];
  if (type === 'bool' || type === 'text') refuse(place, `is of type ${type}, which has no choices`, 'take choices out');
  const choices = readArray(entry, 'choices').flatMap((item): Choice[] => {
    if (typeof item === 'string') return [{ value: item, label: item }];
    const value = isTable(item) ? readString(item, 'value') : undefined;
    return value === undefined ? [] : [{ value, label: (isTable(item) ? readString(item, 'label') : undefined) ?? value }];
  });
  if (choices.length < readArray(entry, 'choices').length) refuse(place, 'has choices that are not text', 'write choices = ["…", "…"]');
  if (choices.length === 0 && type === 'string') refuse(place, 'has choices, but none', 'add one, or take choices out');
  return choices;
}

interface DefaultFacts {
  readonly type: Placeholder['type'];
  readonly choices: readonly Choice[];
  readonly place: Place;
}

function readDefault(entry: Table, { type, choices, place }: DefaultFacts): Value | undefined {
  const given = readKey(entry, 'default');
  if (given === undefined) return undefined;
  const isFitting = type === 'bool' ? typeof given === 'boolean' : type === 'array' ? isTexts(given) : typeof given === 'string';
  if (!isFitting) {
    refuse(place, `has the default ${JSON.stringify(given) ?? ''}, which is not of its type`, `write one of type ${type}`);
    return undefined;
  }
  const value = given as string | boolean | readonly string[];
  const strangers = choices.length === 0 ? [] : [value].flat().filter((item) => !choices.some((choice) => choice.value === item));
  if (strangers.length > 0)
    refuse(place, `has the default ${JSON.stringify(value)}, which is none of its choices`, 'name one of the choices');
  return value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** cargo-generate looks for a match anywhere; a pattern of a variable matches the whole. */
function readPattern(entry: Table, type: Placeholder['type'], place: Place): string | undefined {
  const regex = readKey(entry, 'regex');
  if (regex === undefined) return undefined;
  if (typeof regex !== 'string' || type === 'bool' || type === 'array') {
    refuse(place, 'has a regex that cannot be one', 'a regex is text, and belongs to a placeholder of text');
    return undefined;
  }
  const pattern = wholePattern(regex);
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'invalid') {
    const message = `the regex of the placeholder ${JSON.stringify(place.path.at(-1) ?? '')} cannot be used: ${compiled.reason}`;
    const path = [...place.path, 'regex'];
    const suggestion = 'write it in the syntax of RE2';
    place.problems.add({ code: 'FOREIGN_UNSUPPORTED', severity: 'error', path, at: 'value', message, suggestion });
    return undefined;
  }
  return pattern;
}

/** A pattern that is looked for anywhere, as one that matches the whole. */
export function wholePattern(regex: string): string {
  return /^\^[^|]*[^|\\]\$$/.test(regex) ? regex : `(?s:.*)(?:${regex})(?s:.*)`;
}

/** A placeholder as a variable. */
export function toVariable({ name, type, prompt, default: fallback, choices, pattern }: Placeholder, when?: string): VariableDefinition {
  return {
    ...PLAIN_VARIABLE,
    name,
    type: variableType(type, choices.length > 0, fallback),
    prompt,
    default: fallback,
    required: fallback === undefined,
    choices,
    pattern: choices.length > 0 ? undefined : pattern,
    when,
  };
}

function variableType(type: Placeholder['type'], hasChoices: boolean, fallback: Value | undefined): VariableDefinition['type'] {
  if (type === 'bool') return 'boolean';
  if (type === 'array') return hasChoices ? 'choices' : 'list';
  if (hasChoices) return 'choice';
  return type === 'text' || (typeof fallback === 'string' && fallback.includes('\n')) ? 'text' : 'string';
}
