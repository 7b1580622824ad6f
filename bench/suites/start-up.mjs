import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM } from '../fixtures/contestants.mjs';
import { packFiles } from '../fixtures/pack.mjs';
import { projectFiles } from '../fixtures/template-parts.mjs';
import { writeTree } from '../fixtures/write-tree.mjs';
import { compare } from '../lib/measure.mjs';
import { ratioOf } from '../lib/report.mjs';

const PACKS = 100;

/** Starts the program for its shortest answers, beside a Node that does nothing. */
export async function* measureStartUp({ work, scaleRounds }) {
  const home = join(work, 'start-up/home');
  const env = { PACKSMITH_HOME: home };
  const cwd = join(work, 'start-up/cwd');
  mkdirSync(cwd, { recursive: true });
  await configurePacks(home, join(work, 'start-up/packs'));
  // The first compiles the index.
  for (let run = 0; run < 2; run++) spawnSync(process.execPath, [PROGRAM, 'list'], { cwd, env: { PATH: process.env.PATH, ...env } });
  const empty = join(import.meta.dirname, '../programs/empty.cjs');
  const rows = compare(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], cwd },
      { name: 'empty script', command: [process.execPath, empty], cwd },
      { name: 'packs --version', command: [process.execPath, PROGRAM, '--version'], cwd, env },
      { name: `packs list (${PACKS} packs)`, command: [process.execPath, PROGRAM, 'list'], cwd, env },
      { name: 'packs --help', command: [process.execPath, PROGRAM, '--help'], cwd, env },
    ],
    { rounds: scaleRounds(40), warmups: 3 },
  );
  const goals = [
    { text: 'packs --version to node -e 0', value: ratioOf(rows, 'packs --version', 'node -e 0'), atMost: 1.2 },
    { text: 'packs list to node -e 0', value: ratioOf(rows, `packs list (${PACKS} packs)`, 'node -e 0'), atMost: 1.3 },
  ];
  yield { title: 'Starting', rows, baseline: 'node -e 0', goals };
}

async function configurePacks(home, directory) {
  for (let n = 0; n < PACKS; n++) {
    const id = `pack-${String(n).padStart(3, '0')}`;
    writeTree(join(directory, id), packFiles({ id, files: projectFiles(3, n * 3) }));
  }
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'config.toml'), `format = 1\n\n[repositories]\ndirectories = [${JSON.stringify(directory)}]\n`);
  // A file that is newer than two seconds could change again unseen, so an index of it is not trusted.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
}
