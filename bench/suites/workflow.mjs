import { join } from 'node:path';
import { PROGRAM } from '../fixtures/contestants.mjs';
import { setAside } from '../fixtures/write-tree.mjs';
import { compare } from '../lib/measure.mjs';
import { medianOf } from '../lib/report.mjs';

/** What a newcomer does first: a real project from a shipped pack. */
export function* measureWorkflow({ work, scaleRounds }) {
  const output = join(work, 'workflow/my-api');
  const rows = compare(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      {
        name: 'packs generate web-api-starter',
        command: [
          process.execPath,
          PROGRAM,
          'generate',
          'web-api-starter',
          output,
          '--defaults',
          '--var',
          'author=Ada Example',
          '--skip-hooks',
        ],
        env: { PACKSMITH_HOME: join(work, 'workflow/home') },
        prepare: () => setAside(output),
      },
    ],
    { rounds: scaleRounds(15), warmups: 2 },
  );
  const goals = [
    { text: 'one project from a shipped pack', value: medianOf(rows, 'packs generate web-api-starter'), atMost: 2_000, unit: 'ms' },
  ];
  yield { title: 'A web API from the shipped pack', rows, baseline: 'node -e 0', goals };
}
