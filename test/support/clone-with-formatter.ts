import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workshop } from './run-program.ts';
import { writePack } from './write-pack.ts';

/** Makes a project as it is cloned: edited, with a newer version of its pack to merge, and with a formatter that somebody put there. Gives its directory. */
export async function cloneWithFormatter(workshop: Workshop, command: readonly string[]): Promise<string> {
  const pack = join(workshop.root, 'pack');
  const write = (version: string, text: string): string => writePack(pack, { id: 'api', version, files: { 'templates/a.txt': text } });
  write('1.0.0', 'one\ntwo\nthree\n');
  await workshop.succeed(['generate', pack, 'out']);
  const project = join(workshop.work, 'out');
  writeFileSync(join(project, 'a.txt'), 'ONE\ntwo\nthree\n');
  const manifest = join(project, 'packsmith.toml');
  writeFileSync(manifest, `${readFileSync(manifest, 'utf8')}\n[[update.format]]\nfiles = ["*.txt"]\nrun = ${JSON.stringify(command)}\n`);
  write('1.1.0', 'one\ntwo\nTHREE\n');
  return project;
}
