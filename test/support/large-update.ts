import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Killing } from './killed-program.ts';
import type { Workshop } from './run-program.ts';
import { writePack } from './write-pack.ts';

const LINES = Array.from({ length: 12 }, (_, line) => `line ${line} of a file that has some`);

/**
 * A project of so many files that its pack's next version changes all of: most in their text, some in their bits, their names, or from file to
 * directory and back; some go and some come. Every tenth file was edited by its user, one was moved, one deleted, and two are the user's own.
 */
export async function makeLargeUpdate(workshop: Workshop, files: number): Promise<Killing> {
  const pack = join(workshop.work, 'pack');
  const template = join(workshop.work, 'template');
  writePack(pack, { id: 'large', files: packFiles(files, 1) });
  await workshop.succeed(['generate', './pack', 'template']);
  editByHand(template, files);
  rmSync(pack, { recursive: true });
  const executable = Array.from({ length: files }, (_, n) => n).flatMap((n) => (n % 25 === 4 ? [`templates/${pathOf(n, 2)}`] : []));
  writePack(pack, { id: 'large', version: '1.1.0', files: packFiles(files, 2), executable });
  return { workshop, template, args: ['update'] };
}

function packFiles(files: number, version: 1 | 2): Record<string, string | Uint8Array> {
  const numbers = Array.from({ length: files }, (_, n) => n);
  const wanted = numbers.filter((n) => (version === 1 ? n % 50 !== 7 : n % 50 !== 8));
  return Object.fromEntries(wanted.map((n) => [`templates/${pathOf(n, version)}`, contentOf(n, version)]));
}

/** Every thirtieth file is renamed; of a hundred, one becomes a directory and one a file. */
function pathOf(n: number, version: 1 | 2): string {
  const directory = `d${n % 20}/e${n % 3}`;
  if (n % 100 === 21) return version === 1 ? `${directory}/x${n}` : `${directory}/x${n}/inner`;
  if (n % 100 === 22) return version === 1 ? `${directory}/x${n}/inner` : `${directory}/x${n}`;
  return n % 30 === 9 && version === 2 ? `new/${directory}/f${n}.txt` : `${directory}/f${n}.txt`;
}

function contentOf(n: number, version: 1 | 2): string | Uint8Array {
  if (n % 40 === 3) return Uint8Array.of(0, n % 256, n >> 8, version, 255);
  return `${[`file ${n}`, ...LINES, `version ${version}`].join(n % 20 === 5 ? '\r\n' : '\n')}\n`;
}

function editByHand(project: string, files: number): void {
  for (let n = 0; n < files; n += 10) {
    const file = join(project, pathOf(n, 1));
    writeFileSync(file, readFileSync(file, 'utf8').replace('line 2', 'by hand: line 2'));
  }
  writeFileSync(join(project, 'mine.txt'), 'mine\n');
  mkdirSync(join(project, 'empty'));
  const [moved, deleted, changed] = [pathOf(1, 1), pathOf(2, 1), pathOf(11, 1)].map((path) => join(project, path));
  renameSync(String(moved), join(project, 'moved.txt'));
  rmSync(String(deleted));
  chmodSync(String(changed), 0o700);
}
