import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { makeWorkshops, readTexts } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const LINES = 'one\ntwo\nthree\nfour\nfive\n';
const PORT = '[variables.port]\ntype = "integer"\ndefault = 3000\n';

function setScene() {
  const workshop = makeWorkshop();
  const project = join(workshop.work, 'site');
  const at = { cwd: project };
  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  const write = (path: string, text: string): void => writeFileSync(join(project, path), text);
  const pack = (version: string, last: string, id = 'web') => ({
    id,
    version,
    manifest: PORT,
    files: { 'templates/list.txt.jinja': `${LINES}${last} {{ port }}\n` },
  });
  return { ...workshop, project, at, read, write, pack };
}

describe('update --source', () => {
  it('follows a pack to another repository; lock and manifest follow, comments and edits stay', async () => {
    const { succeed, json, root, work, project, at, read, write, pack } = setScene();
    const [old, fork] = ['old.git', 'fork.git'].map((name) => new GitRepository(root, name)) as [GitRepository, GitRepository];
    writePack(old.work, pack('1.0.0', 'old'));
    old.commit('first', 'v1');
    writePack(fork.work, pack('1.1.0', 'new'));
    const commit = fork.commit('the fork', 'v2');
    const address = (repository: GitRepository, ref: string): string => `git+file://${encodeURI(repository.bare)}#${ref}`;
    await succeed(['generate', address(old, 'v1'), 'site', '--var', 'port=8080'], { cwd: work });
    rmSync(old.bare, { recursive: true });
    write('packsmith.toml', read('packsmith.toml').replace('#v1" }', '#v1" } # where we get it'));
    write('list.txt', read('list.txt').replace('one', 'ONE'));
    const before = readTexts(project);
    const planned = await succeed(['update', 'web', '--source', address(fork, 'v2'), '--dry-run'], at);
    expect(planned.stderr).toContain('packs update web --source');
    expect(readTexts(project)).toEqual(before);
    await succeed(['update', '--source', address(fork, 'v2')], at);
    expect(read('list.txt')).toBe(`${LINES.replace('one', 'ONE')}new 8080\n`);
    expect(read('packsmith.toml')).toContain(`web = { source = "${address(fork, 'v2')}" } # where we get it`);
    const [locked] = JSON.parse(read('packsmith.lock')).packs;
    expect(locked).toMatchObject({ id: 'web', version: '1.1.0', source: expect.stringContaining(`fork.git#${commit}`) });
    expect((await json(['update'], at)).data.plan.paths.every(({ action }: { action: string }) => action === 'keep')).toBe(true);
    await succeed(['undo'], at);
    expect(readTexts(project)).toEqual(before);
  });

  it('lets another pack continue one, with its answers and migrations', async () => {
    const { succeed, run, project, at, read, write, pack, work } = setScene();
    writePack(join(work, 'packs', 'web'), pack('1.0.0', 'old'));
    await succeed(['generate', 'web', 'site', '--var', 'port=8080']);
    writePack(join(project, 'packs', 'site-kit'), {
      id: 'site-kit',
      version: '2.0.0',
      manifest: `${PORT.replace('port', 'listen_on')}\n[[migrations]]\nfrom = "<2.0.0"\nto = ">=2.0.0"\nrename_variables = { port = "listen_on" }\n`,
      files: { 'templates/list.txt.jinja': `${LINES}new {{ listen_on }}\n` },
    });
    write('packsmith.toml', read('packsmith.toml').replace('web = "^1.0.0"', '# our pack\nweb = "^1.0.0" # pinned'));
    write('list.txt', read('list.txt').replace('one', 'ONE'));
    await succeed(['update', 'web', '--source', 'site-kit'], at);
    expect(read('list.txt')).toBe(`${LINES.replace('one', 'ONE')}new 8080\n`);
    expect(read('packsmith.toml')).toContain('# our pack\nsite-kit = "^2.0.0" # pinned');
    expect(read('packsmith.toml')).toContain('listen_on = 8080');
    const lock = JSON.parse(read('packsmith.lock'));
    expect(lock.packs.map(({ id }: { id: string }) => id)).toEqual(['site-kit']);
    expect(lock.files).toMatchObject([{ path: 'list.txt', packs: ['site-kit'] }]);
    expect((await run(['status'], at)).stdout).toContain('site-kit 2.0.0');
  });

  it('asks which pack moved where that is not clear, and refuses one that is there already', async () => {
    const { succeed, json, project, at, pack, work } = setScene();
    writePack(join(work, 'packs', 'web'), pack('1.0.0', 'old'));
    writePack(join(work, 'packs', 'ops'), { id: 'ops', files: { 'templates/ops.txt': 'ops\n' } });
    await succeed(['compose', 'web', 'ops', '--output', 'site']);
    for (const id of ['web', 'third']) writePack(join(project, 'packs', id), pack('1.0.0', 'old', id));
    writePack(join(project, 'packs', 'ops'), { id: 'ops', files: { 'templates/ops.txt': 'ops\n' } });
    expect((await json(['update', '--source', 'third'], at)).error).toMatchObject({
      code: 'INVALID_ARGUMENTS',
      message: expect.stringContaining('web, ops'),
    });
    expect((await json(['update', 'ops', '--source', 'web'], at)).error?.code).toBe('PACK_ALREADY_THERE');
    expect((await json(['update', 'third', '--source', 'web'], at)).error?.code).toBe('PACK_NOT_IN_PROJECT');
    expect((await json(['update', 'web', '--source', './packs/web', '--to', '2.0.0'], at)).error?.code).toBe('INVALID_ARGUMENTS');
  });
});

describe('update to older versions, and of several packs', () => {
  it('goes back like forwards, and says what does not', async () => {
    const { succeed, json, project, at, read, write, pack, work } = setScene();
    writePack(join(work, 'packs', 'web'), pack('1.1.0', 'new'));
    await succeed(['generate', 'web', 'site']);
    writePack(join(project, 'packs', 'web'), pack('1.0.0', 'old'));
    write('list.txt', read('list.txt').replace('one', 'ONE'));
    const back = await json(['update', 'web', '--to', '1.0.0'], at);
    expect(back.warnings.join()).toContain('web goes back from 1.1.0 to 1.0.0: migrations are not reversed');
    expect(read('list.txt')).toBe(`${LINES.replace('one', 'ONE')}old 3000\n`);
    expect(read('packsmith.toml')).toContain('web = "^1.0.0"');
  });

  it('updates three packs in one change, which one undo takes back', async () => {
    const { succeed, json, project, at, read, write, work } = setScene();
    const release = (below: string, version: string, last: string): void => {
      for (const id of ['a', 'b', 'c'])
        writePack(join(below, 'packs', id), {
          id,
          version,
          files: { [`templates/${id}.txt`]: `${LINES}${last}\n`, 'templates/.gitignore': `${id}-${last}/\n${id}/\n` },
        });
    };
    release(work, '1.0.0', 'old');
    await succeed(['compose', 'a', 'b', 'c', '--output', 'site']);
    release(project, '1.1.0', 'new');
    for (const id of ['a', 'b']) write(`${id}.txt`, read(`${id}.txt`).replace('one', 'ONE'));
    write('.gitignore', `${read('.gitignore')}mine/\n`);
    const before = readTexts(project);
    const two = await json(['update', 'a', 'b'], at);
    expect(two.data.plan.packs.map(({ version }: { version: string }) => version)).toEqual(['1.1.0', '1.1.0', '1.1.0']);
    await succeed(['undo'], at);
    await succeed(['update'], at);
    expect(read('a.txt')).toBe(`${LINES.replace('one', 'ONE')}new\n`);
    expect(read('c.txt')).toBe(`${LINES}new\n`);
    expect(read('.gitignore').trim().split('\n').sort()).toEqual(['a-new/', 'a/', 'b-new/', 'b/', 'c-new/', 'c/', 'mine/']);
    await succeed(['undo'], at);
    expect(readTexts(project)).toEqual(before);
  });
});
