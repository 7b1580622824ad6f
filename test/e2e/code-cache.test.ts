import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();
const NODE_KEEPS_CODE_ITSELF = 'enableCompileCache' in module;

function makeScene(): Workshop & { readonly codeDirectory: string } {
  const workshop = makeWorkshop();
  writePack(join(workshop.work, 'packs', 'small'), { id: 'small', files: { 'templates/a.txt.jinja': '{{ 1 + 1 }}\n' } });
  return { ...workshop, codeDirectory: join(workshop.home, 'packsmith', 'cache', 'code') };
}

/** Where it is measured what is executed, nothing is kept. */
async function generate(scene: Workshop, directory: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  await scene.succeed(['generate', 'small', directory], { packageRoot: inject('publishedRoot'), env: { NODE_COMPILE_CACHE: '', ...env } });
  return readFileSync(join(scene.work, directory, 'a.txt'), 'utf8');
}

function keptFile(directory: string): string {
  const [name = ''] = readdirSync(directory);
  return join(directory, name);
}

/** What may have happened to the file with the compiled code. */
const DAMAGE: Readonly<Record<string, (file: string) => void>> = {
  'is cut off': (file) => truncateSync(file, 5_000),
  'is empty': (file) => truncateSync(file, 0),
  'has another byte': (file) => writeFileSync(file, changeByte(readFileSync(file), statSync(file).size - 100)),
  'has another key': (file) => writeFileSync(file, changeByte(readFileSync(file), 20)),
  'could be written by others': (file) => chmodSync(file, 0o666),
};

function changeByte(bytes: Buffer, index: number): Buffer {
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes;
}

describe.skipIf(NODE_KEEPS_CODE_ITSELF)('compiled code between runs', () => {
  it('is kept by the first run, for its owner alone, and left as it is by the next one', async () => {
    const scene = makeScene();
    expect(await generate(scene, 'one')).toBe('2\n');
    const file = keptFile(scene.codeDirectory);
    const { mode, mtimeMs } = statSync(file);
    expect(mode & 0o777).toBe(0o600);
    expect(await generate(scene, 'two')).toBe('2\n');
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  it.each(Object.entries(DAMAGE))('is compiled again when what was kept %s', async (_what, damage) => {
    const scene = makeScene();
    await generate(scene, 'one');
    const file = keptFile(scene.codeDirectory);
    const good = readFileSync(file);
    damage(file);
    const { ino } = statSync(file);
    expect(await generate(scene, 'two')).toBe('2\n');
    expect(readFileSync(file).length).toBeGreaterThan(good.length / 2);
    expect(statSync(file).ino).not.toBe(ino);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('costs nothing where it cannot be kept', async () => {
    const scene = makeScene();
    mkdirSync(join(scene.home, 'packsmith', 'cache'), { recursive: true });
    symlinkSync('/nowhere/at/all', scene.codeDirectory);
    expect(await generate(scene, 'one')).toBe('2\n');
    expect(existsSync(scene.codeDirectory)).toBe(false);
  });

  it('is kept where the environment says, as Node does', async () => {
    const scene = makeScene();
    const named = join(scene.root, 'named');
    await generate(scene, 'one', { NODE_COMPILE_CACHE: named });
    expect(readdirSync(join(named, 'code'))).not.toEqual([]);
    expect(existsSync(scene.codeDirectory)).toBe(false);
  });

  it.each([false, true])('is neither read nor kept in a directory in which others write (of a first run: %s)', async (isFirst) => {
    const scene = makeScene();
    const named = join(scene.root, 'named');
    if (isFirst) mkdirSync(join(named, 'code'), { recursive: true });
    else await generate(scene, 'one', { NODE_COMPILE_CACHE: named });
    chmodSync(join(named, 'code'), 0o777);
    const before = readdirSync(join(named, 'code'));
    const inodes = before.map((file) => statSync(join(named, 'code', file)).ino);
    for (const file of before) truncateSync(join(named, 'code', file), 5_000);
    expect(await generate(scene, 'two', { NODE_COMPILE_CACHE: named })).toBe('2\n');
    expect(readdirSync(join(named, 'code'))).toEqual(before);
    expect(before.map((file) => statSync(join(named, 'code', file)).ino)).toEqual(inodes);
  });

  it('is not kept where the environment says so', async () => {
    const scene = makeScene();
    await generate(scene, 'one', { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(existsSync(scene.codeDirectory)).toBe(false);
  });
});
