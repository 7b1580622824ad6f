import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cookiecutter, packsmithOn } from '../fixtures/contestants.mjs';
import { toText } from '../fixtures/dialects.mjs';
import { projectFiles } from '../fixtures/template-parts.mjs';
import { compare } from '../lib/measure.mjs';
import { ratioOf } from '../lib/report.mjs';

const SIZES = [
  { count: 12, rounds: 15, fasterThanCookiecutter: 5 },
  { count: 1_000, rounds: 9, fasterThanCookiecutter: 10 },
];

/** Generates projects from one and the same cookiecutter template, with packsmith and with cookiecutter. */
export function* measureTemplates({ work, peers, scaleRounds }) {
  if (peers.cookiecutter === undefined) return;
  for (const { count, rounds, fasterThanCookiecutter } of SIZES) {
    const files = projectFiles(count);
    const texts = Object.fromEntries(files.map(({ path, parts }) => [path, toText(parts)]));
    const job = { work: join(work, `templates-${count}`), files, texts };
    const theirs = cookiecutter(job, peers.cookiecutter);
    const template = join(job.work, 'cookiecutter/template');
    const directory = join(job.work, 'packsmith');
    mkdirSync(directory, { recursive: true });
    const ours = packsmithOn({ name: 'packsmith', work: directory, pack: template, texts });
    const rows = compare([ours, theirs], { rounds: scaleRounds(rounds), warmups: 1 });
    const goal = {
      text: `packsmith to cookiecutter on its own template (goal: ${fasterThanCookiecutter} times as fast)`,
      value: ratioOf(rows, 'packsmith', 'cookiecutter'),
      atMost: 1 / fasterThanCookiecutter,
    };
    yield { title: `Generating ${count} files from a cookiecutter template`, rows, baseline: 'packsmith', goals: [goal] };
  }
}
