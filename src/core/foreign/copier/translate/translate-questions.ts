import { transliterate } from '../../../jinja/extensions/transliterate.ts';
import { findValueProblem } from '../../../manifest/find-value-problem.ts';
import type { ManifestTable } from '../../../manifest/format-pack-manifest.ts';
import { hasTemplate as isPackTemplate } from '../../../manifest/read-variables.ts';
import { NAME } from '../../../manifest/schema-parts.ts';
import type { Choice, VariableDefinition, VariableType } from '../../../pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../../pack/values.ts';
import type { TranslatedPart } from '../../foreign-template.ts';
import { freeName } from '../../free-name.ts';
import { ANSWER_TYPES, castAnswer, toJsonText } from '../cast-answer.ts';
import { defineQuestion, storedAs } from '../define-question.ts';
import { choiceItems, toStored } from '../evaluate-question.ts';
import type { CopierConfig } from '../read-config.ts';
import { isComputed, type Question } from '../read-questions.ts';
import { hasTemplate, manifestValue } from './plain-value.ts';

export interface QuestionsRequest {
  readonly questions: readonly Question[];
  readonly config: CopierConfig;
  /** What begins a template. */
  readonly marks: readonly string[];
}

const MAX_PROMPT = 200;

/** What a variable of this type is to templates, where nothing else is said. */
const TYPES: Readonly<Record<string, string>> = { boolean: 'bool', integer: 'int', number: 'float' };

/** A table for each question as a variable, and one for what of it a variable cannot say. */
export function translateQuestions({ questions, config, marks }: QuestionsRequest, report: TranslatedPart[]): ManifestTable[] {
  const taken = new Set(questions.map(({ name }) => name));
  return questions.flatMap((question): ManifestTable[] => {
    const where = config.whereIs(question.name);
    const what = `the question ${question.name}`;
    if (isComputed(question) && question.default === undefined) {
      report.push({ outcome: 'left out', what, note: 'it is never asked and has no default: templates find nothing either way', where });
      return [];
    }
    const name = variableName(question.name, taken);
    const { entries, rules } = writeQuestion(question, marks);
    if (name !== question.name) rules.set('name', question.name);
    const isRenamed = name !== question.name;
    const kind = isComputed(question) ? 'computed value' : 'question';
    const places = rules.size === 0 ? `variables.${name}` : `variables.${name}, language.answers.${name}`;
    report.push({
      outcome: isRenamed ? 'approximated' : 'translated',
      what: `the ${kind} ${question.name}`,
      note: isRenamed ? `its variable is called ${name}, as variables are made of a-z, 0-9 and _; templates see ${question.name}` : places,
      where,
    });
    return [
      { header: ['variables', name], entries },
      { header: ['language', 'answers', name], entries: rules },
    ].filter((table) => table.entries.size > 0);
  });
}

/** Variables have names in lower case, with `_` for a letter that they cannot have. */
function variableName(name: string, taken: Set<string>): string {
  if (NAME.test(name)) return name;
  const plain = transliterate(name).text.toLowerCase();
  const bare = plain
    .replace(/[^a-z0-9_]/g, '_')
    .replace(/^(?![a-z_])/, 'question_')
    .slice(0, 60);
  const free = freeName(bare, taken);
  taken.add(free);
  return free;
}

interface Written {
  readonly entries: Map<string, Value>;
  readonly rules: Map<string, Value>;
}

function writeQuestion(question: Question, marks: readonly string[]): Written {
  const choices = nativeChoices(question, marks);
  const type = nativeType(question, choices);
  const entries = new Map<string, Value>([['type', type]]);
  const rules = new Map<string, Value>();
  if (type === 'choice' || type === 'choices') entries.set('choices', (choices ?? []).map(writeChoice));
  else if (choices === undefined || choices.length > 0) rules.set('choices', openChoices(question.choices));
  if (question.multiselect && type !== 'choices') rules.set('multiselect', true);
  if ((TYPES[type] ?? 'str') !== question.type && question.type !== 'path') rules.set('type', question.type);
  if (isComputed(question)) return writeComputed(question, { entries, rules });
  if (question.when !== true) entries.set('when', String(question.when));
  writeDefault(question, { type, choices: choices ?? [] }, { entries, rules });
  writeTexts(question, type, { entries, rules });
  return { entries, rules };
}

function nativeType(question: Question, choices: readonly Choice[] | undefined): VariableType {
  if (question.secret && !isComputed(question)) return 'secret';
  if (choices !== undefined && choices.length > 0) return question.multiselect ? 'choices' : 'choice';
  return defineQuestion({ ...question, secret: false, choices: [] }).type;
}

/** Choices that say nothing but labels and plain values; `undefined` where they are more than that. */
function nativeChoices(question: Question, marks: readonly string[]): Choice[] | undefined {
  const { choices, type } = question;
  const known = ANSWER_TYPES.find((each) => each === type);
  if (typeof choices === 'string' || known === undefined || hasTemplate(choices, marks)) return undefined;
  const items = choiceItems(choices);
  const listed = items.flatMap(([label, value]): Choice[] => {
    if (value instanceof Map || Array.isArray(value) || String(label).trim() === '' || String(label).length > MAX_PROMPT) return [];
    try {
      return [{ label: String(castAnswer(label, 'str')), value: toStored(castAnswer(value, known), known) }];
    } catch {
      return [];
    }
  });
  const isWhole = listed.length === items.length && new Set(listed.map(({ value }) => value)).size === listed.length;
  return isWhole ? listed : undefined;
}

function writeChoice({ value, label }: Choice): Value {
  return label === String(value)
    ? value
    : new Map<string, Value>([
        ['value', value],
        ['label', label],
      ]);
}

/** Choices as Copier has them. A value of null is its label there. */
function openChoices(choices: Value): Value {
  if (typeof choices === 'string') return choices;
  return choiceItems(choices).map(([label, value, isPair]): Value => {
    const written = manifestValue(value);
    return isPair ? [manifestValue(label), written] : written;
  });
}

function writeTexts(question: Question, type: VariableType, { entries, rules }: Written): void {
  const { help, validator, placeholder, multiline } = question;
  if (help.trim() !== '' && help.length <= MAX_PROMPT) entries.set('prompt', help);
  else if (help.trim() !== '') rules.set('help', help);
  if (validator !== '') rules.set('validator', validator);
  if (placeholder !== '' && type === 'string') entries.set('example', placeholder);
  if (multiline !== false && !(multiline === true && type === 'text')) rules.set('multiline', multiline);
}

function writeDefault(
  question: Question,
  shape: { readonly type: VariableType; readonly choices: readonly Choice[] },
  { entries, rules }: Written,
): void {
  const { default: fallback, type } = question;
  if (fallback === undefined) {
    entries.set('required', true);
    return;
  }
  const known = ANSWER_TYPES.find((each) => each === type);
  const native = isPackTemplate(fallback) || known === undefined ? fallback : storedDefault(fallback, known, shape.type);
  const isFit = isPackTemplate(fallback) || (native !== undefined && findValueProblem(native, constraintsOf(shape)) === undefined);
  if (isFit && native !== undefined && isSame(native, fallback, known)) {
    entries.set('default', manifestValue(native));
    return;
  }
  rules.set('default', manifestValue(fallback));
  if (isFit && native !== undefined && !isPackTemplate(fallback)) entries.set('default', native);
  else entries.set('required', false);
}

function storedDefault(fallback: Value, type: (typeof ANSWER_TYPES)[number], variable: VariableType): Value | undefined {
  try {
    const items = Array.isArray(fallback) ? (fallback as readonly Value[]) : undefined;
    if (variable === 'choices') return items?.map((item) => toStored(castAnswer(item, type), type));
    return storedAs(castAnswer(fallback, type), type, variable);
  } catch {
    return undefined;
  }
}

/** Whether the default that a variable has is, once it is cast, what Copier's is. */
function isSame(native: Value, fallback: Value, type: (typeof ANSWER_TYPES)[number] | undefined): boolean {
  if (isPackTemplate(fallback)) return true;
  if (type === undefined) return false;
  try {
    const isList = Array.isArray(native) && Array.isArray(fallback);
    const cast = (value: Value): string =>
      isList ? (value as readonly Value[]).map((item) => toJsonText(castAnswer(item, type))).join() : toJsonText(castAnswer(value, type));
    return cast(native) === cast(fallback);
  } catch {
    return false;
  }
}

function constraintsOf({
  type,
  choices,
}: {
  readonly type: VariableType;
  readonly choices: readonly Choice[];
}): Pick<VariableDefinition, 'type' | 'min' | 'max' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'choices'> {
  const none = { min: undefined, max: undefined, minLength: undefined, maxLength: undefined, minItems: undefined, maxItems: undefined };
  return { type, choices, ...none };
}

/** A value that follows from the answers is a template of it; one that is no text stands beside it. */
function writeComputed({ default: fallback = null }: Question, { entries, rules }: Written): Written {
  const kept: ValueMap = entries;
  const computed = new Map<string, Value>([['type', kept.get('type') === 'secret' ? 'string' : (kept.get('type') ?? 'string')]]);
  const choices = kept.get('choices');
  if (choices !== undefined) computed.set('choices', choices);
  const isText = typeof fallback === 'string' && fallback.trim() !== '';
  computed.set('computed', isText ? fallback : toJsonText(fallback));
  if (!isText && (typeof fallback === 'object' || typeof fallback === 'string') && fallback !== null) {
    rules.set('default', manifestValue(fallback));
  }
  return { entries: computed, rules };
}
