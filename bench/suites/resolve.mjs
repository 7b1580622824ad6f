import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildProgram } from '../lib/build-program.mjs';
import { summarize } from '../lib/statistics.mjs';

/** 100, 1 000 and 10 000 versions in all, and 100 packs. */
const UNIVERSES = [
  { packs: 10, versionsOfEach: 10, rounds: 50 },
  { packs: 50, versionsOfEach: 20, rounds: 50 },
  { packs: 100, versionsOfEach: 10, rounds: 50 },
  { packs: 100, versionsOfEach: 100, rounds: 20 },
];

/** Times the search itself, in one process, with the facts cached. The first round is listed apart: nothing is compiled then. */
export async function* measureResolve({ work, scaleRounds }) {
  const program = await buildProgram('resolve', join(work, 'resolve'));
  const rows = UNIVERSES.flatMap(({ packs, versionsOfEach, rounds }) => {
    const args = [program, packs, versionsOfEach, scaleRounds(rounds)].map(String);
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const [first, ...others] = JSON.parse(stdout).milliseconds;
    const name = `${packs} packs, ${packs * versionsOfEach} versions`;
    return [
      { name, ...summarize(others) },
      { name: `${name}, first round`, ...summarize([first]) },
    ];
  });
  const goals = rows
    .filter(({ name }) => name.startsWith('100 packs'))
    .map(({ name, median }) => ({ text: name, value: median, atMost: 100, unit: 'ms' }));
  yield { title: 'Resolving', rows, baseline: rows[0].name, goals };
}
