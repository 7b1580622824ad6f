import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readWholeTree } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const WEB = {
  id: 'web',
  manifest: '[variables.port]\ntype = "integer"\ndefault = 80\n',
  files: { 'templates/a.txt.jinja': 'port {{ port }}\n', 'templates/b.txt.jinja': 'b {{ port }}\n' },
};

/** A project whose last regeneration left a conflict in a.txt. */
async function setScene() {
  const workshop = makeWorkshop();
  const { work, run, succeed } = workshop;
  writePack(join(work, 'packs', 'web'), WEB);
  await succeed(['generate', 'web', '.', '--into-existing']);
  const write = (path: string, text: string): void => writeFileSync(join(work, path), text);
  write('a.txt', 'port 1\n');
  expect((await run(['regenerate', '--var', 'port=90'])).exitCode).toBe(4);
  return { ...workshop, write };
}

describe('a change that waits', () => {
  it.each(['--continue', '--abort'])('is shown by update %s --dry-run, and nothing is changed', async (option) => {
    const { work, succeed, json, write } = await setScene();
    write('a.txt', 'port 2\n');
    const before = readWholeTree(work);
    const { stdout, stderr } = await succeed(['update', option, '--dry-run']);
    expect(stdout).toMatch(option === '--abort' ? /^update +a\.txt/m : /^update +packsmith\.lock/m);
    expect(stdout).toMatch(/to update, 1 file to delete/);
    expect(stderr).toContain(`next: packs update ${option}\n`);
    const { data, warnings } = await json(['update', option, '--dry-run']);
    expect([data.plan.contents, Object.hasOwn(data, 'transaction')]).toEqual([{}, false]);
    expect(warnings).toEqual(option === '--abort' ? [expect.stringContaining('comes back with `packs undo`: a.txt')] : []);
    expect(readWholeTree(work)).toEqual(before);
    const refused = await json(['update', option, '--diff']);
    expect(refused.error).toMatchObject({ code: 'INVALID_ARGUMENTS', hint: expect.stringContaining(`${option} --dry-run`) });
    expect(readWholeTree(work)).toEqual(before);
  });

  it('goes back with copies of what was edited since, and says so', async () => {
    const { work, succeed } = await setScene();
    appendFileSync(join(work, 'b.txt'), '// mine\n');
    const { stderr } = await succeed(['update', '--abort']);
    expect(stderr).toContain('b.txt in b.txt.bak');
    const { 'b.txt': back, 'b.txt.bak': copy } = readWholeTree(work);
    expect([back?.content, copy?.content]).toEqual(['b 80\n', 'b 90\n// mine\n']);
  });

  it('is told by status, with what to do next', async () => {
    const { succeed, run, write } = await setScene();
    const open = await succeed(['status']);
    expect(open.stdout).toMatch(
      /packs regenerate of web 1\.0\.0, made 20[^ ]+Z, waits to be recorded: 1 of 1 file to settle\nto settle {2}a\.txt/,
    );
    expect(open.stdout).toContain('2 generated files: 1 conflicted\n');
    write('a.txt', 'port 2\n');
    const settled = await succeed(['status']);
    expect(settled.stdout).toContain('everything is settled\nsettled    a.txt\n');
    expect(settled.stderr).toMatch(/next: packs update --continue\n$/);
    expect((await run(['status', '--check'])).stderr).toContain('the last regenerate waits to be recorded');
    expect((await run(['regenerate'])).stderr).toContain('the last regenerate is settled, and waits to be recorded');
  });
});
