import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isFloat, numberIn } from '../../jinja/python-data/plain-scalar.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { ANSWER_TYPES } from './cast-answer.ts';
import type { CopierConfig } from './read-config.ts';

/** One question of a `copier.yml`, as it stands there: every text in it may be a template. */
export interface Question {
  readonly name: string;
  /** The variable that keeps the answer, where it has another name. */
  readonly variable?: string | undefined;
  /** The type, or a template of it. */
  readonly type: string;
  /** `undefined` where an answer is required. */
  readonly default: Value | undefined;
  readonly choices: Value;
  readonly multiselect: boolean;
  readonly help: string;
  readonly placeholder: string;
  readonly multiline: Value;
  readonly secret: boolean;
  readonly validator: string;
  readonly when: Value;
}

const KEYS = ['type', 'default', 'choices', 'multiselect', 'help', 'placeholder', 'multiline', 'secret', 'validator', 'when', 'qmark'];

/** Templates find what is no identifier of Python in `_copier_answers`. */
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]{0,99}$/u;

/** Reads the questions, in the order in which they are asked. */
export function readQuestions(config: CopierConfig): {
  readonly questions: readonly Question[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const secrets = config.settings.get('_secret_questions');
  const secretNames = new Set(Array.isArray(secrets) ? (secrets as readonly Value[]).map(String) : []);
  const diagnostics: Diagnostic[] = [];
  const questions = [...config.questions].map(([name, value]): Question => {
    const details: ValueMap = value instanceof Map ? value : new Map([['default', value]]);
    diagnostics.push(...checkDetails(name, details, config));
    const fallback = details.get('default');
    return {
      name,
      type: textOf(details.get('type')) || typeOf(fallback),
      default: fallback,
      choices: details.get('choices') ?? [],
      multiselect: details.get('multiselect') === true,
      help: textOf(details.get('help')),
      placeholder: textOf(details.get('placeholder')),
      multiline: details.get('multiline') ?? false,
      secret: details.get('secret') === true || secretNames.has(name),
      validator: textOf(details.get('validator')),
      when: details.get('when') ?? true,
    };
  });
  return { questions, diagnostics };
}

/** Whether a question is none: its value follows from the others. */
export function isComputed({ when }: Question): boolean {
  return when === false;
}

/** The texts of a question that can name other questions. */
export function textsOf({ type, default: fallback, choices, help, when, validator }: Question): string[] {
  return [type, fallback ?? null, choices, help, when, validator].flatMap(textsIn);
}

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Map) return [...(value as ReadonlyMap<string, Value>)].flatMap(([key, item]) => [...textsIn(key), ...textsIn(item)]);
  return Array.isArray(value) ? (value as readonly Value[]).flatMap(textsIn) : [];
}

/** The type where none is said: that of the default, `yaml` for everything that has none of these types. */
function typeOf(fallback: Value | undefined): string {
  if (typeof fallback === 'string') return 'str';
  if (typeof fallback === 'boolean') return 'bool';
  if (fallback === undefined || numberIn(fallback) === undefined) return 'yaml';
  return isFloat(fallback) ? 'float' : 'int';
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function checkDetails(name: string, details: ValueMap, { whereIs }: CopierConfig): Diagnostic[] {
  const where = whereIs(name);
  const found: Diagnostic[] = [];
  const say = (code: Diagnostic['code'], message: string, suggestion: string): void => {
    found.push({ code, severity: 'error', message: `question ${JSON.stringify(name)} ${message}`, where, suggestion });
  };
  if (!NAME.test(name)) say('FOREIGN_UNSUPPORTED', 'has a name that no variable can have', 'use letters, digits, _, - and .');
  if (details.has('items')) say('FOREIGN_UNSUPPORTED', 'has questions below it (items)', 'put them beside it, each with the same `when`');
  const unknown = [...details.keys()].filter((key) => !KEYS.includes(key) && key !== 'items');
  if (unknown.length > 0)
    found.push({
      code: 'FOREIGN_APPROXIMATED',
      severity: 'warning',
      message: `question ${JSON.stringify(name)} has ${unknown.map((key) => JSON.stringify(key)).join(', ')}, which Copier does not know and leaves aside`,
      where,
      suggestion: `the keys are ${KEYS.join(', ')}`,
    });
  const type = details.get('type');
  if (typeof type === 'string' && !/\{|\[/.test(type) && type !== '' && !(ANSWER_TYPES as readonly string[]).includes(type)) {
    say('FOREIGN_INVALID', `has the type ${JSON.stringify(type)}`, `the types are ${ANSWER_TYPES.join(', ')}`);
  }
  if (details.get('secret') === true && !details.has('default'))
    say('FOREIGN_INVALID', 'is secret, and has no default', 'Copier wants a default for it');
  return found;
}
