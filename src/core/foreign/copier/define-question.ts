import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { unlessItFails } from '../../diagnostics/unless-it-fails.ts';
import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import type { RefinedVariable } from '../../template/answers/answer-types.ts';
import { PLAIN_VARIABLE } from '../plain-variable.ts';
import { ANSWER_TYPES, type AnswerType, castToBool } from './cast-answer.ts';
import {
  cast,
  choicesOf,
  defaultOf,
  isAsked,
  type QuestionScope,
  renderText,
  renderValue,
  toStored,
  typeOfQuestion,
} from './evaluate-question.ts';
import type { Question } from './read-questions.ts';

/** A question as a variable of the pack, before anything is answered: what is a template is shown as it stands. */
export function defineQuestion(question: Question): VariableDefinition {
  const type = ANSWER_TYPES.find((known) => known === question.type) ?? 'str';
  const choices = Array.isArray(question.choices) ? staticChoices(question.choices as readonly Value[], type) : undefined;
  return {
    ...PLAIN_VARIABLE,
    name: question.name,
    type: choices === undefined ? variableType(question, type, false) : variableType(question, type, choices.length > 0),
    prompt: question.help === '' ? undefined : question.help,
    default: question.default === undefined ? undefined : shownDefault(question.default),
    required: question.default === undefined,
    when: question.when === true ? undefined : String(question.when),
    choices: choices ?? [],
  };
}

function shownDefault(value: Value): Value {
  const isText = typeof value === 'string';
  return isText ? value : toStored(value, 'yaml');
}

/** The choices where nothing about them depends on answers. Whether each is of the question's type is said when it is asked, if ever. */
function staticChoices(items: readonly Value[], type: AnswerType): VariableDefinition['choices'] | undefined {
  const plain = items.every(
    (item) => (typeof item === 'string' && !/\{[{%#]/.test(item)) || typeof item === 'number' || typeof item === 'boolean',
  );
  if (!plain) return undefined;
  try {
    return items.map((item) => ({ value: toStored(cast(item, type), type), label: String(item) }));
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
}

/** A question as it is now that those before it are answered. */
export function refineQuestion(own: Question, definition: VariableDefinition, scope: QuestionScope): RefinedVariable {
  const question = definition.toolDefault === undefined ? own : { ...own, default: definition.toolDefault };
  const type = typeOfQuestion(question, scope);
  const choices = choicesOf(question, scope);
  const open = choices.filter(({ disabled }) => disabled === '');
  const closed = choices
    .filter(({ disabled }) => disabled !== '')
    .map(({ label, disabled }) => `${label} cannot be chosen: ${disabled.trim()}`);
  const { value, problem } = tryDefault(question, scope);
  const help = question.help === '' ? question.name : renderText(question.help, question, scope);
  const placeholder = question.placeholder === '' ? undefined : renderText(question.placeholder, question, scope);
  const isMultiline = castToBool(renderValue(question.multiline, question, scope));
  const hasLines = typeof value === 'string' && value.includes('\n');
  const variable = variableType({ ...question, multiline: isMultiline || hasLines }, type, choices.length > 0);
  return {
    applies: isAsked(question, scope),
    definition: {
      ...definition,
      type: variable,
      takesEmpty: true,
      ...(closed.length > 0 && { description: closed.join('; ') }),
      prompt: `${help.trim() === '' ? question.name : help.trim()}${problem}`,
      required: problem === '' ? definition.required : true,
      default: value === undefined ? undefined : storedAs(value, type, variable),
      choices: open.map(({ label, value: each }) => ({ label, value: toStored(cast(each, type), type) })),
      example: variable === 'string' && placeholder !== undefined && placeholder !== '' ? placeholder : undefined,
    },
  };
}

/**
 * The default, or why there is none: who gives an answer has no need of it, such as one that an extension in Python makes, and everybody else is
 * told.
 */
function tryDefault(question: Question, scope: QuestionScope): { readonly value: Value | undefined; readonly problem: string } {
  return unlessItFails(
    () => ({ value: defaultOf(question, scope), problem: '' }),
    ({ message }) => ({ value: undefined, problem: ` (its default fails: ${message})` }),
  );
}

/** An answer as it is kept by a variable of this type. */
export function storedAs(value: Value, type: AnswerType, variable: VariableType): Value {
  if (variable === 'choices') return Array.isArray(value) ? (value as readonly Value[]).map((item) => toStored(item, type)) : [];
  const stored = toStored(value, type);
  return variable === 'choice' || (variable !== 'text' && variable !== 'secret') ? stored : String(stored);
}

function variableType({ multiselect, secret, multiline }: Question, type: AnswerType, hasChoices: boolean): VariableType {
  // A secret is never recorded, also where it is one of several: which of them is checked as a rule of the template.
  if (secret) return 'secret';
  if (hasChoices) return multiselect ? 'choices' : 'choice';
  switch (type) {
    case 'bool':
      return 'boolean';
    case 'int':
      return 'integer';
    case 'float':
      return 'number';
    case 'json':
    case 'yaml':
      return 'text';
    default:
      return multiline === true ? 'text' : 'string';
  }
}
