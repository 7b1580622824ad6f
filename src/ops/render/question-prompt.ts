import type { Value } from '../../core/pack/values.ts';
import type { GivenValue } from '../../core/template/answers/answer-types.ts';
import { describeExpectation } from '../../core/template/answers/describe-expectation.ts';
import { formatAnswer } from '../../core/template/answers/format-answer.ts';
import type { Question } from '../../core/template/answers/interview.ts';
import { stripControl, stripControlLine } from '../../core/text/strip-control.ts';
import type { Prompt, PromptOption, PromptReply, PromptValue } from '../../ports/prompter.ts';

type AnswerValue = Extract<PromptReply, { kind: 'answer' }>['value'];

interface PromptSettings {
  /** Says why an answer is refused. */
  readonly findProblem: (given: GivenValue) => string | undefined;
  /** How to go back; absent at the first question. */
  readonly backHint: string | undefined;
}

/** The prompt for a question: all text of the pack is stripped of control sequences here. */
export function promptFor(question: Question, { findProblem, backHint }: PromptSettings): Prompt {
  const { definition, kind, initial } = question;
  const message = stripControlLine(definition.prompt ?? definition.name);
  const base = { message, hint: hintFor(question, backHint) };
  const validate = (value: AnswerValue): string | undefined => explain(question, findProblem(toGivenValue(value)));
  switch (kind) {
    case 'text':
    case 'multiline':
      return { ...base, kind, validate, ...entryOf(question) };
    case 'password':
      return { ...base, kind, validate };
    case 'confirm':
      return { ...base, kind, ...(typeof initial === 'boolean' ? { initial } : {}) };
    case 'select':
      return { ...base, kind, options: selectOptions(question), ...(isPromptValue(initial) ? { initial } : {}) };
    case 'multiselect':
      return {
        ...base,
        kind,
        options: optionsOf(question),
        initial: Array.isArray(initial) ? initial.filter(isPromptValue) : [],
        validate,
      };
    default:
      return kind satisfies never;
  }
}

/** What the field begins with: what is entered already, else an example that goes once something is. */
function entryOf({ definition: { example }, initial }: Question): { readonly initial?: string; readonly placeholder?: string } {
  if (initial !== undefined) return { initial: stripControl(formatAnswer(initial)) };
  return example === undefined ? {} : { placeholder: stripControlLine(formatAnswer(example)) };
}

/** What a person entered, as a value that was given: text is coerced later. */
export function toGivenValue(value: AnswerValue): GivenValue {
  if (value === NO_CHOICE) return { kind: 'value', value: null };
  return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'value', value };
}

/** Stands for no value among the options of an optional choice. No value of a pack can be it: manifests cannot hold NUL. */
const NO_CHOICE = '\u0000none';

function selectOptions(question: Question): PromptOption[] {
  const { definition } = question;
  const isOptional = !definition.required && definition.default === undefined;
  return isOptional ? [...optionsOf(question), { value: NO_CHOICE, label: '(none)' }] : optionsOf(question);
}

function optionsOf({ definition }: Question): PromptOption[] {
  return definition.choices.map(({ value, label }) => {
    const shown = stripControlLine(label);
    return String(value) === label ? { value, label: shown } : { value, label: shown, hint: stripControlLine(String(value)) };
  });
}

function hintFor({ definition, kind, keepsValueWhenEmpty, isEdit }: Question, backHint: string | undefined): string {
  const isSelfEvident =
    kind === 'confirm' || kind === 'select' || kind === 'multiselect' || definition.type === 'string' || definition.type === 'text';
  const hasLimit = definition.pattern !== undefined || definition.minLength !== undefined || definition.maxLength !== undefined;
  const optional = definition.required || definition.default !== undefined ? '' : 'optional';
  const lines = [
    definition.description ?? '',
    isSelfEvident && !hasLimit ? '' : describeExpectation(definition),
    [
      optional,
      keepsValueWhenEmpty ? 'empty keeps what is set' : '',
      backHint !== undefined && isEdit ? `${backHint} without a change` : backHint,
    ]
      .filter((part) => part)
      .join(' · '),
  ];
  return lines
    .map(stripControlLine)
    .filter((line) => line !== '')
    .join('\n');
}

function explain({ definition }: Question, problem: string | undefined): string | undefined {
  if (problem === undefined) return undefined;
  const isSaid = definition.patternHint !== undefined && problem.includes(definition.patternHint);
  const text = problem.replace(/^it /, 'This ') + (isSaid ? '' : `; expected ${describeExpectation(definition)}`);
  return stripControlLine(text.charAt(0).toUpperCase() + text.slice(1));
}

function isPromptValue(value: Value | undefined): value is PromptValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
