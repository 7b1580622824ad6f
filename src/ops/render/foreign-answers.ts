import type { ForeignQuestion, ForeignScope } from '../../core/foreign/foreign-template.ts';
import { createBudget } from '../../core/jinja/budget.ts';
import { renderTemplate } from '../../core/jinja/render-template.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { VariableDefinition } from '../../core/pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import type { GivenAnswers, GivenValue, PackVariables } from '../../core/template/answers/answer-types.ts';
import { checkAnswer } from '../../core/template/answers/check-answer.ts';
import { namesIn } from '../../core/template/answers/definition-sources.ts';
import { createEvaluator, EVALUATION_LIMITS } from '../../core/template/evaluator.ts';
import type { ProjectFacts } from '../../core/template/render-context.ts';
import type { Ports } from '../../ports/ports.ts';

/** What templates of other tools can see of a project. */
export function foreignScopeOf({ now, parentDirectory, directory, external }: ProjectFacts, hash: Ports['hash']): ForeignScope {
  return { now, parentDirectory: parentDirectory ?? '', directory, external: external ?? new Map(), hash };
}

/** How the defaults of a template of another tool are evaluated: in its own language, with the names that its own tool would give it. */
export function foreignEvaluation(pack: Pack, facts: ProjectFacts, hash: Ports['hash']): Pick<PackVariables, 'own'> {
  const { foreign, manifest } = pack;
  if (foreign === undefined) return {};
  const scope = foreignScopeOf(facts, hash);
  const environment = foreign.makeEnvironment(scope);
  const names = new Set(manifest.variables.map(({ name }) => name));
  const contextOf = (answers: ValueMap, budget: ReturnType<typeof createBudget>): ValueMap =>
    foreign.makeContext(new Map([...answers].filter(([name]) => names.has(name))), scope, environment, budget);
  const plain = createEvaluator(environment);
  const evaluator = {
    ...plain,
    isTemplate: () => foreign.refine === undefined,
    ...(foreign.wordsIn && { wordsIn: foreign.wordsIn }),
    template: (source: string, answers: ValueMap, name: string): string => {
      const budget = createBudget(EVALUATION_LIMITS);
      return renderTemplate(source, { name, context: contextOf(answers, budget), environment, budget });
    },
    expression: (source: string, answers: ValueMap, name: string): Value =>
      plain.expression(source, contextOf(answers, createBudget(EVALUATION_LIMITS)), name),
  };
  const request = (answers: ValueMap): ForeignQuestion => ({
    answers: new Map([...answers].filter(([name]) => names.has(name))),
    scope,
    environment,
    budget: createBudget(EVALUATION_LIMITS),
  });
  const { refine, validate, textsOf, whereIs, asksAll = false, takesUnasked = false } = foreign;
  return {
    own: {
      evaluator,
      context: new Map(),
      asksAll,
      takesUnasked,
      ...(refine && {
        refine: (definition, answers, unresolved) => {
          const isBlocked = (textsOf?.(definition.name) ?? []).some((text) => namesIn(text, unresolved).length > 0);
          return isBlocked ? 'blocked' : refine(definition, request(answers));
        },
      }),
      ...(whereIs && { whereIs }),
      ...(validate && { validate: (definition, value, answers) => validate(definition.name, value, request(answers)) }),
    },
  };
}

function adopted(given: GivenValue, adopt: (value: Value) => Value): GivenValue {
  return given.kind === 'value' ? { ...given, value: adopt(given.value) } : given;
}

/** The variable that a key of given answers is about. */
function bareName(key: string, id: string): string {
  return key.startsWith(`${id}.`) ? key.slice(id.length + 1) : key;
}

/** Sources whose values are those of the tool; packsmith.toml and an interview have them as variables keep them. */
const AS_THE_TOOL_HAS_THEM: readonly string[] = ['file', 'inferred', 'settings'];

/** Answers of packsmith.toml to questions that have another type by now: cast to that as their tool casts what it recorded, where this gives a valid one. */
export function castRecorded(
  values: ReadonlyMap<string, GivenValue>,
  { foreign, manifest }: Pick<Pack, 'foreign' | 'manifest'>,
): ReadonlyMap<string, GivenValue> {
  const adopt = foreign?.adoptAnswer;
  if (adopt === undefined) return values;
  const castOne = (name: string, answer: GivenValue): GivenValue => {
    const variable = bareName(name, manifest.id);
    const definition = manifest.variables.find((other) => other.name === variable);
    if (definition === undefined || checkAnswer(answer, definition).kind === 'valid') return answer;
    const other = adopted(answer, (value) => adopt(variable, value));
    return checkAnswer(other, definition).kind === 'valid' ? other : answer;
  };
  return new Map([...values].map(([name, answer]) => [name, castOne(name, answer)]));
}

/** The records of other tools hold answers below a name of theirs (`{"cookiecutter": {…}}`): those that the template asks are taken from there. */
export function unwrapAnswers(given: GivenAnswers, packs: readonly Pack[]): GivenAnswers {
  let values = given.values;
  for (const pack of packs) {
    const { foreign, manifest } = pack;
    const adopt = foreign?.adoptAnswer;
    if (given.source === 'project') values = castRecorded(values, pack);
    if (adopt !== undefined && AS_THE_TOOL_HAS_THEM.includes(given.source))
      values = new Map([...values].map(([name, answer]) => [name, adopted(answer, (value) => adopt(bareName(name, manifest.id), value))]));
    if (given.source === 'file') values = withoutKeys(values, foreign?.recordKeys ?? []);
    const key = foreign?.answersKey;
    const wrapped = key === undefined ? undefined : values.get(key);
    if (key === undefined || wrapped?.kind !== 'value' || !(wrapped.value instanceof Map)) continue;
    const asked = new Set(manifest.variables.map(({ name }) => name));
    const found = [...(wrapped.value as ReadonlyMap<string, Value>)].filter(([name]) => asked.has(name));
    const unwrapped = found.map(([name, value]): [string, GivenValue] => [name, { ...wrapped, value: adopt?.(name, value) ?? value }]);
    // Replay files hold the questions themselves too, as they stood in the template.
    values = new Map([...[...values].filter(([name]) => name !== key && name !== `_${key}`), ...unwrapped]);
  }
  return values === given.values ? given : { ...given, values };
}

function withoutKeys(values: ReadonlyMap<string, GivenValue>, keys: readonly string[]): ReadonlyMap<string, GivenValue> {
  return keys.some((key) => values.has(key)) ? new Map([...values].filter(([name]) => !keys.includes(name))) : values;
}

/**
 * The variables of a pack with what the user's settings of the template's own tool say, as far as it is one of the choices, in the place of the
 * template's defaults: a template as these are. Of a dictionary only the keys that they have are others, at every depth.
 */
export async function withToolDefaults(
  { foreign, manifest }: Pack,
  read: Ports['readToolAnswers'],
): Promise<readonly VariableDefinition[]> {
  const settings = foreign === undefined ? undefined : await read?.(foreign.kind);
  if (foreign === undefined || settings === undefined) return manifest.variables;
  return manifest.variables.map((definition): VariableDefinition => {
    const { name, choices } = definition;
    const found = settings.get(name);
    if (found === undefined || found === null) return definition;
    if (foreign.kind === 'copier') return isOpenTo(found, definition) ? { ...definition, toolDefault: found } : definition;
    const value = asDefault(foreign.adoptAnswer?.(name, found) ?? found, definition);
    if (value === undefined || (choices.length > 0 && !choices.some((choice) => choice.value === value))) return definition;
    return { ...definition, default: value };
  });
}

/** Whether a setting is among the choices, where these are known already. */
function isOpenTo(found: Value, { choices }: VariableDefinition): boolean {
  const values = Array.isArray(found) ? (found as readonly Value[]) : [found];
  return choices.length === 0 || values.every((each) => choices.some(({ value }) => value === each));
}

/** A setting as the type of a variable has it; `undefined` where it cannot. */
function asDefault(value: Value, { type, default: own }: VariableDefinition): Value | undefined {
  if (type === 'map') return value instanceof Map ? mergeDeep(own, value) : undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (typeof value === 'boolean') return pythonWord(value);
  return typeof value === 'object' ? undefined : String(value);
}

function pythonWord(value: boolean): string {
  return value ? 'True' : 'False';
}

function mergeDeep(own: Value | undefined, over: Value): Value {
  if (!(own instanceof Map && over instanceof Map)) return over;
  const merged = new Map<string, Value>(own);
  for (const [key, value] of over) merged.set(key, mergeDeep(merged.get(key), value));
  return merged;
}
