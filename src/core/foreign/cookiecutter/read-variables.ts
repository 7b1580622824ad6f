import type { Choice, VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { PLAIN_VARIABLE } from '../plain-variable.ts';
import type { ContextEntry } from './read-context.ts';

/** What a `cookiecutter.json` is made of. */
export type EntryRole = 'question' | 'constant' | 'rendered';

/** `_name` is taken as it is, `__name` is rendered, everything else is asked. */
export function roleOf(key: string): EntryRole {
  if (key.startsWith('__')) return 'rendered';
  return key.startsWith('_') ? 'constant' : 'question';
}

/** Whether cookiecutter leaves an entry for its second pass, in which it can use every other one. */
export function isSecondPass({ value }: ContextEntry): boolean {
  return value instanceof Map;
}

export const PROMPTS_KEY = '__prompts__';

/** The variables that are asked, in the order in which cookiecutter asks them. */
export function readVariables(entries: readonly ContextEntry[]): VariableDefinition[] {
  const prompts = entries.find(({ key }) => key === PROMPTS_KEY)?.value;
  const asked = entries.filter(({ key }) => roleOf(key) === 'question');
  const ordered = [...asked.filter((entry) => !isSecondPass(entry)), ...asked.filter(isSecondPass)];
  return ordered.map((entry) => toDefinition(entry, prompts instanceof Map ? prompts.get(entry.key) : undefined));
}

/** The questions that a template names: `cookiecutter.name`, `cookiecutter['name']`. */
export function questionsIn(source: string): string[] {
  const named = source.matchAll(/\bcookiecutter\s*(?:\.\s*([\p{L}_][\p{L}\p{M}\p{N}_]*)|\[\s*(?:"([^"]*)"|'([^']*)')\s*\])/gu);
  return [...named].map(([, attribute, ...quoted]) => attribute ?? quoted.find((text) => text !== undefined) ?? '');
}

const YES = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const NO = new Set(['0', 'false', 'f', 'no', 'n', 'off']);

/** An answer of a record or a file as cookiecutter takes it: words in the place of `true` and `false`. */
export function adoptAnswer(variables: readonly VariableDefinition[], name: string, value: Value): Value {
  if (typeof value !== 'string' || variables.find((variable) => variable.name === name)?.type !== 'boolean') return value;
  const word = value.trim().toLowerCase();
  return YES.has(word) || (NO.has(word) ? false : value);
}

function toDefinition({ key, value, texts }: ContextEntry, prompt: Value | undefined): VariableDefinition {
  const labels = prompt instanceof Map ? prompt : undefined;
  const text = labels === undefined ? prompt : labels.get('__prompt__');
  const choices = choicesOf(texts, labels);
  const type = typeOf(value, choices);
  return {
    ...PLAIN_VARIABLE,
    name: key,
    type,
    prompt: typeof text === 'string' ? withoutStyle(text) : undefined,
    // Null is no value: `makeContext` gives it back.
    default: Array.isArray(texts) ? firstOf(texts as readonly Value[], type) : (texts ?? undefined),
    choices: type === 'choice' ? choices : [],
    ...(type === 'string' || type === 'text' ? { takesLines: true } : {}),
  };
}

/** The default of a choice. Where that is asked as text, a boolean is written as Python does. */
function firstOf(texts: readonly Value[], type: VariableType): Value {
  const [first = ''] = texts;
  return typeof first === 'boolean' && type === 'string' ? booleanText(first) : first;
}

export function booleanText(value: boolean): string {
  return value ? 'True' : 'False';
}

function typeOf(value: Value, choices: readonly Choice[]): VariableType {
  if (typeof value === 'boolean') return 'boolean';
  // Of choices that are dictionaries the first is taken: nobody can name another.
  if (value instanceof Map || (Array.isArray(value) && value[0] instanceof Map)) return 'map';
  // Choices that are templates are known only once they are rendered.
  if (Array.isArray(value)) return choices.length > 0 && !choices.some((choice) => isTemplate(choice.value)) ? 'choice' : 'string';
  return typeof value === 'string' && value.includes('\n') ? 'text' : 'string';
}

function choicesOf(value: Value, labels: ReadonlyMap<string, Value> | undefined): Choice[] {
  if (!Array.isArray(value)) return [];
  // One that is listed twice is one choice.
  return [...new Set(value as readonly Value[])].flatMap((item): Choice[] => {
    if (typeof item !== 'string' && typeof item !== 'boolean') return [];
    const label = labels?.get(String(item));
    return [{ value: item, label: typeof label === 'string' ? withoutStyle(label) : String(item) }];
  });
}

const STYLE_WORD =
  /^(?:not|on|default|none|b|bold|d|dim|i|italic|u|uu|underline2?|s|strike|r|reverse|blink2?|o|overline|(?:bright_)?(?:black|red|green|yellow|blue|magenta|cyan|white)|[a-z]*(?:grey|gray)\d*|orange\d|purple\d?|#[\da-f]{6}|color\(\d+\)|link(?:=.*)?)$/;

/** A text without the marks (`[bold yellow]…[/]`) by which cookiecutter colours its questions. Other words in brackets stay. */
function withoutStyle(text: string): string {
  return text.replace(/(\\)?\[(\/?)([^[\]\n]*)\]/g, (whole, backslash: string | undefined, close: string, words: string) => {
    if (backslash !== undefined) return whole.slice(1);
    const isStyle = words.split(' ').every((word) => STYLE_WORD.test(word));
    return isStyle || (close !== '' && words === '') ? '' : whole;
  });
}

function isTemplate(value: Choice['value']): boolean {
  return typeof value === 'string' && /\{[{%#]/.test(value);
}
