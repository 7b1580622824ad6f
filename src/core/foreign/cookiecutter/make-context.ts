import { unlessItFails } from '../../diagnostics/unless-it-fails.ts';
import type { Budget } from '../../jinja/budget.ts';
import type { JinjaEnvironment } from '../../jinja/environment.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { changeValues, type NamedText } from '../changing-values.ts';
import { CONTEXT_FILE, type ContextEntry } from './read-context.ts';
import { booleanText, isSecondPass, PROMPTS_KEY, roleOf } from './read-variables.ts';

/** What cookiecutter itself adds to its context. */
export interface OwnValues {
  readonly template: string;
  readonly outputDirectory: string;
  readonly repository: string;
}

export interface ContextRequest {
  readonly entries: readonly ContextEntry[];
  readonly answers: ValueMap;
  readonly own: OwnValues;
  /** The scripts that cookiecutter renders before any file, with the values that the files then have. */
  readonly before: readonly NamedText[];
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}

/**
 * The names that templates see: `cookiecutter`, with answers, constants and rendered values in the order of the file (dictionaries are the last to
 * be rendered), and `_cookiecutter`, the questions as the file has them.
 */
export function makeContext(request: ContextRequest): ValueMap {
  const { entries, own } = request;
  const rendered = new Map<string, Value>();
  const listed = entries.filter(({ key }) => key !== PROMPTS_KEY);
  const first = listed.filter((entry) => !isSecondPass(entry) || roleOf(entry.key) !== 'question');
  const second = listed.filter((entry) => isSecondPass(entry) && roleOf(entry.key) !== 'constant');
  if (!addEntries([...first, ...second], rendered, request)) return asNames(rendered);
  const values = new Map<string, Value>(listed.map(({ key }) => [key, rendered.get(key) ?? null]));
  values.set('_template', own.template);
  values.set('_output_dir', own.outputDirectory);
  values.set('_repo_dir', own.repository);
  values.set('_checkout', null);
  const asked = entries.filter(({ key }) => !key.startsWith('_')).map(({ key, value }) => [key, value] as const);
  const context = new Map<string, Value>([
    ['cookiecutter', values],
    ['_cookiecutter', new Map(asked)],
  ]);
  return changeValues(request.before, context, request);
}

/** Adds what stands before the first question that is still to be asked; false where a question has no answer, or its default failed. */
function addEntries(entries: readonly ContextEntry[], values: Map<string, Value>, request: ContextRequest): boolean {
  const isQuestion = ({ key }: ContextEntry): boolean => roleOf(key) === 'question';
  const lastAnswered = entries.findLastIndex((entry) => isQuestion(entry) && request.answers.has(entry.key));
  let isWhole = true;
  for (const [at, entry] of entries.entries()) {
    const isOpen = isQuestion(entry) && !request.answers.has(entry.key);
    if (isOpen && at > lastAnswered) return false;
    if (isOpen) isWhole = false;
    else if (isWhole) addEntry(entry, values, request);
    // It may need what failed: that is said of the question itself.
    else unlessItFails(() => addEntry(entry, values, request), noValue);
  }
  return isWhole;
}

function noValue(): void {}

function addEntry({ key, value, texts }: ContextEntry, values: Map<string, Value>, request: ContextRequest): void {
  const role = roleOf(key);
  const answer = request.answers.get(key);
  // A question without a default has nothing until it is answered.
  const given = value === null && answer === '' ? null : (answer ?? null);
  const option = role === 'question' ? optionFor(given, texts) : undefined;
  const isRendered = role === 'rendered' || option !== undefined;
  values.set(key, isRendered ? renderValue(option ?? texts, key, values, request) : role === 'question' ? given : value);
}

/** The option that an answer to a choice names as it stands in the file, where it may be a template; a boolean by its text, too. */
function optionFor(given: Value, texts: Value): Value | undefined {
  const options = Array.isArray(texts) ? (texts as readonly Value[]) : [];
  return options.find((option) => option === given || (typeof option === 'boolean' && booleanText(option) === given));
}

/** What a default can use: only what stands before its own question. */
function asNames(values: ReadonlyMap<string, Value>): ValueMap {
  return new Map([['cookiecutter', values]]);
}

/** cookiecutter's `render_variable`: keys of dictionaries too; booleans and null stay. */
function renderValue(value: Value, key: string, values: ReadonlyMap<string, Value>, request: ContextRequest): Value {
  if (typeof value === 'string') {
    const { environment, budget } = request;
    return renderTemplate(value, { name: `${CONTEXT_FILE} ${key}`, context: new Map([['cookiecutter', values]]), environment, budget });
  }
  const render = (item: Value): Value => renderValue(item, key, values, request);
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [String(render(name)), render(item)]));
  return Array.isArray(value) ? (value as readonly Value[]).map(render) : value;
}
