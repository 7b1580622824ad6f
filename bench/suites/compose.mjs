import { join } from 'node:path';
import { packsmithOn } from '../fixtures/contestants.mjs';
import { toText } from '../fixtures/dialects.mjs';
import { packFiles } from '../fixtures/pack.mjs';
import { ANSWERS, projectFiles } from '../fixtures/template-parts.mjs';
import { writeTree } from '../fixtures/write-tree.mjs';
import { compare } from '../lib/measure.mjs';
import { ratioOf } from '../lib/report.mjs';

const FILES = 1_000;
const SHARED = 3;

/** Puts packs together that share three files to merge, against one pack that has all the files already. */
export function* measureCompose({ work, scaleRounds }) {
  for (const count of [2, 5, 10]) {
    const directory = join(work, `compose-${count}`);
    const files = Array.from({ length: count }, (_, n) => projectFiles(FILES - SHARED, n * FILES));
    const texts = Object.fromEntries(files.flat().map(({ path, parts }) => [path, toText(parts)]));
    const [composed, single] = [join(directory, 'composed'), join(directory, 'single')];
    for (const [n, own] of files.entries()) {
      writeTree(join(composed, 'packs', `part-${n}`), packFiles({ id: `part-${n}`, files: own, plain: sharedFiles([n]) }));
    }
    const dependencies = files.map((_, n) => `part-${n}`);
    writeTree(join(composed, 'packs/whole'), packFiles({ id: 'whole', files: [], dependencies }));
    writeTree(join(single, 'packs/whole'), packFiles({ id: 'whole', files: files.flat(), plain: sharedFiles(files.keys()) }));
    const contestants = [
      packsmithOn({ name: 'one pack', work: single, pack: 'whole', texts }),
      packsmithOn({ name: `${count} packs`, work: composed, pack: 'whole', texts }),
    ];
    const rows = compare(contestants, { rounds: scaleRounds(5), warmups: 1 });
    const goals = [
      { text: 'composing to generating the same files from one pack', value: ratioOf(rows, `${count} packs`, 'one pack'), atMost: 2 },
    ];
    yield { title: `Composing ${count} packs of ${FILES} files`, rows, baseline: 'one pack', goals };
  }
}

/** Files that every pack writes and that are merged: JSON by key, lines as a set, Markdown by section. */
function sharedFiles(numbers) {
  const all = [...numbers];
  const settings = { name: ANSWERS.project_name, parts: Object.fromEntries(all.map((n) => [`part-${n}`, { order: n, enabled: true }])) };
  return {
    'settings.json': `${JSON.stringify(settings, undefined, 2)}\n`,
    '.gitignore': ['node_modules/', ...all.map((n) => `/build-${n}/`), ''].join('\n'),
    'README.md': [`# ${ANSWERS.project_name}\n`, ...all.map((n) => `## Part ${n}\n\nWhat part ${n} adds to the project.\n`)].join('\n'),
  };
}
