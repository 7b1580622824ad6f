import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Killing } from './killed-program.ts';
import type { Workshop } from './run-program.ts';
import { writePack } from './write-pack.ts';

const TEXT = 'first\nsecond\nthird\nfourth\nfifth\n';
const OLD = {
  'clash.txt': TEXT,
  'merged.txt': TEXT,
  'gone.txt': 'gone\n',
  'old/name.txt': `old name\n${TEXT}`,
  'picture.bin': '\0one',
  'run.sh': 'run\n',
};
const NEW = {
  'clash.txt': TEXT.replace('third', 'THEIRS'),
  'merged.txt': TEXT.replace('fifth', 'FIFTH'),
  'new/name.txt': `old name\n${TEXT}`,
  'added/deep/file.txt': 'added\n',
  'picture.bin': '\0two',
  'run.sh': 'run\n',
};

/** Changes of a project of a few files: an update that leaves conflicts, settling it, taking it back, and undoing. */
export async function makeSmallChanges(workshop: Workshop): Promise<Record<'update' | 'continue' | 'abort' | 'undo', Killing>> {
  const pack = join(workshop.work, 'pack');
  const [edited, pending, settled] = ['edited', 'pending', 'settled'].map((name) => join(workshop.work, name)) as [string, string, string];
  writePack(pack, { id: 'small', files: templates(OLD) });
  await workshop.succeed(['generate', './pack', 'edited']);
  for (const name of ['clash.txt', 'merged.txt']) edit(join(edited, name), 'second', `by hand\nsecond`);
  edit(join(edited, 'clash.txt'), 'third', 'MINE');
  rmSync(pack, { recursive: true });
  writePack(pack, { id: 'small', version: '1.1.0', files: templates(NEW), executable: ['templates/run.sh'] });
  cpSync(edited, pending, { recursive: true });
  const update = await workshop.run(['update'], { cwd: pending });
  expect(update.exitCode, update.stderr).toBe(4);
  cpSync(pending, settled, { recursive: true });
  const clash = join(settled, 'clash.txt');
  writeFileSync(clash, 'settled by hand\n');
  const change = (template: string, args: readonly string[], exitCode = 0): Killing => ({ workshop, template, args, exitCode });
  return {
    update: change(edited, ['update'], 4),
    continue: change(settled, ['update', '--continue']),
    abort: change(settled, ['update', '--abort']),
    undo: change(pending, ['undo']),
  };
}

function templates(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`templates/${path}`, text]));
}

function edit(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}
