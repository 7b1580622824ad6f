import type { Value, ValueMap } from '../../pack/values.ts';
import { holdsMask } from '../../template/mask-secrets.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import type { ForeignScope } from '../foreign-template.ts';
import { cast, defaultOf, isAsked, parseAnswer, type QuestionScope, renderText, typeOfQuestion } from './evaluate-question.ts';
import { isComputed, type Question } from './read-questions.ts';

/** What of a template all its contexts are made from. */
export interface ContextFacts {
  readonly questions: readonly Question[];
  readonly answersFile: string;
  /** Files of data in the project, by name; each path may be a template. */
  readonly externalData: ReadonlyMap<string, string>;
  /** What the template was asked for by, without a revision. */
  readonly reference: string;
  /** Its commit, where it comes from git. */
  readonly commit: string | undefined;
  /** What the record of the answers says of that commit. */
  readonly revision: string | undefined;
}

export interface ContextRequest extends Omit<QuestionScope, 'context'> {
  readonly facts: ContextFacts;
  /** As they are kept. */
  readonly answers: ValueMap;
  readonly scope: ForeignScope;
}

/**
 * The names that templates see: the answers in their types, computed values, and `_copier_conf`, `_copier_answers`, `_folder_name` and
 * `_external_data`. With `before` only what stands before that question.
 */
export function makeContext(request: ContextRequest, before?: string): ValueMap {
  const { facts, answers, scope } = request;
  const context = new Map<string, Value>([...ownNames(facts, scope), ['_copier_phase', before === undefined ? 'render' : 'prompt']]);
  const findExternal = externalFinder(request, context);
  // Both grow as questions are answered. What the path of the record depends on may be answered only later.
  const record = recordOf(facts);
  context.set('_copier_answers', record);
  const isPathTemplate = /[{%[]/.test(facts.answersFile);
  if (!isPathTemplate) setAnswersFile(context, request);
  for (const question of facts.questions) {
    if (question.name === before) break;
    const answer = answerTo(question, answers, { ...request, context });
    if (answer === undefined) continue;
    context.set(question.name, answer.value);
    findExternal();
    if (answer.isRecorded) record.set(question.name, answer.value);
  }
  if (before === undefined && isPathTemplate) setAnswersFile(context, request);
  return context;
}

/** What the phase is where Copier may come by at any time. */
export const NO_PHASE: readonly [string, Value] = ['_copier_phase', 'undefined'];

/** Puts the data of the project's files into a context, again after each answer where an answer says which files they are. */
function externalFinder(request: ContextRequest, context: Map<string, Value>): () => void {
  const { facts, scope } = request;
  const find = (): void => {
    const found = [...facts.externalData].map(([name, path]): [string, Value] => {
      const rendered = renderText(path, { name: `_external_data ${name}` }, { ...request, context: new Map([...context, NO_PHASE]) });
      return [name, scope.external.get(rendered.replace(/^(?:\.\/)+/, '')) ?? new Map()];
    });
    context.set('_external_data', new Map(found));
  };
  find();
  return [...facts.externalData.values()].some((path) => /[{%[]/.test(path)) ? find : () => undefined;
}

/** What a question comes to, and whether the record has it; `undefined` for what is not answered yet, or never. */
function answerTo(
  question: Question,
  answers: ValueMap,
  scope: QuestionScope,
): { readonly value: Value; readonly isRecorded: boolean } | undefined {
  const stored = answers.get(question.variable ?? question.name);
  if (stored === undefined && !isComputed(question)) return undefined;
  const isHidden = question.when !== true && !isAsked(question, scope);
  const value = valueFor(question, stored, isHidden, scope);
  return value === undefined ? undefined : { value, isRecorded: !isHidden && !question.secret };
}

/** The value that templates see; `undefined` for what is not asked, nor given, and has no default. */
function valueFor(question: Question, stored: Value | undefined, isHidden: boolean, scope: QuestionScope): Value | undefined {
  const isOwn = isHidden && isNothing(stored, question.default === undefined);
  return isOwn ? defaultOf(question, scope) : fromStored(stored ?? null, question, scope);
}

/** Whether a value is what a question that is not asked has; where it has no default, the empty value of its type. */
function isNothing(stored: Value | undefined, hasNoDefault: boolean): boolean {
  if (stored === undefined || stored === null || stored === '') return true;
  return hasNoDefault && (stored === false || stored === 0 || (Array.isArray(stored) && stored.length === 0));
}

/** The record of the answers, before there are any. */
function recordOf({ revision, reference }: ContextFacts): Map<string, Value> {
  return new Map<string, Value>([
    ...(revision === undefined ? [] : [['_commit', revision] as const]),
    ['_src_path', copierAddress(reference)],
  ]);
}

/**
 * A reference as Copier takes it, so that it can go on with the project: what is asked for by ssh as git itself writes it, since Copier knows
 * `ssh:` only where the address ends in `.git`.
 */
export function copierAddress(reference: string): string {
  const [, path] = /^ssh:\/\/(git@[\w.-]+\/.+)$/.exec(reference) ?? [];
  if (path !== undefined) return path.replace('/', ':');
  return /^ssh:/.test(reference) && !reference.endsWith('.git') ? `git+${reference}` : reference;
}

/** Says where that is written. */
function setAnswersFile(context: Map<string, Value>, request: ContextRequest): void {
  const rendered = renderText(request.facts.answersFile, { name: '_answers_file' }, { ...request, context });
  // As Python has a path: `./a//b` is `a/b`.
  const answersFile = plainSegments(rendered).join('/');
  context.set('_copier_conf', new Map([...(context.get('_copier_conf') as ValueMap), ['answers_file', answersFile] as const]));
}

function fromStored(stored: Value, question: Question, scope: QuestionScope): Value {
  if (stored === null) return null;
  const type = typeOfQuestion(question, scope);
  // No mask is a number, a truth value or data: what is stored of these has the default in its place.
  if (holdsMask(stored) && type !== 'str' && type !== 'path') return defaultOf(question, scope) ?? null;
  return question.multiselect ? parseAnswer(stored, question, scope) : cast(stored, type);
}

/** What `_copier_conf` holds where Copier is called without options. */
const CONF: readonly [string, Value][] = [
  ['cleanup_on_error', true],
  ['conflict', 'inline'],
  ['context_lines', 3],
  ['data', new Map()],
  ['defaults', false],
  ['exclude', []],
  ['overwrite', false],
  ['pretend', false],
  ['quiet', false],
  ['skip_answered', false],
  ['skip_if_exists', []],
  ['skip_tasks', false],
  ['unsafe', false],
  ['use_prereleases', false],
  ['user_defaults', new Map()],
];

/** The directory of the project, as `_copier_conf.dst_path`. */
export function destinationOf({ parentDirectory, directory }: Pick<ForeignScope, 'parentDirectory' | 'directory'>): string {
  return parentDirectory === '' ? directory : `${parentDirectory}/${directory}`;
}

function ownNames({ reference, commit, revision }: ContextFacts, { parentDirectory, directory }: ForeignScope): [string, Value][] {
  const conf: [string, Value][] = [
    ['src_path', reference],
    ['dst_path', destinationOf({ parentDirectory, directory })],
    ['answers_file', ''],
    ['vcs_ref', null],
    ['vcs_ref_hash', commit ?? null],
    ['sep', '/'],
    ['os', 'linux'],
    ...CONF,
  ];
  return [
    ['_src_path', copierAddress(reference)],
    ...(revision === undefined ? [] : [['_commit', revision] as [string, Value]]),
    ['_copier_conf', new Map(conf)],
    ['_folder_name', directory],
    ['_copier_operation', 'copy'],
  ];
}
