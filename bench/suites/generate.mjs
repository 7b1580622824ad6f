import { join } from 'node:path';
import { bareScript, cookiecutter, hygen, packsmith, plop } from '../fixtures/contestants.mjs';
import { toText } from '../fixtures/dialects.mjs';
import { projectFiles } from '../fixtures/template-parts.mjs';
import { compare } from '../lib/measure.mjs';
import { ratioOf } from '../lib/report.mjs';

const SIZES = [
  { count: 12, rounds: 15, fasterThanPeers: 2 },
  { count: 1_000, rounds: 9, fasterThanPeers: 3 },
  { count: 5_000, rounds: 5, fasterThanPeers: 5 },
];

/** Generates projects of several sizes with packsmith, a bare script and every peer that is there. */
export function* measureGenerate({ work, peers, scaleRounds }) {
  for (const { count, rounds, fasterThanPeers } of SIZES) {
    const files = projectFiles(count);
    const texts = Object.fromEntries(files.map(({ path, parts }) => [path, toText(parts)]));
    const job = { work: join(work, `generate-${count}`), files, texts };
    const contestants = [
      packsmith(job),
      bareScript(job),
      ...(peers.plop === undefined ? [] : [plop(job, peers.plop)]),
      ...(peers.hygen === undefined ? [] : [hygen(job, peers.hygen)]),
      ...(peers.cookiecutter === undefined ? [] : [cookiecutter(job, peers.cookiecutter)]),
    ];
    const rows = compare(contestants, { rounds: scaleRounds(rounds), warmups: 1 });
    yield { title: `Generating ${count} files`, rows, baseline: 'packsmith', goals: goalsOf(rows, { count, fasterThanPeers }) };
  }
}

function goalsOf(rows, { count, fasterThanPeers }) {
  const others = rows.map(({ name }) => name).filter((name) => name !== 'packsmith' && name !== 'bare Node script');
  const memory = rows.find(({ name }) => name === 'packsmith').peakMegabytes;
  return [
    ...(others.length === 0
      ? []
      : [
          {
            text: `packsmith to the fastest peer (goal: ${fasterThanPeers} times as fast)`,
            value: ratioOf(rows, 'packsmith', ...others),
            atMost: 1 / fasterThanPeers,
          },
        ]),
    ...(count >= 5_000 ? [{ text: 'packsmith to the bare script', value: ratioOf(rows, 'packsmith', 'bare Node script'), atMost: 2 }] : []),
    { text: 'peak memory', value: memory, atMost: 250, unit: 'MB' },
  ];
}
