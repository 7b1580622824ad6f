import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import { readPlannedContent } from '../../src/core/plan/planned-contents.ts';
import { decodeUtf8 } from '../../src/core/text/utf8.ts';
import { type GenerateRequest, planGeneration } from '../../src/ops/project/plan-generation.ts';
import { apply, flags, request, world } from '../support/memory-world.ts';
import { loadShippedPacks, SHIPPED_IDS } from '../support/shipped-packs.ts';

/** Packs that bring the program of the project: there can be one. Everything that depends on one of them brings it too. */
const PROGRAMS = ['cli-app-starter', 'web-api-starter'] as const;

/** What two packs answer differently when nobody says anything, given so that the order of packs does not decide it. */
const ANSWERS = ['project_name=matrix', 'description=Tried together', 'author=Ada Example', 'python_version=3.12'];

/** Further answers under which every pair is composed as well. */
const VARIANTS = [
  { name: 'the defaults', answers: [] },
  { name: 'GitLab, PostgreSQL, no license', answers: ['ci=gitlab', 'database=postgres', 'license=UNLICENSED'] },
  { name: 'no containers, no users, no CI', answers: ['docker=false', 'auth=false', 'ci=none'] },
] as const;

let shipped: readonly Pack[] = [];
beforeAll(async () => {
  shipped = await loadShippedPacks();
});

/** Packs that ask their data, which takes time, and that none of the further answers are for. */
const ASKING = ['api-from-ontology', 'ontology-types'];

const PAIRS = SHIPPED_IDS.flatMap((first, index) => SHIPPED_IDS.slice(index + 1).map((second) => [first, second] as const));

/** The answers that the packs ask for always: one that is unknown, or does not apply, is an error. */
function known(references: readonly string[], answers: readonly string[]): string[] {
  const variables = closure(references).flatMap((pack) => pack.manifest.variables);
  const names = new Set(variables.filter(({ when }) => when === undefined).map(({ name }) => name as string));
  return answers.filter((answer) => names.has(answer.slice(0, answer.indexOf('='))));
}

/** The packs and all they depend on. */
function closure(references: readonly string[]): Pack[] {
  const found = new Map<string, Pack>();
  const visit = (id: string): void => {
    const pack = shipped.find(({ manifest }) => manifest.id === id);
    if (pack === undefined || found.has(id)) return;
    found.set(id, pack);
    for (const dependency of pack.manifest.dependencies) if (!dependency.optional) visit(dependency.id);
  };
  for (const id of references) visit(id);
  return [...found.values()];
}

function programsOf(references: readonly string[]): string[] {
  const ids = closure(references).map(({ manifest }) => manifest.id as string);
  return PROGRAMS.filter((id) => ids.includes(id));
}

async function plan(references: readonly string[], answers: readonly string[] = [], more: Partial<GenerateRequest> = {}) {
  const ports = world(shipped);
  const given = flags(...known(references, [...ANSWERS, ...answers]));
  const preview = await planGeneration(request(references, { given, operation: 'compose', ...more }), ports);
  return { ports, preview, plan: preview.plan };
}

/** The text of every file that the project would have, packsmith's own records left out. */
function textsOf(planned: GenerationPlan): Map<string, string> {
  const files = planned.paths.filter(({ class: kind, after }) => kind !== 'record' && after !== undefined);
  return new Map(files.map(({ path, after }) => [path, decodeUtf8(readPlannedContent(planned, after?.digest as never)) ?? '']));
}

const FORMS: readonly (readonly [RegExp, (text: string) => unknown])[] = [
  [/(?:^|\/)tsconfig[^/]*\.json$/, (text) => strictJsonc(text)],
  [/\.(?:json|ipynb)$/, (text) => JSON.parse(text)],
  [/\.ya?ml$/, (text) => strictYaml(text)],
  [/\.toml$/, (text) => parseToml(text)],
];

function strictJsonc(text: string): unknown {
  const errors: unknown[] = [];
  const value: unknown = parseJsonc(text, errors as never);
  expect(errors).toEqual([]);
  return value;
}

function strictYaml(text: string): unknown {
  const documents = parseAllDocuments(text);
  return (Array.isArray(documents) ? documents : []).map((document) => {
    expect(document.errors).toEqual([]);
    expect(document.warnings).toEqual([]);
    return document.toJS() as unknown;
  });
}

const parserOf = (path: string) => FORMS.find(([pattern]) => pattern.test(path))?.[1];

/** What does not depend on the order in which packs are named: values without the order of keys and lists, or the lines of a text. */
function meaningOf(path: string, text: string): unknown {
  const parse = parserOf(path);
  if (parse !== undefined) return sorted(parse(text));
  // Markdown joins paragraphs and `.env` comments: a line that both have may be there once or twice.
  return [...new Set(text.split('\n').map((line) => line.trim()))].sort();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

const describeConflicts = (planned: GenerationPlan) =>
  planned.conflicts.map(
    ({ path, ours, theirs, places }) => `${path}: ${ours} / ${theirs}: ${places.map(({ at, reason }) => `${at} ${reason}`)}`,
  );

describe.each(VARIANTS)('every two shipped packs with $name', ({ answers }) => {
  const isDefault = answers.length === 0;
  const pairs = isDefault ? PAIRS : PAIRS.filter((pair) => !pair.some((id) => ASKING.includes(id)));

  it.each(pairs)('%s and %s', async (first, second) => {
    const { plan: planned, ports, preview } = await plan([first, second], answers);
    if (programsOf([first, second]).length > 1) {
      expectTwoPrograms(planned);
      return;
    }
    expect(describeConflicts(planned)).toEqual([]);
    await expectNothingLost([first, second], answers, planned);
    const texts = textsOf(planned);
    for (const [path, text] of texts) expect(() => parserOf(path)?.(text), `${path}\n${text}`).not.toThrow();

    // Whether a plan is the same each time is no matter of the answers.
    if (isDefault) expect(JSON.stringify((await plan([first, second], answers)).plan)).toBe(JSON.stringify(planned));

    const { plan: swapped } = await plan([second, first], answers);
    const other = textsOf(swapped);
    expect([...other.keys()]).toEqual([...texts.keys()]);
    for (const [path, text] of texts) expect(meaningOf(path, other.get(path) ?? ''), path).toEqual(meaningOf(path, text));

    await apply(preview, ports);
    const repeated = await planGeneration(request([first, second]), ports);
    expect(repeated.plan.paths.filter(({ action }) => action !== 'keep')).toEqual([]);
  });
});

/** Two programs in one project are refused with both named, at the file where each of them starts. */
function expectTwoPrograms({ conflicts }: GenerationPlan): void {
  const entry = conflicts.find(({ path }) => path === 'src/main.ts');
  expect([entry?.ours, entry?.theirs].sort()).toEqual([...PROGRAMS]);
  expect(entry?.places.map(({ reason }) => reason).join()).not.toBe('');
}

/**
 * Every path that more than one pack writes has a decision. Which paths these are is asked of the strategy that allows no sharing: it reports each
 * of them that is not the same in all packs.
 */
async function expectNothingLost(references: readonly string[], answers: readonly string[], planned: GenerationPlan): Promise<void> {
  const { plan: strict } = await plan(references, answers, { strategy: 'fail' });
  const shared = new Set([...strict.conflicts, ...strict.decisions.filter(({ how }) => how === 'same')].map(({ path }) => path as string));
  const decided = new Map(planned.decisions.map((decision) => [decision.path as string, decision]));
  for (const path of shared) expect(['same', 'merged', 'injected'], path).toContain(decided.get(path)?.how);
  for (const { path, packs, class: kind } of planned.paths) {
    const writers = packs.filter((id) => !injectsInto(id, path));
    if (kind !== 'record' && writers.length > 1) expect(decided.has(path), `${path} of ${writers.join(', ')}`).toBe(true);
  }
}

/** Whether a pack reaches into a file of another pack, at a place that it names. */
function injectsInto(id: string, path: string): boolean {
  const templates = shipped.find(({ manifest }) => manifest.id === id)?.manifest.templates ?? [];
  return templates.some(({ inject }) => inject?.into === path);
}

describe('the matrix itself', () => {
  it('has every shipped pack, under its own name', () => {
    expect(shipped.map(({ manifest }) => manifest.id)).toEqual(SHIPPED_IDS);
    expect(SHIPPED_IDS.length).toBeGreaterThanOrEqual(13);
  });

  it('has pairs that share many paths', async () => {
    const { plan: planned } = await plan(['web-api-starter', 'devops-automation']);
    const merged = planned.decisions.filter(({ how }) => how === 'merged').map(({ path }) => path);
    expect(merged).toEqual(expect.arrayContaining(['.dockerignore', '.env.example', '.gitignore', 'README.md', 'docker-compose.yml']));
  });
});
