import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { AnswerEntry, AnswerOutcome, AnswerRequest, GivenValue } from './answer-types.ts';
import { checkAnswer } from './check-answer.ts';
import { findOwnProblem } from './evaluate-definition.ts';
import { addressOf } from './given-index.ts';
import { resolveAnswers } from './resolve-answers.ts';

/**
 * Which variables are asked: all that no source gives a value to; of these only what a person expects to be asked, which is all of a template
 * whose own tool asks everything and what is missing of packs; or only what is required and missing.
 */
export type InterviewMode = 'all' | 'expected' | 'missing';

/**
 * An interview as plain data: what has been answered, in the order in which it was asked. Every function takes a state and gives a new one,
 * so that going back is dropping the last answer, and what depends on an answer follows when it changes.
 */
export interface InterviewState {
  /** Keys of the questions answered so far, the latest last. */
  readonly asked: readonly string[];
  /** Answers by key. `accepted` takes what the default is, also when that changes later. */
  readonly answers: ReadonlyMap<string, InterviewAnswer>;
  /** Answers changed in the review; stronger than every source. */
  readonly edits: ReadonlyMap<string, GivenValue>;
  /** The question that the review asked to change. */
  readonly editing: string | undefined;
}

export type InterviewAnswer = GivenValue | 'accepted';

export type QuestionKind = 'text' | 'multiline' | 'password' | 'confirm' | 'select' | 'multiselect';

export interface Question {
  readonly key: string;
  readonly kind: QuestionKind;
  readonly pack: PackName;
  readonly definition: VariableDefinition;
  /** The group, where this question is the first of it. */
  readonly opensGroup: string | undefined;
  /** What is entered already: the earlier answer, else the default. Absent for secrets. */
  readonly initial: Value | undefined;
  /** Whether an empty answer takes what is there: a secret that has a value. */
  readonly keepsValueWhenEmpty: boolean;
  /** Counts from 1. */
  readonly number: number;
  readonly isEdit: boolean;
}

/** What an interview does next: ask, or show the review of everything. */
export type InterviewStep =
  | { readonly kind: 'question'; readonly question: Question; readonly outcome: AnswerOutcome }
  | { readonly kind: 'review'; readonly outcome: AnswerOutcome };

/** An interview in which nothing has been answered. */
export const INTERVIEW_START: InterviewState = { asked: [], answers: new Map(), edits: new Map(), editing: undefined };

/** What comes next. Questions come in declared order, pack after pack, so that defaults can use what was answered before. */
export function nextStep(request: AnswerRequest, state: InterviewState, mode: InterviewMode): InterviewStep {
  const outcome = resolveInterview(request, state);
  const askable = outcome.entries.filter((entry) => isAskable(entry));
  const edited = askable.find((entry) => entry.key === state.editing);
  if (edited !== undefined) return { kind: 'question', question: questionFor(edited, state, undefined), outcome };
  const asksAll = new Set(
    request.packs.filter(({ own }) => mode === 'all' || (mode === 'expected' && own?.asksAll)).map(({ pack }) => pack),
  );
  const open = askable.find((entry) => isOpen(entry, state, asksAll.has(entry.pack)));
  if (open === undefined) return { kind: 'review', outcome };
  const before = askable.slice(0, askable.indexOf(open)).filter((entry) => state.asked.includes(entry.key));
  return { kind: 'question', question: questionFor(open, state, before.at(-1)), outcome };
}

/** The answers as they stand: the request's sources and what the interview has collected. */
export function resolveInterview(request: AnswerRequest, state: InterviewState): AnswerOutcome {
  const answers = new Map(
    [...state.answers].filter((entry): entry is [string, GivenValue] => entry[1] !== 'accepted' && state.asked.includes(entry[0])),
  );
  return resolveAnswers({
    ...request,
    given: [{ source: 'edited', values: state.edits }, ...request.given, { source: 'interactive', values: answers }],
  });
}

/** Says why an answer is not accepted, or `undefined`. Every pack that shares the variable is asked, and has the answers as they stand. */
export function findAnswerProblem(
  { packs }: AnswerRequest,
  question: Question,
  given: GivenValue,
  { answers }: Pick<AnswerOutcome, 'answers'>,
): string | undefined {
  if (question.keepsValueWhenEmpty && given.kind === 'text' && given.text === '') return undefined;
  const sharing = packs.flatMap(({ pack, variables, own }) =>
    variables.filter((definition) => isSameVariable(question, pack, definition)).map((definition) => ({ pack, definition, own })),
  );
  for (const { pack, definition, own } of sharing) {
    const checked = checkAnswer(given, definition);
    const names = answers.get(pack) ?? NO_ANSWERS;
    const problem = checked.kind === 'invalid' ? checked.problem : findOwnProblem(definition, checked.value, { names }, own);
    if (problem !== undefined) return pack === question.pack ? problem : `${problem} (${pack} shares it)`;
  }
  return undefined;
}

const NO_ANSWERS: ValueMap = new Map();

/** The state after an answer. An answer that is the default as it stands keeps following the default. */
export function answerQuestion(state: InterviewState, question: Question, given: GivenValue): InterviewState {
  const { key } = question;
  const isKept = isInitial(question, given);
  if (question.isEdit) {
    const edits = isKept ? state.edits : new Map([...state.edits, [key, given] as const]);
    return { ...state, edits, editing: undefined };
  }
  const earlier = state.answers.get(key);
  const answer = isKept ? (earlier ?? 'accepted') : given;
  return { ...state, asked: [...state.asked.filter((each) => each !== key), key], answers: new Map([...state.answers, [key, answer]]) };
}

/**
 * The state with the latest question open again that still applies, its answer kept as what is entered already. At the first question nothing
 * changes; while editing, the edit is dropped. `outcome` is that of the present step.
 */
export function goBack(state: InterviewState, outcome: AnswerOutcome): InterviewState {
  if (state.editing !== undefined) return { ...state, editing: undefined };
  const applicable = new Set(editableEntries(outcome).map((entry) => entry.key));
  const last = state.asked.findLastIndex((key) => applicable.has(key));
  return last === -1 ? state : { ...state, asked: state.asked.slice(0, last) };
}

/** The state in which the next question is the named one, whatever source its value has. */
export function editAnswer(state: InterviewState, key: string): InterviewState {
  return { ...state, editing: key };
}

/** The entries that the review may change. */
export function editableEntries(outcome: AnswerOutcome): AnswerEntry[] {
  return outcome.entries.filter(isAskable);
}

function isAskable(entry: AnswerEntry): boolean {
  return entry.definition.computed === undefined && entry.status !== 'skipped' && entry.status !== 'blocked';
}

/** A question is open when no source answers it and nobody has; a default that fails is asked about too. */
function isOpen(entry: AnswerEntry, state: InterviewState, asksAll: boolean): boolean {
  if (state.edits.has(entry.key) || (state.asked.includes(entry.key) && entry.status === 'settled')) return false;
  const needsAnswer = entry.status !== 'settled';
  const isProposed = entry.source === undefined || entry.source === 'default' || entry.source === 'none' || entry.source === 'settings';
  const isUnanswered = isProposed || (entry.source === 'interactive' && needsAnswer);
  return isUnanswered && (asksAll || needsAnswer || state.answers.has(entry.key));
}

function questionFor(entry: AnswerEntry, state: InterviewState, before: AnswerEntry | undefined): Question {
  const earlier = state.editing === undefined ? state.answers.get(entry.key) : undefined;
  const isNewGroup = entry.group !== undefined && entry.group !== before?.group;
  const initial = entry.isSecret ? undefined : initialValue(entry, earlier);
  const kind = QUESTION_KINDS[entry.definition.type];
  return {
    key: entry.key,
    kind: kind === 'text' && typeof initial === 'string' && initial.includes('\n') ? 'multiline' : kind,
    pack: entry.pack,
    definition: entry.definition,
    opensGroup: isNewGroup && state.editing === undefined ? entry.group : undefined,
    initial,
    keepsValueWhenEmpty: entry.isSecret && (entry.value !== undefined || earlier !== undefined) && entry.value !== '',
    number: state.asked.length + 1,
    isEdit: state.editing !== undefined,
  };
}

function initialValue(entry: AnswerEntry, earlier: InterviewAnswer | undefined): Value | undefined {
  if (earlier === undefined || earlier === 'accepted') return entry.value;
  const checked = checkAnswer(earlier, entry.definition);
  return checked.kind === 'valid' ? checked.value : entry.value;
}

function isInitial(question: Question, given: GivenValue): boolean {
  if (question.keepsValueWhenEmpty) return given.kind === 'text' && given.text === '';
  if (question.initial === undefined) return false;
  const checked = checkAnswer(given, question.definition);
  return checked.kind === 'valid' && isSameValue(checked.value, question.initial);
}

function isSameVariable(question: Question, pack: PackName, definition: VariableDefinition): boolean {
  if (question.key === addressOf(pack, definition.name)) return true;
  return (
    question.key === definition.name &&
    definition.shared &&
    definition.type === question.definition.type &&
    definition.computed === undefined
  );
}

function isSameValue(a: Value, b: Value): boolean {
  if (a instanceof Map && b instanceof Map) return isSameValue([...a].flat(), [...b].flat());
  if (Array.isArray(a) && Array.isArray(b)) {
    const other = b as readonly Value[];
    return a.length === other.length && (a as readonly Value[]).every((item, index) => isSameValue(item, other[index] ?? null));
  }
  return a === b;
}

const QUESTION_KINDS: Readonly<Record<VariableType, QuestionKind>> = {
  string: 'text',
  text: 'multiline',
  integer: 'text',
  number: 'text',
  boolean: 'confirm',
  choice: 'select',
  choices: 'multiselect',
  path: 'text',
  url: 'text',
  email: 'text',
  secret: 'password',
  list: 'text',
  map: 'text',
};
