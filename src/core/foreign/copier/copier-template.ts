import { unlessItFails } from '../../diagnostics/unless-it-fails.ts';
import type { JinjaEnvironment } from '../../jinja/environment.ts';
import { datetimeValue } from '../../jinja/extensions/datetime-value.ts';
import { instantOf, toCalendar } from '../../jinja/extensions/instant.ts';
import { numberIn } from '../../jinja/python-data/plain-scalar.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import { JinjaObject, textOf } from '../../jinja/values.ts';
import type { Value } from '../../pack/values.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import { extendedEnvironment } from '../extensions/extended-environment.ts';
import * as code from '../extensions/extension-code.ts';
import type { ForeignScope, ForeignTemplate } from '../foreign-template.ts';
import { ANSWER_TYPES, type AnswerType, isSameValue } from './cast-answer.ts';
import { defineQuestion, refineQuestion, storedAs } from './define-question.ts';
import {
  cast,
  choicesOf,
  defaultOf,
  listOf,
  parseAnswer,
  type QuestionScope,
  renderText,
  toStored,
  typeOfQuestion,
} from './evaluate-question.ts';
import { makeExpand } from './expand-file.ts';
import { type ContextFacts, type ContextRequest, destinationOf, makeContext, NO_PHASE } from './make-context.ts';
import { type Question, textsOf } from './read-questions.ts';
import type { CopierSettings } from './read-settings.ts';

/** What a template is made of, wherever that stands: in a `copier.yml`, or in the manifest of a pack in the dialect of Copier. */
export interface CopierParts {
  readonly settings: CopierSettings;
  readonly facts: ContextFacts;
  /** The files by the paths that Copier would see. */
  readonly files: FileTree;
}

/** What questions, files and messages of a template become, all of it but the hooks. */
export function copierTemplate({
  settings,
  facts,
  files,
}: CopierParts): Pick<
  ForeignTemplate,
  'externalData' | 'recordKeys' | 'makeContext' | 'takesUnasked' | 'refine' | 'textsOf' | 'validate' | 'adoptAnswer' | 'expand' | 'messages'
> {
  const byName = new Map(facts.questions.map((question) => [question.variable ?? question.name, question]));
  const within = (request: Omit<ContextRequest, 'facts'>, before: string) => ({
    ...request,
    context: makeContext({ ...request, facts }, before),
  });
  return {
    externalData: settings.externalData,
    recordKeys: ['_commit', '_commit_sha', '_src_path'],
    makeContext: (answers, scope, environment, budget) => makeContext({ facts, answers, scope, environment, budget }),
    takesUnasked: true,
    refine: (definition, request) => {
      const question = byName.get(definition.name);
      return question === undefined ? undefined : refineQuestion(question, definition, within(request, question.name));
    },
    textsOf: (name) => {
      const question = byName.get(name);
      return question === undefined ? [] : textsOf(question);
    },
    validate: (name, value, request) => {
      const question = byName.get(name);
      return question === undefined ? undefined : findProblem(question, value, () => within(request, question.name));
    },
    adoptAnswer: (name, value) => {
      const question = byName.get(name);
      return question === undefined ? value : adoptAnswer(question, value);
    },
    expand: makeExpand(files, settings),
    messages: (moment, run) => {
      const text = settings.messages.get(moment);
      if (text === undefined) return '';
      const operation = moment.endsWith('_update') ? 'update' : 'copy';
      const context = new Map<string, Value>([...run.context, NO_PHASE, ['_copier_operation', operation]]);
      // The first line keeps its place: it may be the top of a picture.
      return renderTemplate(text, { ...run, context, name: `_message_${moment}` })
        .replace(/^(?:[^\S\n]*\n)+/, '')
        .trimEnd();
    },
  };
}

/** Why an answer is none, or `undefined`. The scope is made where something of it is needed. */
function findProblem(question: Question, value: Value, scopeOf: () => QuestionScope): string | undefined {
  const isOneOf = question.secret && question.choices !== '' && !isEmptyList(question.choices);
  const isPlain = ANSWER_TYPES.some((type) => type === question.type && type !== 'yaml' && type !== 'json');
  if (question.validator === '' && !isOneOf && isPlain) return undefined;
  const scope = scopeOf();
  const { answer, problem } = unlessItFails(
    () => ({
      answer: question.multiselect ? parseAnswer(value, question, scope) : cast(value, typeOfQuestion(question, scope)),
      problem: '',
    }),
    ({ message }) => ({ answer: undefined, problem: message }),
  );
  if (answer === undefined) return problem;
  if (isOneOf && !isChoice(answer, question, scope)) return 'it is not one of the choices';
  if (question.secret && isDefault(answer, question, scope)) return undefined;
  const context = new Map<string, Value>([...scope.context, [question.name, answer]]);
  return renderText(question.validator, question, { ...scope, context }).trim() || undefined;
}

function isEmptyList(value: Value): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Of a secret that only holds a place until one is given, and so need not be valid. */
function isDefault(answer: Value, question: Question, scope: QuestionScope): boolean {
  const value = unlessItFails(
    () => defaultOf(question, scope),
    () => undefined,
  );
  return value !== undefined && isSameValue(answer, value);
}

/** Whether an answer is one of the choices that are open; of several each must be. */
function isChoice(answer: Value, question: Question, scope: QuestionScope): boolean {
  const type = typeOfQuestion(question, scope);
  const open = choicesOf(question, scope).filter(({ disabled }) => disabled === '');
  const answers = question.multiselect && Array.isArray(answer) ? (answer as readonly Value[]) : [answer];
  return answers.every((each) => open.some(({ value }) => isSameValue(cast(value, type), each)));
}

/** An answer of a record of Copier, or of a file of answers, as a variable keeps it: of a type that is known it is cast to that. */
function adoptAnswer(question: Question, value: Value): Value {
  const { type: variable } = defineQuestion(question);
  const type = ANSWER_TYPES.find((known) => known === question.type) ?? 'yaml';
  const items = typeof value === 'string' ? listOf(value) : value;
  if (Array.isArray(items) && question.multiselect) return (items as readonly Value[]).map((item) => adoptItem(item, type));
  const answer = question.multiselect ? undefined : castIfItCan(value, type);
  if (answer !== undefined) return storedAs(answer, type, variable);
  if (typeof value === 'string' || (value === null && variable !== 'text')) return value;
  if (question.multiselect) return [];
  // Data are kept as YAML reads them whatever the type, numbers and truth values as those of their type are.
  return variable === 'text' ? storedAs(value, 'yaml', variable) : storedAs(value, type, 'choice');
}

/** `undefined` for a value that is of another type, for numbers that no record can have, and for types that are kept as they are written. */
function castIfItCan(value: Value, type: AnswerType): Value | undefined {
  if (type === 'yaml' || type === 'json') return undefined;
  const answer = unlessItFails(
    () => cast(value, type),
    () => undefined,
  );
  const number = answer === undefined ? undefined : numberIn(answer);
  return typeof number === 'number' && !Number.isFinite(number) ? undefined : answer;
}

/** One of several choices: text that is a value of another type once it is read, as a record has it, is kept in quotes. */
function adoptItem(item: Value, type: AnswerType): Value {
  const answer = castIfItCan(item, type);
  if (answer !== undefined) return toStored(answer, type);
  return typeof item === 'string' && type !== 'yaml' && type !== 'json' ? item : toStored(item, type === 'str' ? 'yaml' : type);
}

export interface CopierEnvironment {
  readonly settings: Pick<CopierSettings, 'settings' | 'extensions' | 'extensionProblem'>;
  readonly id: string;
  /** What `_copier_conf.src_path` is. */
  readonly reference: string;
  readonly loadTemplate: (path: string) => string | undefined;
}

/** The template language as Copier sets it. Included templates are found from the top of the template. */
export function copierEnvironment(
  { settings: { settings, extensions, extensionProblem }, id, reference, loadTemplate }: CopierEnvironment,
  scope: ForeignScope,
): JinjaEnvironment {
  const functions = new Map([
    ['now', nowFunction(scope.now)],
    ['pathjoin', PATH_JOIN],
  ]);
  return extendedEnvironment(
    {
      settings: { ...settings, paths: [destinationOf(scope), reference] },
      extensions,
      extensionProblem,
      code,
      id,
      readFile: loadTemplate,
      loadTemplate: (name) => loadTemplate(plainSegments(name).join('/')),
      functions: () => functions,
    },
    scope,
  );
}

/** Copier's own, which it calls deprecated: the recorded instant as a `datetime` in UTC. */
function nowFunction(now: string): JinjaObject {
  return new JinjaObject('function', { call: () => datetimeValue(toCalendar(instantOf(now), 0, 'UTC')) });
}

/** `native` is as on POSIX, since a project must be the same everywhere. */
const PATH_JOIN = new JinjaObject('function', {
  call: ({ positional, named }) => {
    const parts = positional.map((part) => textOf(part) ?? '');
    return textOf(named.get('mode')) === 'windows'
      ? joinPaths(parts.map((part) => part.replaceAll('\\', '/'))).replaceAll('/', '\\')
      : joinPaths(parts);
  },
});

/** As paths of Python are joined: the last part that begins at the root is the first that counts, and what leads nowhere goes. */
function joinPaths(parts: readonly string[]): string {
  const root = parts.findLastIndex((part) => part.startsWith('/'));
  const path = parts.slice(Math.max(root, 0)).flatMap(plainSegments).join('/');
  return root < 0 ? path || '.' : `/${path}`;
}
