import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readTexts } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** A project with a pack of its own in `packs/`, and a directory inside it. */
async function setScene() {
  const workshop = makeWorkshop();
  const project = join(workshop.work, 'project');
  const inside = join(project, 'src', 'deep');
  const manifest = '[variables.greeting]\ntype = "string"\ndefault = "hello"';
  writePack(join(project, 'packs', 'small'), { id: 'small', manifest, files: { 'templates/src/a.txt.jinja': '{{ greeting }}\n' } });
  writePack(join(inside, 'local'), { id: 'local', files: { 'templates/local.txt': 'local\n' } });
  mkdirSync(inside, { recursive: true });
  await workshop.succeed(['generate', 'small', '.', '--into-existing'], { cwd: project });
  return { ...workshop, project, inside };
}

describe('in a directory of a project', () => {
  it('finds the project', async () => {
    const { inside, succeed } = await setScene();
    expect((await succeed(['status'], { cwd: inside })).stdout).toContain('all as generated');
    expect((await succeed(['undo', '--list'], { cwd: inside })).stdout).toContain('generate');
  });

  it('explains a path that is relative to the directory', async () => {
    const { inside, succeed } = await setScene();
    expect((await succeed(['explain', '../a.txt'], { cwd: inside })).stdout).toMatch(/^src\/a\.txt\n/);
  });

  it('changes the project with packs that are seen from the project, and references that are seen from the directory', async () => {
    const { inside, project, succeed } = await setScene();
    await succeed(['regenerate', '--var', 'greeting=hi'], { cwd: inside });
    await succeed(['add', './local'], { cwd: inside });
    expect(readTexts(project)).toMatchObject({ 'src/a.txt': 'hi\n', 'local.txt': 'local\n' });
    await succeed(['undo'], { cwd: inside });
    expect(readTexts(project)).not.toHaveProperty('local.txt');
  });
});
