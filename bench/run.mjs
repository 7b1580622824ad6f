// Measures packsmith beside the programs that do the same: `npm run bench [-- [--quick] [--keep] [suite …]]`. Build first.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROGRAM } from './fixtures/contestants.mjs';
import { describeMachine } from './lib/machine.mjs';
import { formatComparison, formatMarkdown } from './lib/report.mjs';
import { findPeers } from './peers/find-peers.mjs';
import { measureCompose } from './suites/compose.mjs';
import { measureGenerate } from './suites/generate.mjs';
import { measureInstall } from './suites/install.mjs';
import { measureQuery } from './suites/query.mjs';
import { measureResolve } from './suites/resolve.mjs';
import { measureStartUp } from './suites/start-up.mjs';
import { measureTemplates } from './suites/templates.mjs';
import { measureUpdate } from './suites/update.mjs';
import { measureWorkflow } from './suites/workflow.mjs';

const SUITES = {
  'start-up': measureStartUp,
  generate: measureGenerate,
  templates: measureTemplates,
  workflow: measureWorkflow,
  compose: measureCompose,
  update: measureUpdate,
  resolve: measureResolve,
  query: measureQuery,
  install: measureInstall,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});
const names = positionals.length === 0 ? Object.keys(SUITES) : positionals;
const unknown = names.filter((name) => !(name in SUITES));
if (unknown.length > 0) fail(`there is no suite ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}`);
if (!existsSync(join(PROGRAM, '../../dist/cli/program.cjs'))) fail('build first: npm run build');

const work = mkdtempSync(join(tmpdir(), 'packsmith-bench-'));
try {
  await runSuites();
} finally {
  if (!values.keep) rmSync(work, { recursive: true, force: true });
}

async function runSuites() {
  const peers = findPeers(join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'packsmith-bench'));
  const machine = describeMachine();
  console.log(`${machine.platform}, ${machine.processors} processors, ${machine.memoryGigabytes} GB, Node ${machine.node}`);
  for (const reason of peers.missing) console.log(`\nNOT COMPARED: ${reason}`);
  const comparisons = [];
  // A third of the rounds, to try a change.
  const scaleRounds = (rounds) => (values.quick ? Math.ceil(rounds / 3) : rounds);
  for (const name of names) {
    for await (const comparison of SUITES[name]({ work, peers, scaleRounds })) {
      comparisons.push(comparison);
      console.log(formatComparison(comparison));
    }
  }
  save({ machine, peers: peers.versions, missing: peers.missing, comparisons });
}

function save(results) {
  const directory = join(import.meta.dirname, 'results');
  mkdirSync(directory, { recursive: true });
  const stem = join(directory, new Date().toISOString().replace(/[:.]/g, '-'));
  writeFileSync(`${stem}.json`, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(`${stem}.md`, results.comparisons.map(formatMarkdown).join('\n'));
  console.log(`\nwritten to ${stem}.json and .md`);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
