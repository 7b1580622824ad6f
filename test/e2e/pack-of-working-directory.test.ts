import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

function setScene(manifest = ''): Workshop & { readonly write: (version: string, text: string) => void } {
  const workshop = makeWorkshop();
  const write = (version: string, text: string): void => {
    writePack(join(workshop.work, 'packs', 'tea'), { id: 'tea', version, manifest, files: { 'templates/a.txt': text } });
  };
  write('1.0.0', 'one\n');
  writePack(join(workshop.work, 'packs', 'cup'), { id: 'cup', files: { 'templates/cup.txt': 'cup\n' } });
  return { ...workshop, write };
}

describe('a pack of the packs/ of the working directory', () => {
  it('is found again by a project that is made below it', async () => {
    const { succeed, json, write, work } = setScene();
    await succeed(['generate', 'tea', 'out']);
    const project = join(work, 'out');
    expect(readFileSync(join(project, 'packsmith.toml'), 'utf8')).toContain('tea = "^1.0.0"');
    expect(JSON.parse(readFileSync(join(project, 'packsmith.lock'), 'utf8')).packs[0]).toMatchObject({ source: '../packs/tea' });
    expect((await json(['status', '--check'], { cwd: project })).ok).toBe(true);
    write('1.1.0', 'two\n');
    await succeed(['update'], { cwd: project });
    expect(readFileSync(join(project, 'a.txt'), 'utf8')).toBe('two\n');
    renameSync(work, `${work} 2`);
    writeFileSync(join(`${work} 2`, 'packs', 'tea', 'templates', 'a.txt'), 'three\n');
    await succeed(['update', '--cwd', join(`${work} 2`, 'out')], { cwd: `${work} 2` });
    expect(readFileSync(join(`${work} 2`, 'out', 'a.txt'), 'utf8')).toBe('three\n');
  });

  it('is found by its id where it is the packs/ of the project itself', async () => {
    const { succeed, work } = setScene();
    await succeed(['generate', 'tea', '.', '--into-existing']);
    expect(readFileSync(join(work, 'packsmith.toml'), 'utf8')).toContain('tea = "^1.0.0"');
    await succeed(['update']);
  });

  it('is found again with what it needs, also by status', async () => {
    const { succeed, json, work } = setScene('[dependencies]\ncup = "*"\n');
    await succeed(['generate', 'tea', 'out']);
    const at = { cwd: join(work, 'out') };
    expect((await json(['update'], at)).data.plan.packs).toMatchObject([{ id: 'cup', source: '../packs/cup' }, { id: 'tea' }]);
    await succeed(['status', '--outdated', '--check'], at);
    await succeed(['export', '--format', 'cyclonedx'], at);
  });

  it('gives way to one of the project itself', async () => {
    const { succeed, work } = setScene();
    await succeed(['generate', 'tea', 'out']);
    const project = join(work, 'out');
    writePack(join(project, 'packs', 'tea'), { id: 'tea', version: '1.2.0', files: { 'templates/a.txt': 'of the project\n' } });
    await succeed(['update'], { cwd: project });
    expect(readFileSync(join(project, 'a.txt'), 'utf8')).toBe('of the project\n');
    expect(readFileSync(join(project, 'packsmith.lock'), 'utf8')).not.toContain('../packs');
  });

  it('that is gone is missed, and another pack in its place is not taken for it', async () => {
    const { succeed, json, work } = setScene();
    await succeed(['generate', 'tea', 'out']);
    const at = { cwd: join(work, 'out') };
    renameSync(join(work, 'packs', 'tea'), join(work, 'packs', 'gone'));
    expect((await json(['update'], at)).error?.code).toBe('PACK_NOT_FOUND');
    renameSync(join(work, 'packs', 'cup'), join(work, 'packs', 'tea'));
    expect((await json(['update'], at)).error?.code).toBe('PACK_NOT_FOUND');
  });
});
