import type { Pack } from '../../core/pack/pack.ts';
import type { VariableDefinition } from '../../core/pack/pack-manifest.ts';
import { captureValues } from '../../core/reconcile/capture-values.ts';
import type { Likeness } from '../../core/reconcile/likeness.ts';
import type { GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { checkAnswer } from '../../core/template/answers/check-answer.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { InferredAnswer, MatchRequest, PresentFiles, RenderTry } from './match-request.ts';

export interface InferSettings {
  readonly request: MatchRequest;
  readonly render: RenderTry;
  readonly measure: (pack: Pack, answers: readonly InferredAnswer[]) => Promise<Likeness | undefined>;
  readonly present: PresentFiles;
  readonly files: readonly ProjectPath[];
}

/** How many values of one variable are tried, and how many variables. */
const MAX_VALUES = 8;
const MAX_VARIABLES = 60;
const MAX_ROUNDS = 3;

/**
 * Finds out what the files say of the variables that nobody answered. A value is taken only if the pack gives files that are more like those
 * of the project with it. Of texts and numbers the value is read where the pack would have written it; of choices each one is tried.
 */
export async function inferAnswers(pack: Pack, settings: InferSettings): Promise<InferredAnswer[]> {
  const given = new Set(
    settings.request.given.flatMap(({ values }) => [...values.keys()].map((key) => key.slice(key.lastIndexOf('.') + 1))),
  );
  const answered = new Set([...settings.request.manifest.variables.keys(), ...given]);
  const open = pack.manifest.variables.filter(({ name, computed }) => computed === undefined && !answered.has(name));
  const variables: Open[] = [
    ...(settings.request.state.manifest?.name === undefined
      ? [{ kind: 'project-name' as const, name: 'project.name', definition: undefined }]
      : []),
    ...open.slice(0, MAX_VARIABLES).map((definition) => ({ kind: 'variable' as const, name: definition.name, definition })),
  ];
  let known: Inferred = { answers: [], score: (await settings.measure(pack, []))?.score ?? 0 };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = known.answers.length;
    const rest = variables.filter(({ name }) => known.answers.every((answer) => answer.name !== name));
    // One after the other: what one variable is decides what the next one does. A path that is known only then shows more in the next round.
    for (const variable of rest) known = await tryValues({ pack, variable, known }, settings);
    if (known.answers.length === before) break;
  }
  return [...known.answers];
}

interface Inferred {
  readonly answers: readonly InferredAnswer[];
  readonly score: number;
}

interface TryRequest {
  readonly pack: Pack;
  readonly variable: Open;
  readonly known: Inferred;
}

/** The answers with the best value of one variable, where there is one that is better than none. */
async function tryValues({ pack, variable, known }: TryRequest, settings: InferSettings): Promise<Inferred> {
  let best = known;
  for (const value of await valuesFor(pack, variable, known.answers, settings)) {
    const answers = [...known.answers, { kind: variable.kind, name: variable.name, value }];
    const score = (await settings.measure(pack, answers))?.score ?? 0;
    if (score > best.score) best = { answers, score };
  }
  return best;
}

/** The same as given answers. */
export function inferredAnswers(answers: readonly InferredAnswer[]): GivenAnswers[] {
  const values = answers.flatMap(({ kind, name, value }): [string, GivenValue][] => (kind === 'variable' ? [[name, toGiven(value)]] : []));
  return [{ source: 'inferred', detail: 'the files', values: new Map(values) }];
}

function toGiven(value: InferredAnswer['value']): GivenValue {
  return typeof value === 'boolean' ? { kind: 'value', value } : { kind: 'text', text: String(value) };
}

interface Open {
  readonly kind: InferredAnswer['kind'];
  readonly name: string;
  readonly definition: VariableDefinition | undefined;
}

const MARKERS: readonly string[] = [
  'zqmarkerqz',
  'ZqmarkerQz',
  'zq-marker-qz',
  'https://zqmarkerqz.example',
  'zqmarkerqz@example.com',
  '48271',
  '7919',
  '911',
  '97',
];

async function valuesFor(
  pack: Pack,
  variable: Open,
  answers: readonly InferredAnswer[],
  settings: InferSettings,
): Promise<InferredAnswer['value'][]> {
  const { definition } = variable;
  if (definition?.type === 'boolean') return [true, false];
  if (definition?.type === 'choice') return definition.choices.slice(0, MAX_VALUES).map(({ value }) => value);
  if (definition !== undefined && !['string', 'integer', 'path', 'url', 'email'].includes(definition.type)) return [];
  const isValid = (text: string): boolean => definition === undefined || checkAnswer({ kind: 'text', text }, definition).kind === 'valid';
  const marker = MARKERS.find(isValid);
  if (marker === undefined) return [];
  const tree = await settings.render(pack, [...answers, { kind: variable.kind, name: variable.name, value: marker }]);
  const values: string[] = [];
  for (const [path, { content }] of tree ?? []) {
    if (path.includes(marker)) values.push(...captureValues(path, marker, settings.files));
    const text = decodeText(content);
    if (text === undefined || !text.includes(marker)) continue;
    await settings.present.read([path]);
    const there = settings.present.get(path);
    values.push(...captureValues(text, marker, (there && decodeText(there)?.split('\n')) ?? []));
  }
  return [...new Set(values)].filter(isValid).slice(0, MAX_VALUES);
}
