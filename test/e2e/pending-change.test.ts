import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readTexts, readWholeTree } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const WEB = {
  id: 'web',
  manifest: '[variables.port]\ntype = "integer"\ndefault = 80\n',
  files: { 'templates/a.txt.jinja': 'port {{ port }}\n', 'templates/b.txt.jinja': 'b {{ port }}\n' },
};

const setup = (stage: string): string => `\n[[hooks.${stage}]]\nname = "set up"\nrun = ["sh", "-c", "echo made > made.txt"]\n`;
const RAN = 'commands ran with the change, and what they did is not taken back: "set up" of web (`sh -c \'echo made > made.txt\'`)';

/** A project whose last regeneration left a conflict in a.txt. */
async function setScene(manifest = WEB.manifest) {
  const workshop = makeWorkshop();
  const { work, run, succeed } = workshop;
  writePack(join(work, 'packs', 'web'), { ...WEB, manifest });
  await succeed(['generate', 'web', '.', '--into-existing']);
  const write = (path: string, text: string): void => writeFileSync(join(work, path), text);
  write('a.txt', 'port 1\n');
  expect((await run(['regenerate', '--var', 'port=90', '--trust'])).exitCode).toBe(4);
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
    expect(warnings).toEqual(
      option === '--abort'
        ? [expect.stringContaining('comes back where the abort is taken back, which `packs undo --list` names: a.txt')]
        : [],
    );
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

describe('a change whose commands ran', () => {
  it('says which, when it is aborted, and keeps what they did', async () => {
    const { work, json } = await setScene(`${WEB.manifest}${setup('post_generate')}`);
    for (const more of [['--dry-run'], []]) expect((await json(['update', '--abort', ...more])).warnings).toEqual([RAN]);
    expect(readWholeTree(work)['made.txt']?.content).toBe('made\n');
  });

  it('says which, when it is undone and listed, and when what they left is in the way', async () => {
    const { work, json, succeed, run } = makeWorkshop();
    writePack(join(work, 'packs', 'web'), { ...WEB, manifest: `${WEB.manifest}${setup('pre_generate')}${setup('post_generate')}` });
    await succeed(['generate', 'web', 'api', '--trust']);
    const api = { cwd: join(work, 'api') };
    const { data } = await json(['undo', '--list'], api);
    expect(data.changes[0].commands.map(({ name }: { name: string }) => name)).toEqual(['set up', 'set up']);
    const { stdout } = await succeed(['undo', data.changes[0].id, '--list'], api);
    expect(stdout).toContain(`  ran      sh -c 'echo made > made.txt'  "set up" of web, not taken back\n`);
    expect((await json(['undo'], api)).warnings).toEqual([expect.stringContaining('"set up" of web (`sh -c')]);
    expect(readTexts(join(work, 'api'))).toEqual({ 'made.txt': 'made\n' });
    const again = await json(['generate', 'web', 'api', '--trust']);
    expect(again.error).toMatchObject({ code: 'PROJECT_IN_THE_WAY', hint: expect.stringContaining('left of commands that ran here') });
    expect(again.error?.hint).toContain('"set up" of web (`sh -c');
    writeFileSync(join(work, 'packs', 'other.txt'), '');
    expect((await run(['generate', 'web', 'packs'])).stderr).not.toContain('left of commands');
  });

  it('names those that are left to run by hand where one fails', async () => {
    const { work, json } = makeWorkshop();
    const failing = '\n[[hooks.post_generate]]\nname = "fail"\nrun = ["sh", "-c", "exit 3"]\n';
    writePack(join(work, 'packs', 'web'), { ...WEB, manifest: `${WEB.manifest}${failing}${setup('post_generate')}` });
    const { error } = await json(['generate', 'web', 'api', '--trust']);
    const lines = "run `sh -c 'exit 3'`, then `sh -c 'echo made > made.txt'` in it by hand";
    expect(error).toMatchObject({ code: 'HOOK_FAILED', hint: expect.stringContaining(lines) });
    const { data } = await json(['undo', '--list'], { cwd: join(work, 'api') });
    expect(data.changes[0].commands).toEqual([{ pack: 'web', name: 'fail', run: ['sh', '-c', 'exit 3'] }]);
  });
});
