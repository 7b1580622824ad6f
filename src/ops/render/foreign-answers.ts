import type { ForeignQuestion, ForeignScope } from '../../core/foreign/foreign-template.ts';
import { createBudget } from '../../core/jinja/budget.ts';
import { renderTemplate } from '../../core/jinja/render-template.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { VariableDefinition } from '../../core/pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import type { GivenAnswers, GivenValue, PackVariables } from '../../core/template/answers/answer-types.ts';
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
  const { refine, validate, textsOf } = foreign;
  return {
    own: {
      evaluator,
      context: new Map(),
      ...(refine && {
        refine: (definition, answers, unresolved) => {
          const isBlocked = (textsOf?.(definition.name) ?? []).some((text) => namesIn(text, unresolved).length > 0);
          return isBlocked ? 'blocked' : refine(definition, request(answers));
        },
      }),
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

/** The records of other tools hold answers below a name of theirs (`{"cookiecutter": {…}}`): those that the template asks are taken from there. */
export function unwrapAnswers(given: GivenAnswers, packs: readonly Pack[]): GivenAnswers {
  let values = given.values;
  for (const { foreign, manifest } of packs) {
    const adopt = foreign?.adoptAnswer;
    if (adopt !== undefined && AS_THE_TOOL_HAS_THEM.includes(given.source))
      values = new Map([...values].map(([name, answer]) => [name, adopted(answer, (value) => adopt(bareName(name, manifest.id), value))]));
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

/** What the user's settings of a template's own tool answer, as far as it is asked and one of the choices; weaker than everything that is given here. */
export async function toolAnswers(packs: readonly Pack[], read: Ports['readToolAnswers']): Promise<GivenAnswers[]> {
  const given = await Promise.all(
    packs.map(async ({ foreign, manifest }): Promise<GivenAnswers[]> => {
      const answers = foreign === undefined ? undefined : await read?.(foreign.kind);
      if (foreign === undefined || answers === undefined) return [];
      const values = manifest.variables.flatMap((definition): [string, GivenValue][] => {
        const value = answers.get(definition.name);
        return value === undefined || value === null || !fits(value, definition) ? [] : [[definition.name, toSetting(value)]];
      });
      return [{ source: 'settings', detail: `the settings of ${foreign.kind}`, values: new Map(values) }];
    }),
  );
  return given.flat();
}

function fits(value: Value, { choices }: VariableDefinition): boolean {
  return choices.length === 0 || choices.some((choice) => choice.value === value);
}

function toSetting(value: Value): GivenValue {
  return typeof value === 'object' ? { kind: 'value', value } : { kind: 'text', text: String(value) };
}
