import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { makeTagged } from './tagged-template.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

/** What every version has, one line alone being its own. */
const textOf = (version: number): string =>
  `shop\n\nA first line that stays.\nA second one.\n\nversion ${version}\n\nA third line.\nA fourth.\n\nthe end\n`;

const COOKIECUTTER = (version: number) => ({
  'cookiecutter.json': '{ "name": "shop" }',
  '{{cookiecutter.name}}/readme.txt': textOf(version).replace('shop', '{{ cookiecutter.name }}'),
});

/** Of a pack of our own the manifest says the version, whatever the tag is called. */
const NATIVE = (version: number) => ({
  'pack.toml': `format = 1\n\n[pack]\nid = "shop"\nversion = "${version}.0.0"\ndescription = "A shop"\n`,
  'templates/readme.txt': textOf(version),
});

/** A project without any record, made from the first version and edited since. */
function setScene(filesOf: (version: number) => Readonly<Record<string, string>>) {
  const { root, home } = makeWorkshop();
  const versions = Object.fromEntries([1, 2, 3].map((version) => [`v${version}.0.0`, filesOf(version)]));
  const address = makeTagged(root, 'things.git', versions, []);
  const project = join(root, 'shop');
  mkdirSync(project);
  const file = join(project, 'readme.txt');
  writeFileSync(file, textOf(1).replace('the end', 'my end'));
  const packs = async (...args: readonly string[]): Promise<string> => {
    const end = await runWithShipped(args, { cwd: project, home });
    expect(end.exitCode, end.stdout + end.stderr).toBe(0);
    return end.stdout + end.stderr;
  };
  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  return { address, packs, read };
}

describe('a project without records whose template is in git', () => {
  it.each([
    ['cookiecutter', COOKIECUTTER],
    ['packsmith', NATIVE],
  ])('is adopted at the release of %s that it was made from, and follows the repository from there', async (_tool, filesOf) => {
    const { address, packs, read } = setScene(filesOf);
    expect(await packs('adopt', address)).toMatch(/1\.0\.0/);
    expect(read('packsmith.lock')).toContain('"version":"1.0.0"');
    expect(read('packsmith.toml')).toContain(`source = "${address}"`);
    expect(await packs('status')).toContain('edited');
    await packs('update', '--defaults');
    expect(read('readme.txt')).toBe(textOf(3).replace('the end', 'my end'));
    expect(read('packsmith.lock')).toContain('"version":"3.0.0"');
  });

  it('compares as many versions as it is told, the newest ones', async () => {
    const { address, packs, read } = setScene(COOKIECUTTER);
    expect(await packs('adopt', address, '--versions', '2')).toMatch(/3\.0\.0/);
    expect(read('packsmith.lock')).toContain('"version":"3.0.0"');
  });

  it('is adopted at the revision that is named, and no other', async () => {
    const { address, packs, read } = setScene(COOKIECUTTER);
    await packs('adopt', `${address}#v2.0.0`);
    expect(read('packsmith.lock')).toContain('"version":"2.0.0"');
  });
});
