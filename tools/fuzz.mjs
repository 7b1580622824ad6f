// Runs fuzz targets for some time each, from the stored corpus: `npm run fuzz [-- TARGET…] [--seconds N] [--seed N] [--record]`.
// What breaks a law is written, as small as it got, below node_modules/.cache/fuzz; `--record` adds the runs to docs/registers/fuzzing.json, which
// nothing else writes.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'tsdown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'fuzz');
const register = join(root, 'docs', 'registers', 'fuzzing.json');

/** An input that runs for so long is one that never ends. */
const HANGS_AFTER_SECONDS = 60;
const MAX_MEGABYTES = 1024;
const SHARED_BYTES = 256 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, record: { type: 'boolean', default: false } },
});
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error('--seconds takes a number above 0');

mkdirSync(cache, { recursive: true });
// Paths of the place that the program is run from do not reach its code, so that the same sources have the same digest.
const work = join(cache, 'code');
await build({
  config: false,
  cwd: root,
  entry: { worker: 'test/fuzz/worker.ts', targets: 'test/fuzz/targets.ts' },
  outDir: work,
  deps: { onlyBundle: false },
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
  format: 'esm',
  platform: 'node',
  dts: false,
  clean: true,
  report: false,
  logLevel: 'error',
});
const code = digestOfCode();
const { FUZZ_TARGETS } = await import(pathToFileURL(join(work, 'targets.mjs')).href);
const known = FUZZ_TARGETS.map(({ name }) => name);
const wanted = positionals.length > 0 ? positionals : known;
for (const name of wanted) if (!known.includes(name)) throw new Error(`there is no target ${name}; known are ${known.join(', ')}`);

let failures = 0;
for (const target of wanted) {
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const run = await runTarget(target, seed);
  failures += run.findings.length;
  console.log(
    `${target}: ${run.executions} inputs in ${run.seconds} s, seed ${seed}, ${run.places} places, ${run.kept} new inputs, ${run.findings.length} findings`,
  );
  for (const finding of run.findings) keepFinding(target, finding);
  if (values.record) recordRun(target, seed, run);
}
process.exitCode = failures === 0 ? 0 : 1;

/** Runs one target until its time is over; a thread that hangs or dies is a finding, and another goes on. */
async function runTarget(target, seed) {
  const started = Date.now();
  const total = { executions: 0, kept: 0, places: 0, findings: [] };
  for (let attempt = 0; attempt < 5; attempt++) {
    const left = seconds - (Date.now() - started) / 1000;
    if (attempt > 0 && left < 1) break;
    const { report, lost, executions } = await runWorker(target, seed + attempt, Math.max(1, left));
    total.executions += report?.executions ?? executions;
    if (report !== undefined) {
      total.kept += report.kept.length;
      total.places = report.places;
      total.findings.push(...report.findings);
      break;
    }
    total.findings.push(lost);
  }
  return { ...total, seconds: Math.round((Date.now() - started) / 1000) };
}

function runWorker(target, seed, time) {
  const shared = new SharedArrayBuffer(8 + SHARED_BYTES);
  const counters = new Int32Array(shared, 0, 2);
  const current = () => Uint8Array.from(new Uint8Array(shared, 8, Math.min(SHARED_BYTES, Atomics.load(counters, 1))));
  return new Promise((resolve) => {
    const worker = new Worker(join(work, 'worker.mjs'), {
      workerData: { target, seed, seconds: time, corpus: readCorpus(target), shared },
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES },
    });
    let seen = { count: -1, since: Date.now() };
    const watch = setInterval(() => {
      const count = Atomics.load(counters, 0);
      if (count !== seen.count) seen = { count, since: Date.now() };
      if (Date.now() - seen.since < HANGS_AFTER_SECONDS * 1000) return;
      lose('hangs', `an input ran for more than ${HANGS_AFTER_SECONDS} s`);
    }, 1000);
    const settle = (result) => {
      clearInterval(watch);
      resolve({ ...result, executions: Atomics.load(counters, 0) });
      void worker.terminate();
    };
    const lose = (key, message) => settle({ lost: { key, message, input: current() } });
    worker.on('message', (report) => settle({ report }));
    worker.on('error', (error) => lose('dies', error.stack ?? String(error)));
    worker.on('exit', (exitCode) => lose('dies', `the thread ended with ${exitCode}`));
  });
}

function readCorpus(target) {
  const directory = join(root, 'test', 'fuzz', 'corpus', target);
  return readdirSync(directory)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(directory, name))));
}

function keepFinding(target, { input, key, message }) {
  const directory = join(cache, 'findings', target);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, createHash('sha256').update(key).digest('hex').slice(0, 12));
  writeFileSync(file, input);
  writeFileSync(`${file}.txt`, `${message}\n`);
  console.log(`  ${message.split('\n').slice(0, 4).join('\n  ')}\n  ${input.length} bytes in ${file}`);
}

/** Of everything that a target runs: packsmith's own code, and that of the libraries which are bundled with it. */
function digestOfCode() {
  const hash = createHash('sha256');
  for (const name of readdirSync(work).sort()) hash.update(readFileSync(join(work, name)));
  return hash.digest('hex');
}

/** Adds a run, and states what the target is and what was found before, as they are now. */
function recordRun(name, seed, { executions, seconds: took, places, findings }) {
  const entries = new Map(JSON.parse(readFileSync(register, 'utf8')).map((entry) => [entry.target, entry]));
  const runs = entries.get(name)?.runs ?? [];
  const date = new Date().toISOString().slice(0, 10);
  const run = { date, seconds: took, executions, seed, places, findings: findings.length, node: process.versions.node, code };
  const { subject, laws } = FUZZ_TARGETS.find((target) => target.name === name);
  const found = readdirSync(join(root, 'test', 'fuzz', 'corpus', name)).filter((entry) => entry.startsWith('found-'));
  entries.set(name, { target: name, subject, laws, found: found.sort(), runs: [...runs, run] });
  const sorted = [...entries.values()].sort((one, other) => (one.target < other.target ? -1 : 1));
  writeFileSync(register, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
