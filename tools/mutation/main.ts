// `npm run mutation`: how many small changes of `src/core` the tests see. Folders are run that have changed since they were, or that are named.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatScores } from './format-scores.ts';
import { type Instrumented, instrument, type Mutant } from './instrument.ts';
import type { Verdict } from './job.ts';
import { listTests, type WhichTests } from './list-tests.ts';
import {
  countRun,
  detected,
  type FolderScore,
  hashAll,
  hashSources,
  listFolders,
  listSources,
  loadScores,
  REGISTER,
  seal,
} from './register.ts';
import { runMutants } from './run-mutants.ts';

/** One of so many mutants is run unless something else is asked for. */
const ONE_OF = 20;

interface How {
  readonly oneOf: number;
  readonly tests: WhichTests;
}

export async function runMutation(repository: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'one-of': { type: 'string' },
      again: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      own: { type: 'boolean', default: false },
    },
  });
  const oneOf = Number(values['one-of'] ?? ONE_OF);
  if (!Number.isInteger(oneOf) || oneOf < 1) throw new Error(`--one-of takes a whole number from 1: "${values['one-of']}"`);
  const how: How = { oneOf, tests: values.own ? 'own' : 'all' };
  const names = positionals.map((name) => name.replace(/^src\/core\//, '').replace(/\/$/, ''));
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => `src/core/${name}`);
  if (files.length > 0) {
    await tryFiles(repository, files, how);
    return;
  }
  const all = listFolders(repository);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`src/core has no folder ${unknown.join(', ')}; it has ${all.join(', ')}`);
  const wanted = names.length > 0 ? names : all;
  const due = wanted.filter((folder) => values.again || !isCurrent(repository, folder, how));
  if (due.length > 0 && !values.list) await runFolders(repository, due, how);
  console.log(formatScores(loadScores(repository), hashAll(repository)));
}

/** Only shows: the register is of whole folders. */
async function tryFiles(repository: string, files: readonly string[], { oneOf, tests }: How): Promise<void> {
  const instrumented = await instrument(repository, files, oneOf);
  const verdicts = await run({ repository, instrumented, tests, name: files.join(', ') });
  const { killed, timedOut } = count(verdicts);
  console.log(listUnseen(instrumented.sample, verdicts));
  console.log(`${killed + timedOut} of ${verdicts.size} seen`);
}

/** All in one go, since every test is run first; each is recorded as soon as its mutants have their verdicts. */
async function runFolders(repository: string, folders: readonly string[], { oneOf, tests }: How): Promise<void> {
  const sources = new Map(folders.map((folder) => [folder, hashSources(repository, folder)]));
  const files = folders.flatMap((folder) => listSources(repository, folder));
  const instrumented = await instrument(repository, files, oneOf);
  const folderOf = (file: string) => file.split('/')[2] ?? '';
  const sampleOf = new Map(folders.map((folder) => [folder, instrumented.sample.filter(({ file }) => folderOf(file) === folder)]));
  const onVerdict: OnVerdict = (verdicts, latest) => {
    const folder = folderOf(instrumented.sample.find(({ id }) => id === latest.id)?.file ?? '');
    const sample = sampleOf.get(folder) ?? [];
    if (!sample.every(({ id }) => verdicts.has(id))) return;
    const own = new Map(sample.map(({ id }) => [id, verdicts.get(id) as Verdict]));
    const mutants = [...instrumented.counts].reduce((sum, [file, count]) => (folderOf(file) === folder ? sum + count : sum), 0);
    const date = new Date().toISOString().slice(0, 10);
    record(
      repository,
      seal({ folder, date, oneOf, tests, mutants, ...count(own), sources: sources.get(folder) ?? '' }),
      listUnseen(sample, own),
    );
  };
  await run({ repository, instrumented, tests, name: folders.join(', '), onVerdict });
}

function record(repository: string, score: FolderScore, unseen: string): void {
  // Read again: another run may have written in the meantime.
  const others = loadScores(repository).filter(({ folder }) => folder !== score.folder);
  const scores = [...others, score].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  writeFileSync(join(repository, REGISTER), `${JSON.stringify(scores, undefined, 2)}\n`);
  const directory = join(repository, 'node_modules', '.cache', 'mutation');
  mkdirSync(directory, { recursive: true });
  const list = join(directory, `${score.folder}.txt`);
  writeFileSync(list, unseen);
  console.log(`${score.folder}: ${(100 * detected(score)).toFixed(1)} % of ${countRun(score)}; what no test sees: ${list}`);
}

type OnVerdict = (verdicts: ReadonlyMap<number, Verdict>, latest: Verdict) => void;

interface RunRequest {
  readonly repository: string;
  readonly instrumented: Instrumented;
  readonly tests: WhichTests;
  readonly name: string;
  readonly onVerdict?: OnVerdict;
}

function run({ repository, instrumented, tests, name, onVerdict }: RunRequest) {
  const total = instrumented.sample.length;
  console.log(`${name}: ${total} mutants`);
  const take: OnVerdict = (verdicts, latest) => {
    if (verdicts.size % 50 === 0) console.log(`  ${verdicts.size} of ${total}`);
    onVerdict?.(verdicts, latest);
  };
  return runMutants({
    tool: join(repository, 'tools', 'mutation'),
    repository,
    instrumented,
    tests: listTests(repository, [...instrumented.counts.keys()], tests),
    onVerdict: take,
    onUnused: (failing) => {
      for (const test of failing) console.log(`not used, since it does not pass twice without a mutant: ${test}`);
    },
  });
}

function count(verdicts: ReadonlyMap<number, Verdict>): Pick<FolderScore, 'killed' | 'timedOut' | 'survived' | 'noCoverage'> {
  const of = (status: Verdict['status']) => [...verdicts.values()].filter((verdict) => verdict.status === status).length;
  return { killed: of('killed'), timedOut: of('timed-out'), survived: of('survived'), noCoverage: of('no-coverage') };
}

function listUnseen(sample: readonly Mutant[], verdicts: ReadonlyMap<number, Verdict>): string {
  const lines = sample.flatMap(({ id, file, line, mutator, original, replacement }) => {
    const status = verdicts.get(id)?.status;
    if (status !== 'survived' && status !== 'no-coverage') return [];
    const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 160);
    return [`${file}:${line} ${status} ${mutator}\n  - ${short(original)}\n  + ${short(replacement)}`];
  });
  return `${lines.join('\n')}\n`;
}

function isCurrent(repository: string, folder: string, { oneOf }: How): boolean {
  const score = loadScores(repository).find((own) => own.folder === folder);
  return score !== undefined && score.oneOf <= oneOf && score.sources === hashSources(repository, folder);
}
