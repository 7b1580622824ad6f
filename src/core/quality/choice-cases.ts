import { isTemplate } from '../manifest/text-templates.ts';
import type { VariableDefinition } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { type Assignment, judge, listCases, namesOf, parseCondition } from './conditions.ts';
import { UNKNOWN } from './evaluate-known.ts';

/** Answers to try a pack with. Variables that are absent keep their defaults. */
export interface ChoiceCases {
  readonly cases: readonly ReadonlyMap<string, Value>[];
  /** Pairs of values of two variables: those that some case has, and all there are. */
  readonly pairs: { readonly covered: number; readonly of: number };
  /** Variables without a default for which no value is known that they accept. */
  readonly unknown: readonly string[];
}

interface Parameter {
  readonly definition: VariableDefinition;
  readonly values: readonly Value[];
}

/** More cases than these are not made; how much they cover is said. */
const MAX_CASES = 60;
/** Of choices with more values only the first and last ones are paired. */
const MAX_VALUES = 12;

/**
 * Cases in which every value of every choice stands beside every value of every other one, as far as the bound allows: truth values, choices, the ends
 * of numbers, and none or all of several. Faults nearly always need one or two choices to meet. The same variables give the same cases.
 */
export function listChoiceCases(variables: readonly VariableDefinition[]): ChoiceCases {
  const asked = variables.filter(({ computed }) => computed === undefined);
  const parameters = asked.flatMap((definition): Parameter[] => {
    const values = valuesOf(definition);
    return values.length === 0 ? [] : [{ definition, values }];
  });
  const open = listPairs(parameters);
  const of = open.size;
  const cases: ReadonlyMap<string, Value>[] = [applicable(parameters, new Map(), variables)];
  for (const chosen of cases) cover(open, indexesIn(chosen, parameters));
  let impossible = 0;
  while (open.size > 0 && cases.length < MAX_CASES) {
    const [pair = ''] = open;
    const row = chooseRow(parameters, { pair, open, variables });
    const chosen = row === undefined ? new Map<string, Value>() : applicable(parameters, row, variables);
    cover(open, indexesIn(chosen, parameters));
    if (open.delete(pair)) impossible++;
    else cases.push(chosen);
  }
  const unknown = asked.filter(
    (definition) => definition.required && definition.default === undefined && valuesOf(definition).length === 0,
  );
  return {
    cases: withoutTwins(cases),
    pairs: { covered: of - open.size - impossible, of: of - impossible },
    unknown: unknown.map(({ name }) => name),
  };
}

function valuesOf(definition: VariableDefinition): readonly Value[] {
  const { type, default: initial, required } = definition;
  const few = fewValues(definition);
  if (few.length > 0) return few;
  if (initial !== undefined || !required || type === 'choice') return [];
  const { example } = definition;
  return example === undefined || (typeof example === 'string' && isTemplate(example)) ? sampleOf(definition) : [example];
}

/** The values of a variable that has only some, or the ends of its range. */
function fewValues({ type, choices, min, max, minItems = 0 }: VariableDefinition): readonly Value[] {
  const options = choices.map(({ value }) => value);
  if (type === 'boolean') return [true, false];
  if (type === 'choice') return options.length > MAX_VALUES ? [...options.slice(0, MAX_VALUES - 1), ...options.slice(-1)] : options;
  if (type === 'choices') return minItems === 0 ? [options, []] : [options];
  return type === 'integer' && min !== undefined && max !== undefined ? [...new Set([min, max])] : [];
}

/** A value for a variable that must have one and names none itself. */
function sampleOf({ type, pattern, min, minLength = 0 }: VariableDefinition): readonly Value[] {
  if (pattern !== undefined) return [];
  const samples: Partial<Record<VariableDefinition['type'], Value>> = {
    string: 'sample'.padEnd(minLength, 'x'),
    text: 'sample'.padEnd(minLength, 'x'),
    secret: 'sample-value'.padEnd(minLength, 'x'),
    path: 'sample',
    url: 'https://example.com/',
    email: 'ada@example.com',
    integer: min ?? 1,
    number: min ?? 1,
    list: ['sample'],
  };
  const sample = samples[type];
  return sample === undefined ? [] : [sample];
}

/** The index of a value by the index of its parameter. */
type Row = ReadonlyMap<number, number>;

function pairKey(a: number, valueOfA: number, b: number, valueOfB: number): string {
  return a < b ? `${a}.${valueOfA} ${b}.${valueOfB}` : `${b}.${valueOfB} ${a}.${valueOfA}`;
}

function listPairs(parameters: readonly Parameter[]): Set<string> {
  const indexes = [...parameters.keys()];
  // A single choice has no pairs, and is tried all the same.
  const couples =
    indexes.length === 1 ? [[0, 0] as const] : indexes.flatMap((a) => indexes.filter((b) => b > a).map((b) => [a, b] as const));
  return new Set(couples.flatMap(([a, b]) => pairsOf(a, b, parameters)));
}

function pairsOf(a: number, b: number, parameters: readonly Parameter[]): string[] {
  const [first, second] = [parameters[a]?.values ?? [], parameters[b]?.values ?? []];
  if (a === b) return [...first.keys()].map((value) => pairKey(a, value, a, value));
  return [...first.keys()].flatMap((i) => [...second.keys()].map((j) => pairKey(a, i, b, j)));
}

function cover(open: Set<string>, row: Row): void {
  for (const [a, i] of row) for (const [b, j] of row) open.delete(pairKey(a, i, b, j));
}

interface Wish {
  readonly pair: string;
  readonly open: ReadonlySet<string>;
  readonly variables: readonly VariableDefinition[];
}

/** Starts with one pair and what its conditions need, and gives each other parameter the value that covers most; `undefined` where the pair cannot be. */
function chooseRow(parameters: readonly Parameter[], { pair, open, variables }: Wish): Row | undefined {
  const parts = pair.split(' ').map((part) => part.split('.').map(Number) as [number, number]);
  const row = satisfyConditions(parameters, new Map(parts), variables);
  if (row === undefined) return undefined;
  for (const [index, { values }] of parameters.entries()) {
    if (row.has(index)) continue;
    const gains = [...values.keys()].map(
      (value) => [...row].filter(([other, chosen]) => open.has(pairKey(index, value, other, chosen))).length,
    );
    row.set(index, gains.indexOf(Math.max(...gains)));
  }
  return row;
}

/** Adds the choices under which the variables of a row apply. */
function satisfyConditions(
  parameters: readonly Parameter[],
  row: Row,
  variables: readonly VariableDefinition[],
): Map<number, number> | undefined {
  const conditions = [...row.keys()].flatMap((index) => {
    const when = parameters[index]?.definition.when;
    return (when === undefined ? undefined : parseCondition(when)) ?? [];
  });
  const cases = conditions.length === 0 ? undefined : listCases(conditions.flatMap(namesOf), variables);
  if (cases === undefined) return new Map(row);
  const agrees = (known: Assignment) =>
    [...row].every(([index, value]) => {
      const parameter = parameters[index];
      return (
        parameter === undefined || !known.has(parameter.definition.name) || known.get(parameter.definition.name) === parameter.values[value]
      );
    });
  const found = cases.find((known) => agrees(known) && conditions.every((condition) => judge(condition, known) === true));
  if (found === undefined) return undefined;
  const needed = parameters.flatMap(({ definition, values }, index) => {
    const at = found.has(definition.name) ? values.indexOf(found.get(definition.name) as Value) : -1;
    return at < 0 ? [] : [[index, at] as const];
  });
  return new Map([...needed, ...row]);
}

/** Which values a case has; of a variable that is asked on a condition only where it is given. */
function indexesIn(chosen: ReadonlyMap<string, Value>, parameters: readonly Parameter[]): Row {
  return new Map(
    parameters.flatMap(({ definition, values }, index) => {
      const resting = definition.when === undefined ? definition.default : undefined;
      const at = values.indexOf(chosen.get(definition.name) ?? resting ?? null);
      return at < 0 ? [] : [[index, at] as const];
    }),
  );
}

/** The row without values for variables that do not apply: those cannot be given. What is required is given also where the row leaves it out. */
function applicable(parameters: readonly Parameter[], row: Row, variables: readonly VariableDefinition[]): ReadonlyMap<string, Value> {
  const chosen = new Map<string, Value>();
  for (const [index, { definition, values }] of parameters.entries()) {
    const { name, when, required, default: initial } = definition;
    const value = values[row.get(index) ?? 0];
    const isWanted = row.has(index) || (required && initial === undefined);
    if (isWanted && value !== undefined && applies(when, chosen, variables)) chosen.set(name, value);
  }
  return chosen;
}

function applies(when: string | undefined, chosen: ReadonlyMap<string, Value>, variables: readonly VariableDefinition[]): boolean {
  if (when === undefined) return true;
  const tree = parseCondition(when);
  const known: Assignment = new Map(variables.map(({ name, type, default: initial }) => [name, chosen.get(name) ?? restOf(type, initial)]));
  return tree !== undefined && judge(tree, known) === true;
}

function restOf(type: VariableDefinition['type'], initial: Value | undefined): Value | typeof UNKNOWN {
  if (initial === undefined) return type === 'boolean' ? false : UNKNOWN;
  return typeof initial === 'string' && isTemplate(initial) ? UNKNOWN : initial;
}

function withoutTwins(cases: readonly ReadonlyMap<string, Value>[]): ReadonlyMap<string, Value>[] {
  return [...new Map(cases.map((each) => [JSON.stringify([...each]), each])).values()];
}
