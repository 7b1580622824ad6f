import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const HOOK = '[[hooks.post_generate]]\nname = "mark"\nrun = ["touch", "hook-ran"]\n';
const LINES = 'one\ntwo\nthree\nfour\nfive\n';

/** A project of a pack in git, whose branch has moved on; the user edited the first line. */
async function setScene() {
  const workshop = makeWorkshop();
  const repository = new GitRepository(workshop.root, 'packs.git');
  const release = (version: string, last: string): void => {
    const files = { 'templates/list.txt.jinja': `${LINES}${last} {{ now }}\n`, 'templates/same.txt': 'same\n' };
    writePack(repository.work, { id: 'app', version, manifest: HOOK, files });
    repository.commit(version);
  };
  release('1.0.0', 'old');
  const project = join(workshop.work, 'site');
  await workshop.succeed(['generate', `git+file://${encodeURI(repository.bare)}#main`, 'site']);
  const list = join(project, 'list.txt');
  writeFileSync(list, readFileSync(list, 'utf8').replace('one', 'ONE'));
  release('1.1.0', 'new');
  const at = { cwd: project };
  return { ...workshop, repository, project, list, baseline: join(project, '.packsmith', 'baseline.bin'), at };
}

describe('a project without its baseline', () => {
  it('is merged from what the locked commit gives again, and no hook runs for that', async () => {
    const { json, succeed, project, list, baseline, at } = await setScene();
    rmSync(baseline);
    expect((await succeed(['status'], at)).stderr).toContain('.packsmith/baseline.bin is missing');
    expect((await json(['status'], at)).data.baseline).toBe('missing');
    const checked = await json(['status', '--check'], at);
    expect(checked.error).toMatchObject({ code: 'CHECK_FAILED', message: expect.stringContaining('baseline.bin, from which updates') });
    const diff = await json(['status', '--diff'], at);
    expect(diff.data.diff).toContain('-one\n+ONE\n');
    expect(diff.warnings.join()).toContain('BASELINE_RENDERED');
    const updated = await json(['update', '--skip-hooks'], { ...at, home: join(project, '..', 'colleague') });
    expect(updated.data.plan.baseline).toMatchObject({ code: 'BASELINE_RENDERED', state: 'missing', found: 2, without: [] });
    expect(updated.warnings.join()).toMatch(/rendered again from app 1\.0\.0: 2 of 2 files/);
    expect(readFileSync(list, 'utf8')).toMatch(/^ONE\ntwo\nthree\nfour\nfive\nnew \d/);
    expect(existsSync(join(project, 'hook-ran'))).toBe(false);
    expect((await json(['status'], at)).data.baseline).toBe('intact');
  });

  it('says so where the locked commit is gone too, and overwrites nothing', async () => {
    const { json, run, repository, list, baseline, at, root } = await setScene();
    rmSync(baseline);
    for (const path of [repository.bare, repository.work]) rmSync(path, { recursive: true });
    const other = new GitRepository(root, 'packs.git');
    writePack(other.work, {
      id: 'app',
      version: '1.1.0',
      files: { 'templates/list.txt': `${LINES}new\n`, 'templates/same.txt': 'same\n' },
    });
    other.commit('history begins anew');
    const own = readFileSync(list, 'utf8');
    const home = join(root, 'colleague');
    const diff = await json(['status', '--diff'], { ...at, home });
    expect(diff.data.twoWay).toEqual([{ path: 'list.txt', against: 'nothing' }]);
    expect(diff.data.diff).toContain('--- /dev/null\n+++ b/list.txt\n@@ -0,0 +1,6 @@\n+ONE\n+two\n');
    expect(diff.warnings.join()).toContain('list.txt shown whole');
    const planned = await json(['update', '--dry-run'], { ...at, home });
    expect(planned.data.plan.baseline).toMatchObject({ code: 'BASELINE_ABSENT', found: 0, without: ['list.txt', 'same.txt'] });
    const updated = await run(['update'], { ...at, home });
    expect(updated.exitCode).toBe(4);
    expect(updated.stderr).toContain('nothing of yours is overwritten');
    for (const line of own.split('\n')) expect(readFileSync(list, 'utf8')).toContain(line);
    await run(['update', '--abort'], { ...at, home });
    expect(readFileSync(list, 'utf8')).toBe(own);
  });

  it('is compared with what the packs give now where they no longer give the same, and a check fails', async () => {
    const { json, run, succeed, work } = makeWorkshop();
    const pack = (text: string): string => writePack(join(work, 'packs', 'app'), { id: 'app', files: { 'templates/a.txt': text } });
    pack('one\ntwo\n');
    await succeed(['generate', 'app', '.', '--into-existing']);
    rmSync(join(work, '.packsmith', 'baseline.bin'));
    expect((await run(['status', '--check'])).stderr).toContain('baseline.bin, from which updates are merged, is missing');
    pack('one\nTWO\n');
    writeFileSync(join(work, 'a.txt'), 'mine\ntwo\n');
    const { data, warnings } = await json(['status', '--diff']);
    expect(data.twoWay).toEqual([{ path: 'a.txt', against: 'rendered' }]);
    expect(data.diff).toContain('@@ -1,2 +1,2 @@\n-one\n-TWO\n+mine\n+two\n');
    expect(warnings.join()).toContain('a.txt compared with what the locked packs give now');
    rmSync(join(work, 'a.txt'));
    expect((await json(['status', '--diff'])).data.diff).toContain('deleted file mode 100644\n--- a/a.txt\n');
    pack('one\ntwo\n');
    await succeed(['regenerate']);
    await succeed(['status', '--check']);
  });
});
