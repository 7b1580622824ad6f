import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM } from '../fixtures/contestants.mjs';
import { writeRegistry } from '../fixtures/registry.mjs';
import { setAside } from '../fixtures/write-tree.mjs';
import { compare } from '../lib/measure.mjs';
import { medianOf, ratioOf } from '../lib/report.mjs';

const PACKS = 50;

/** Installs one pack that needs 49 others, beside `npm install` of the same archives from the same server. */
export async function* measureInstall({ work: parent, scaleRounds }) {
  const work = join(parent, 'install');
  const registry = join(work, 'registry');
  mkdirSync(registry, { recursive: true });
  const [root] = await writeRegistry(join(work, 'packages'), registry, PACKS);
  const server = spawn(process.execPath, [join(import.meta.dirname, '../programs/registry-server.mjs'), registry], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [address] = await once(server.stdout, 'data');
    const job = { work, root, address: String(address).trim() };
    yield measureCold(job, scaleRounds(15));
    yield measureWarm(job, scaleRounds(15));
  } finally {
    server.kill();
  }
}

function measureCold(job, rounds) {
  const ours = packs({ ...job, name: 'packs install', home: 'cold' });
  const theirs = npm({ ...job, name: 'npm install', home: 'cold' });
  const rows = compare(
    [
      { ...ours, prepare: () => ours.reset('.') },
      { ...theirs, prepare: () => theirs.reset('project', 'cache') },
    ],
    { rounds, warmups: 1 },
  );
  const goals = [
    { text: 'packs install to npm install (goal: 2 times as fast)', value: ratioOf(rows, 'packs install', 'npm install'), atMost: 0.5 },
  ];
  return { title: `Installing ${PACKS} packs, nothing at hand`, rows, baseline: 'npm install', goals };
}

/** Downloads are at hand; then the unpacked content too; then there is nothing to do. */
function measureWarm(job, rounds) {
  const ours = packs({ ...job, name: 'packs install', home: 'warm' });
  const theirs = npm({ ...job, name: 'npm install', home: 'warm' });
  const named = (contestant, what, ...reset) => ({
    ...contestant,
    name: `${contestant.name}, ${what}`,
    prepare: () => contestant.reset(...reset),
  });
  ours.reset('.');
  const rows = compare(
    [
      named(ours, 'downloaded', 'store', 'installed', 'state'),
      named(ours, 'in the store', 'installed', 'state'),
      named(ours, 'installed'),
      named(theirs, 'downloaded', 'project'),
      named(theirs, 'installed'),
    ],
    { rounds, warmups: 1 },
  );
  const median = (what) => medianOf(rows, `packs install, ${what}`);
  const goals = ['downloaded', 'in the store', 'installed'].map((what) => ({
    text: `packs install, ${what}`,
    value: median(what),
    atMost: 300,
    unit: 'ms',
  }));
  return { title: `Installing ${PACKS} packs again`, rows, baseline: 'npm install, downloaded', goals };
}

function packs({ work, root, address, name, home: state }) {
  const home = join(work, 'packs', state);
  const cwd = join(work, 'packs');
  mkdirSync(cwd, { recursive: true });
  return {
    name,
    command: [process.execPath, PROGRAM, 'install', root],
    cwd,
    env: { PACKSMITH_HOME: home },
    reset: (...parts) => {
      for (const part of parts) setAside(join(home, part));
      mkdirSync(home, { recursive: true });
      const config = `format = 1\n\n[registries.bench]\ntype = "npm"\nurl = ${JSON.stringify(address)}\n`;
      if (!existsSync(join(home, 'config.toml'))) writeFileSync(join(home, 'config.toml'), config);
    },
    verify: () => {
      const { packs: installed } = JSON.parse(readFileSync(join(home, 'installed/installed.lock'), 'utf8'));
      if (installed.length !== PACKS) throw new Error(`${installed.length} of ${PACKS} packs are installed`);
    },
  };
}

function npm({ work, root, address, name, home: state }) {
  const home = join(work, 'npm', state);
  const project = join(home, 'project');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-update-notifier', '--loglevel=error'];
  const write = () => {
    mkdirSync(project, { recursive: true });
    const file = join(project, 'package.json');
    if (!existsSync(file))
      writeFileSync(file, JSON.stringify({ name: 'bench-project', version: '1.0.0', dependencies: { [root]: '^1.0.0' } }));
  };
  write();
  return {
    name,
    command: ['npm', 'install', ...options, '--registry', address, '--cache', join(home, 'cache')],
    cwd: project,
    env: { HOME: home },
    reset: (...parts) => {
      for (const part of parts) setAside(join(home, part));
      write();
    },
    verify: () => {
      const count = readdirSync(join(project, 'node_modules')).filter((entry) => !entry.startsWith('.')).length;
      if (count !== PACKS) throw new Error(`${count} of ${PACKS} packages are installed`);
    },
  };
}
