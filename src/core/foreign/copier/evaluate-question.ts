import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { Budget } from '../../jinja/budget.ts';
import type { JinjaEnvironment } from '../../jinja/environment.ts';
import { isFloat, numberIn } from '../../jinja/python-data/plain-scalar.ts';
import { readRawItems, readYaml } from '../../jinja/python-data/read-yaml.ts';
import { toText } from '../../jinja/python-repr.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import type { JinjaValue } from '../../jinja/values.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { ANSWER_TYPES, type AnswerType, CastError, castAnswer, castToBool, isSameValue, toJsonText } from './cast-answer.ts';
import type { Question } from './read-questions.ts';

/** What a question is evaluated with: the names that its templates see. */
export interface QuestionScope {
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}

/** One choice, rendered. */
export interface RenderedChoice {
  readonly label: string;
  /** The label itself where the template has nothing else. */
  readonly value: Value;
  /** Why it cannot be chosen now; empty where it can. */
  readonly disabled: string;
}

/** Renders a text, and the texts of a list; everything else stays. */
export function renderValue(value: Value, { name }: Pick<Question, 'name'>, { context, environment, budget }: QuestionScope): Value {
  if (typeof value === 'string') return renderTemplate(value, { name: `copier.yml ${name}`, context, environment, budget });
  return Array.isArray(value)
    ? (value as readonly Value[]).map((item) => renderValue(item, { name }, { context, environment, budget }))
    : value;
}

export function renderText(text: string, question: Pick<Question, 'name'>, scope: QuestionScope): string {
  return String(renderValue(text, question, scope));
}

/** @throws PacksmithError `TEMPLATE_FAILED` where the rendered type is none. */
export function typeOfQuestion(question: Question, scope: QuestionScope): AnswerType {
  const rendered = renderText(question.type, question, scope);
  const type = ANSWER_TYPES.find((known) => known === rendered);
  if (type === undefined) throw fault(`the type is ${JSON.stringify(rendered)}, which is none of ${ANSWER_TYPES.join(', ')}`);
  return type;
}

/** Whether a question is asked. */
export function isAsked(question: Question, scope: QuestionScope): boolean {
  return castToBool(renderValue(question.when, question, scope));
}

/** The choices as they are now, those that cannot be chosen included. */
export function choicesOf(question: Question, scope: QuestionScope): RenderedChoice[] {
  const listed = typeof question.choices === 'string' ? parseChoices(renderText(question.choices, question, scope)) : question.choices;
  return choiceItems(listed).map(([label, value, isPair]) => {
    const extended = isPair && value instanceof Map ? (value as ValueMap) : undefined;
    if (extended !== undefined && !extended.has('value')) throw fault(`the choice ${JSON.stringify(String(label))} has no "value"`);
    const shown = toText(renderValue(label, question, scope) as JinjaValue, scope.budget);
    return {
      label: shown,
      value: renderValue(extended === undefined ? value : (extended.get('value') ?? null), question, scope) ?? shown,
      disabled: extended === undefined ? '' : renderText(String(extended.get('validator') ?? ''), question, scope),
    };
  });
}

/** Label and value of each choice, and whether they are two: of a mapping, of a list of pairs, of a list of values. A value of null is the label. */
export function choiceItems(listed: Value): (readonly [Value, Value, boolean])[] {
  if (listed instanceof Map) return [...(listed as ReadonlyMap<string, Value>)].map(([label, value]) => [label, value ?? label, true]);
  if (!Array.isArray(listed)) return [];
  return (listed as readonly Value[]).map((item) => {
    if (!Array.isArray(item)) return [item, item, false];
    const [label, value] = item as readonly Value[];
    if (item.length !== 2 || label === undefined || value === undefined) throw fault('a choice that is a list must be a label and a value');
    return [label, value ?? label, true];
  });
}

function parseChoices(text: string): Value {
  const outcome = readYaml(text);
  if (outcome.kind === 'problem') throw fault(`the choices are not YAML once they are rendered: ${outcome.problem}`);
  return outcome.values[0] ?? [];
}

/** The default in the question's type; `undefined` where there is none. @throws PacksmithError `TEMPLATE_FAILED` where it is of another type. */
export function defaultOf(question: Question, scope: QuestionScope): Value | undefined {
  if (question.default === undefined) return undefined;
  const context = new Map<string, Value>([...scope.context, ['UNSET', UNSET]]);
  const rendered = renderValue(question.default, question, { ...scope, context });
  if (typeof rendered === 'string' && rendered.includes(UNSET)) return undefined;
  return parseAnswer(rendered, question, scope);
}

/** What a default gives that is none, after all: nobody can write it. */
const UNSET = '\ue000unset\ue000';

/** An answer in the question's type: of several choices a list, in the order of the choices. */
export function parseAnswer(answer: Value, question: Question, scope: QuestionScope): Value {
  const type = typeOfQuestion(question, scope);
  if (!question.multiselect) return cast(answer, type);
  const items = (typeof answer === 'string' ? listOf(answer) : Array.isArray(answer) ? (answer as readonly Value[]) : [answer]).map(
    (item) => cast(item, type),
  );
  const values = choicesOf(question, scope).map(({ value }) => cast(value, type));
  return values.filter((value) => items.some((item) => isSameValue(item, value)));
}

/** The items of a list in YAML, each as it is written there: their type reads them. A text that is no list is one item. */
export function listOf(text: string): readonly Value[] {
  const raw = readRawItems(text);
  if (raw !== undefined) return raw;
  return text.trim() === '' ? [] : [text];
}

/** An answer in a type. @throws PacksmithError `TEMPLATE_FAILED` where it is of another. */
export function cast(answer: Value, type: AnswerType): Value {
  try {
    return castAnswer(answer, type);
  } catch (error) {
    if (error instanceof CastError) throw fault(error.message);
    throw error;
  }
}

/** How an answer is kept: as plain text, number or truth value; anything else as JSON. */
export function toStored(value: Value, type: AnswerType): string | number | boolean {
  if (typeof value === 'boolean') return value;
  const number = numberIn(value);
  // Of what is read as JSON or YAML again a whole float must stay one.
  const mustStayFloat = (type === 'json' || type === 'yaml') && isFloat(value);
  if (typeof number === 'number' && Number.isFinite(number) && !mustStayFloat) return number;
  if (typeof value !== 'string') return toJsonText(value);
  const isPlain = type !== 'json' && (type !== 'yaml' || isSameText(value));
  return isPlain ? value : JSON.stringify(value);
}

function isSameText(text: string): boolean {
  try {
    return castAnswer(text, 'yaml') === text;
  } catch {
    return false;
  }
}

function fault(message: string): PacksmithError {
  return new PacksmithError('TEMPLATE_FAILED', message);
}
