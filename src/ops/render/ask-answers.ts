import type { AnswerOutcome, AnswerRequest, GivenValue } from '../../core/template/answers/answer-types.ts';
import {
  answerQuestion,
  editAnswer,
  editableEntries,
  findAnswerProblem,
  goBack,
  INTERVIEW_START,
  type InterviewMode,
  type InterviewState,
  type InterviewStep,
  nextStep,
} from '../../core/template/answers/interview.ts';
import { resolveAnswers } from '../../core/template/answers/resolve-answers.ts';
import { formatReview, reviewAnswers } from '../../core/template/answers/review-answers.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Prompter } from '../../ports/prompter.ts';
import { failOnAnswerErrors, failOnUnaskableErrors } from './fail-on-answer-errors.ts';
import { promptFor, toGivenValue } from './question-prompt.ts';

export interface AskAnswersRequest extends AnswerRequest {
  /**
   * `all` asks about every variable that no source gives, and ends with a review and a confirmation; `expected` and `missing` ask about fewer,
   * without a review; `never` asks nothing.
   */
  readonly ask: InterviewMode | 'never';
  /** The title of the conversation. */
  readonly title: string;
  readonly signal?: AbortSignal;
}

/** Valid answers for everything, or that the person gave up. */
export type AskedAnswers = { readonly kind: 'answered'; readonly outcome: AnswerOutcome } | { readonly kind: 'cancelled' };

/**
 * Resolves the answers, and asks for those that are to be asked where there is somebody to ask. The outcome of `answered` has no errors; it may have warnings.
 *
 * @throws PacksmithError `ANSWERS_INVALID` with all findings when a value from any source is invalid, before anything is asked;
 * `ANSWERS_MISSING` with all findings when required values are missing and there is no prompter; `LIMIT_EXCEEDED`.
 */
export async function askAnswers(request: AskAnswersRequest, ports: { readonly prompter: Prompter | undefined }): Promise<AskedAnswers> {
  const { prompter } = ports;
  if (prompter === undefined || request.ask === 'never') return answered(resolveAnswers(request));
  const first = nextStep(request, INTERVIEW_START, request.ask);
  failOnUnaskableErrors(first.outcome);
  if (request.ask !== 'all' && first.kind === 'review') return answered(first.outcome);
  return interview({ request, mode: request.ask, prompter });
}

function answered(outcome: AnswerOutcome): AskedAnswers {
  failOnAnswerErrors(outcome);
  return { kind: 'answered', outcome };
}

interface Conversation {
  readonly request: AskAnswersRequest;
  readonly mode: InterviewMode;
  readonly prompter: Prompter;
}

type QuestionStep = Extract<InterviewStep, { kind: 'question' }>;

type Turn = { readonly kind: 'continue'; readonly state: InterviewState } | AskedAnswers;

async function interview(conversation: Conversation): Promise<AskedAnswers> {
  const { request, mode, prompter } = conversation;
  prompter.start(stripControlLine(request.title));
  let state = INTERVIEW_START;
  for (;;) {
    const step = nextStep(request, state, mode);
    failOnUnaskableErrors(step.outcome);
    // Each question depends on the answer before it.
    const turn: Turn =
      step.kind === 'question' ? await askQuestion(conversation, state, step) : await review(conversation, state, step.outcome);
    if (turn.kind !== 'continue') {
      prompter.finish(turn.kind === 'cancelled' ? 'Cancelled; nothing was written' : 'Answers complete');
      return turn;
    }
    state = turn.state;
  }
}

async function askQuestion({ request, prompter }: Conversation, state: InterviewState, { question, outcome }: QuestionStep): Promise<Turn> {
  if (question.opensGroup !== undefined) prompter.heading(stripControlLine(question.opensGroup));
  const isFirst = state.asked.length === 0 && !question.isEdit;
  const findProblem = (given: GivenValue): string | undefined => findAnswerProblem(request, question, given, outcome);
  const prompt = promptFor(question, { findProblem, backHint: isFirst ? undefined : prompter.backHint });
  const reply = await prompter.ask(prompt, request.signal);
  if (reply.kind === 'cancel') return { kind: 'cancelled' };
  if (reply.kind === 'back') return { kind: 'continue', state: goBack(state, outcome) };
  return { kind: 'continue', state: answerQuestion(state, question, toGivenValue(reply.value)) };
}

async function review({ request, mode, prompter }: Conversation, state: InterviewState, outcome: AnswerOutcome): Promise<Turn> {
  const whole = answered(outcome);
  if (mode !== 'all') return whole;
  prompter.note('Summary', formatReview(reviewAnswers(outcome), prompter.columns - REVIEW_FRAME));
  const reply = await prompter.ask(
    {
      kind: 'select',
      message: 'Use these answers?',
      hint: prompter.backHint,
      options: [
        { value: 'confirm', label: 'Yes, go on' },
        { value: 'edit', label: 'Change an answer' },
        { value: 'cancel', label: 'Cancel' },
      ],
      initial: 'confirm',
    },
    request.signal,
  );
  if (reply.kind === 'back') return { kind: 'continue', state: goBack(state, outcome) };
  if (reply.kind === 'cancel' || reply.value === 'cancel') return { kind: 'cancelled' };
  return reply.value === 'edit' ? chooseEdit({ request, mode, prompter }, state, outcome) : whole;
}

async function chooseEdit({ request, prompter }: Conversation, state: InterviewState, outcome: AnswerOutcome): Promise<Turn> {
  const editable = new Set(editableEntries(outcome).map((entry) => entry.key));
  const rows = reviewAnswers(outcome).filter((row) => editable.has(row.key));
  const options = rows.map((row) => ({ value: row.key, label: row.name, hint: row.value.slice(0, MAX_HINT) }));
  if (options.length === 0) return { kind: 'continue', state };
  const reply = await prompter.ask({ kind: 'select', message: 'Which answer?', hint: prompter.backHint, options }, request.signal);
  if (reply.kind === 'cancel') return { kind: 'cancelled' };
  return { kind: 'continue', state: reply.kind === 'answer' ? editAnswer(state, String(reply.value)) : state };
}

/** What the frame around a note takes of a line. */
const REVIEW_FRAME = 8;
const MAX_HINT = 40;
