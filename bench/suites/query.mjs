import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueQuads, QUESTIONS } from '../fixtures/catalogue.mjs';
import { PROGRAM } from '../fixtures/contestants.mjs';
import { packFiles } from '../fixtures/pack.mjs';
import { projectFiles } from '../fixtures/template-parts.mjs';
import { writeTree } from '../fixtures/write-tree.mjs';
import { buildProgram } from '../lib/build-program.mjs';
import { compare } from '../lib/measure.mjs';
import { medianOf } from '../lib/report.mjs';
import { summarize } from '../lib/statistics.mjs';

const WORKER = join(PROGRAM, '../../dist/sparql/worker.mjs');
/** Comunica gets as much memory as it likes, and this long. */
const PATIENCE_MILLISECONDS = 240_000;

/**
 * Whole commands over 100 packs on disk, with nothing kept and with the store kept; then, in one process each, packsmith's engine and Comunica on the
 * same statements and questions, whose answers must be as many.
 */
export async function* measureQuery({ work: parent, peers, scaleRounds }) {
  const work = join(parent, 'query');
  mkdirSync(work, { recursive: true });
  yield measureCommands(work, scaleRounds);
  const program = await buildProgram('query-packsmith', join(work, 'program'));
  for (const packs of [100, 1_000, 10_000])
    yield measureEngines({ work, program, peers, packs, rounds: scaleRounds(packs > 1_000 ? 2 : 9) });
}

function measureCommands(work, scaleRounds) {
  const place = join(work, 'commands');
  const files = projectFiles(20);
  for (let index = 0; index < 100; index++) writeTree(join(place, `packs/pack-${index}`), packFiles({ id: `pack-${index}`, files }));
  const question = 'SELECT ?id ?name { ?pack ps:id ?id ; ps:variable/ps:name ?name } ORDER BY ?id ?name';
  const scores = 'SELECT ?pack ?score { ?pack ps:score ?score } ORDER BY DESC(?score)';
  const home = join(work, 'home');
  const command = [process.execPath, PROGRAM, 'query', '--query', question];
  const forget = () => rmSync(home, { recursive: true, force: true });
  const env = { PACKSMITH_HOME: home };
  const rows = compare(
    [
      { name: 'node, doing nothing', command: [process.execPath, '-e', '0'], cwd: place, env },
      { name: 'packs query, nothing kept', command, cwd: place, env, prepare: forget },
      { name: 'packs query with scores, nothing kept', command: [...command.slice(0, -1), scores], cwd: place, env, prepare: forget },
      { name: 'packs query, the store kept', command, cwd: place, env: { PACKSMITH_HOME: join(work, 'warm') } },
    ],
    { rounds: scaleRounds(9), warmups: 3 },
  );
  const goals = [
    { text: 'a whole command over 100 packs, nothing kept', value: medianOf(rows, 'packs query, nothing kept'), atMost: 500, unit: 'ms' },
  ];
  return { title: 'Asking 100 packs from the command line', rows, baseline: 'packs query, the store kept', goals };
}

function measureEngines({ work, program, peers, packs, rounds }) {
  const file = join(work, `catalogue-${packs}.nq`);
  writeFileSync(file, catalogueQuads(packs));
  const questions = JSON.stringify(QUESTIONS);
  const ours = runEngine([program, file, questions, rounds, WORKER, join(work, `kept-${packs}`)]);
  const theirs =
    peers.comunica === undefined
      ? undefined
      : runEngine([join(import.meta.dirname, '../programs/query-comunica.mjs'), file, questions, rounds, peers.comunica]);
  const rows = [...rowsOf('packsmith', ours), ...(theirs === undefined ? [] : rowsOf('Comunica', theirs))];
  return {
    title: `Asking ${packs} packs (${packs * 100} statements)`,
    rows,
    baseline: rows[0].name,
    goals: goalsOf({ packs, ours, theirs }),
  };
}

function rowsOf(name, { load, kept, answers, rss }) {
  return [
    { name: `${name}: load`, ...summarize([load]), peakMegabytes: rss },
    ...(kept === undefined ? [] : [{ name: `${name}: open what is kept`, ...summarize([kept]) }]),
    ...QUESTIONS.flatMap((question, index) => [
      { name: `${name}: ${question.name}, first`, ...summarize([answers[index].first]) },
      { name: `${name}: ${question.name}`, ...summarize(answers[index].times) },
    ]),
  ];
}

function goalsOf({ packs, ours, theirs }) {
  const median = ({ answers }, index) => summarize(answers[index].times).median;
  const slowest = Math.max(...QUESTIONS.map((_, index) => median(ours, index)));
  const goals = packs === 100 ? [{ text: 'the slowest warm question over 100 packs', value: slowest, atMost: 50, unit: 'ms' }] : [];
  if (theirs === undefined) return goals;
  for (const [index, question] of QUESTIONS.entries()) {
    const [mine, other] = [ours.answers[index].count, theirs.answers[index].count];
    if (mine !== other) throw new Error(`${question.name}: packsmith gives ${mine} rows, Comunica ${other}`);
    if (question.isJoin)
      goals.push({ text: `${question.name}: packsmith to Comunica`, value: median(ours, index) / median(theirs, index), atMost: 0.1 });
  }
  return goals;
}

function runEngine(args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['--max-old-space-size=6144', ...args.map(String)], {
    encoding: 'utf8',
    timeout: PATIENCE_MILLISECONDS,
    maxBuffer: 1 << 26,
  });
  if (error?.code === 'ETIMEDOUT') {
    console.log(`\nNOT COMPARED: ${args[0]} took longer than ${PATIENCE_MILLISECONDS / 1000} s`);
    return undefined;
  }
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
