import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readTexts, readWholeTree } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const WEB = {
  id: 'web',
  manifest: '[variables.port]\ntype = "integer"\ndefault = 3000\n\n[packages.npm]\nfastify = "^5.1.0"\n',
  files: {
    'templates/.gitignore': 'node_modules/\ndist/\n',
    'templates/server.ts.jinja': 'listen({{ port }})\n',
    'templates/README.md': '# App\n\n## Web\n\nServe.\n',
  },
};
const OPS = {
  id: 'ops',
  manifest: '[variables.port]\ntype = "integer"\ndefault = 4000\n\n[packages.npm]\nfastify = "^5.0.0"\n',
  files: {
    'templates/.gitignore': 'dist/\n.env\n',
    'templates/compose.yml.jinja': 'services:\n  app:\n    ports: ["{{ port }}:{{ port }}"]\n',
    'templates/README.md': '# App\n\n## Ops\n\nRun.\n',
  },
};

/** Packs in the working directory's `packs/`, so that they have ids. */
function setScene() {
  const workshop = makeWorkshop();
  for (const pack of [WEB, OPS]) writePack(join(workshop.work, 'packs', pack.id), pack);
  return { ...workshop, project: join(workshop.work, 'shop') };
}

/** The user's own packs folder, where a project finds its packs again. */
function sharePacks(
  { work, project }: { readonly work: string; readonly project: string },
  version: string,
  files: Readonly<Record<string, string>>,
): void {
  writePack(join(project, 'packs', 'web'), { ...WEB, version, files: { ...WEB.files, ...files } });
  writePack(join(project, 'packs', 'ops'), OPS);
  expect(work).not.toBe(project);
}

describe('compose', () => {
  it('makes one project of two packs, shares variables, and tells who gave what', async () => {
    const { succeed, project, work } = setScene();
    await succeed(['compose', 'web', 'ops', '--output', project, '--var', 'port=8080']);
    const files = readTexts(project);
    expect(files['.gitignore']).toBe('node_modules/\ndist/\n.env\n');
    expect(files['README.md']).toBe('# App\n\n## Web\n\nServe.\n\n## Ops\n\nRun.\n');
    expect(files['server.ts']).toBe('listen(8080)\n');
    expect(files['compose.yml']).toContain('8080:8080');
    expect(JSON.parse(files['package.json'] ?? '').dependencies).toEqual({ fastify: '^5.1.0' });
    const { stdout } = await succeed(['explain', '.gitignore'], { cwd: project });
    for (const text of ['web 1.0.0', 'ops 1.0.0', 'node_modules/', '.env']) expect(stdout).toContain(text);
    expect((await succeed(['plan', 'web', 'ops', '--anywhere', '--format', 'dot'], { cwd: work })).stdout).toContain(
      '"pack web" -> "path .gitignore"',
    );
  });

  it('refuses two different files with both packs named, and obeys a rule', async () => {
    const { run, succeed, project, work } = setScene();
    writePack(join(work, 'packs', 'other'), { id: 'other', files: { 'templates/server.ts': 'other\n' } });
    const refused = await run(['compose', 'web', 'other', '--output', project]);
    expect(refused.exitCode).toBe(4);
    for (const text of ['COMPOSE_CONFLICT', 'server.ts', 'web and other', '[merge]']) expect(refused.stderr).toContain(text);
    expect((await run(['check-conflicts', 'web', 'other'])).exitCode).toBe(4);
    expect((await run(['check-compatibility', 'web', 'ops'])).exitCode).toBe(0);
    writeFileSync(
      join(work, 'shop.yaml'),
      'format: 1\npacks: { web: "^1.0.0", other: "*" }\nvariables: { port: 5000 }\nmerge: { rules: [{ path: server.ts, action: overwrite, prefer: web }] }\n',
    );
    await succeed(['compose', '--file', 'shop.yaml', '--output', project]);
    expect(readTexts(project)['server.ts']).toBe('listen(5000)\n');
    expect(readFileSync(join(project, 'packsmith.toml'), 'utf8')).toContain('prefer = "web"');
  });

  it('saves a composition as a pack that can be generated and composed in turn', async () => {
    const { succeed, project, work } = setScene();
    await succeed(['compose', 'web', 'ops', '--save-as', 'both', '--var', 'port=9090']);
    expect((await succeed(['validate', './packs/both'])).stdout).toContain('0 errors');
    await succeed(['generate', 'both', project]);
    expect(readTexts(project)).toMatchObject({ 'server.ts': 'listen(9090)\n', '.gitignore': 'node_modules/\ndist/\n.env\n' });
    writePack(join(work, 'packs', 'extra'), { id: 'extra', files: { 'templates/extra.txt': 'extra\n' } });
    await succeed(['compose', 'both', 'extra', '--output', join(work, 'more')]);
    expect(readTexts(join(work, 'more'))).toMatchObject({ 'extra.txt': 'extra\n', 'server.ts': 'listen(9090)\n' });
  });

  it('adds a pack and takes it out again; what the user wrote stays', async () => {
    const scene = setScene();
    const { succeed, project } = scene;
    await succeed(['generate', 'web', project]);
    sharePacks(scene, '1.0.0', {});
    writeFileSync(join(project, 'mine.txt'), 'mine\n');
    const before = readTexts(project);
    await succeed(['add', 'ops'], { cwd: project });
    expect(readTexts(project)['.gitignore']).toContain('.env');
    await succeed(['remove', 'ops'], { cwd: project });
    const after = readTexts(project);
    for (const path of ['.gitignore', 'README.md', 'server.ts', 'mine.txt', 'package.json', 'packsmith.toml'])
      expect(after[path]).toEqual(before[path]);
    expect(after['compose.yml']).toBeUndefined();
  });
});

describe('update', () => {
  /** A project of web 1.0.0, whose own packs folder has become 1.1.0. */
  async function setUpdate(files: Readonly<Record<string, string>>) {
    const scene = setScene();
    await scene.succeed(['generate', 'web', scene.project]);
    sharePacks(scene, '1.1.0', files);
    const run = (...args: string[]) => scene.run(args, { cwd: scene.project });
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(scene.project, path)), { recursive: true });
      writeFileSync(join(scene.project, path), text);
    };
    return { ...scene, run, write, texts: () => readTexts(scene.project) };
  }

  it('merges a new version with edits, and undo takes it back exactly', async () => {
    const { run, write, texts, project } = await setUpdate({ 'templates/.gitignore': 'node_modules/\ndist/\ncoverage/\n' });
    write('.gitignore', 'node_modules/\ndist/\nmine/\n');
    const status = await run('status', '--diff', '--outdated');
    for (const text of ['+mine/', 'web 1.0.0 → 1.1.0']) expect(status.stdout).toContain(text);
    expect((await run('status', '--outdated', '--check')).exitCode).toBe(2);
    const before = readWholeTree(project);
    const preview = await run('update', '--dry-run', '--json');
    expect(JSON.parse(preview.stdout)).toMatchObject({ ok: true, data: { plan: { operation: 'update' } } });
    expect(readWholeTree(project)).toEqual(before);
    expect((await run('update')).exitCode).toBe(0);
    expect(texts()['.gitignore']?.trim().split('\n').sort()).toEqual(['coverage/', 'dist/', 'mine/', 'node_modules/']);
    expect((await run('status')).stdout).toContain('web 1.1.0');
    expect((await run('undo')).exitCode).toBe(0);
    expect(readTexts(project)).toEqual(Object.fromEntries(Object.entries(texts()).map(([path]) => [path, texts()[path]])));
    expect(texts()['.gitignore']).toBe('node_modules/\ndist/\nmine/\n');
    expect((await run('status')).stdout).toContain('web 1.0.0');
  });

  it('leaves a conflict as a state with exit code 4, until it is settled', async () => {
    const { run, write, texts } = await setUpdate({ 'templates/server.ts.jinja': 'serve({{ port }})\n' });
    write('server.ts', 'mine(3000)\n');
    expect((await run('update')).exitCode).toBe(4);
    expect(texts()['server.ts']).toBe(
      '<<<<<<< yours\nmine(3000)\n||||||| web 1.0.0\nlisten(3000)\n=======\nserve(3000)\n>>>>>>> web 1.1.0\n',
    );
    expect((await run('status')).stdout).toContain('to settle');
    for (const verb of [['update'], ['regenerate'], ['add', 'ops'], ['remove', 'web']]) {
      const refused = await run(...verb);
      expect([refused.exitCode, refused.stderr.includes('CHANGE_PENDING')]).toEqual([4, true]);
    }
    expect((await run('update', '--continue')).exitCode).toBe(4);
    write('server.ts', 'mine and serve(3000)\n');
    expect((await run('update', '--continue')).exitCode).toBe(0);
    expect((await run('status')).stdout).toContain('web 1.1.0');
    expect((await run('update')).stdout).toContain('nothing to change');
  });

  it('can be aborted, and keeps or takes whole files when told', async () => {
    const { run, write, texts } = await setUpdate({ 'templates/server.ts.jinja': 'serve({{ port }})\n' });
    write('server.ts', 'mine(3000)\n');
    const before = texts();
    await run('update', '--conflict', 'reject');
    expect(texts()).toMatchObject({ 'server.ts': 'mine(3000)\n', 'server.ts.theirs': 'serve(3000)\n' });
    expect((await run('update', '--abort')).exitCode).toBe(0);
    expect(texts()).toEqual(before);
    expect((await run('update', '--conflict', 'ours')).exitCode).toBe(0);
    expect(texts()['server.ts']).toBe('mine(3000)\n');
    expect((await run('undo')).exitCode).toBe(0);
    expect((await run('update', '--conflict', 'theirs')).exitCode).toBe(0);
    expect(texts()['server.ts']).toBe('serve(3000)\n');
  });

  it('restores what was deleted when it regenerates, with changed answers', async () => {
    const { run, texts, project } = await setUpdate({});
    rmSync(join(project, '.gitignore'));
    writePack(join(project, 'packs', 'web'), WEB);
    expect((await run('regenerate', '--var', 'port=7000')).exitCode).toBe(0);
    expect(texts()).toMatchObject({ '.gitignore': 'node_modules/\ndist/\n', 'server.ts': 'listen(7000)\n' });
  });
});

describe('answers in a table under the name of a pack', () => {
  it('stay when another pack goes, and are shown as the answers of that pack', async () => {
    const { succeed, json, project } = setScene();
    const at = { cwd: project };
    await succeed(['compose', 'web', 'ops', '--output', project, '--var', 'port=8080']);
    sharePacks({ work: '', project }, '1.0.0', {});
    const manifest = join(project, 'packsmith.toml');
    writeFileSync(
      manifest,
      `${readFileSync(manifest, 'utf8')}\n[variables.web]\nport = 9090 # of web alone\n\n[variables.ops]\nport = 7070\n`,
    );
    await succeed(['regenerate'], at);
    expect(readTexts(project)['server.ts']).toBe('listen(9090)\n');
    expect((await json(['explain', 'server.ts'], at)).data.variables).toEqual([{ name: 'port', value: 9090 }]);
    await succeed(['remove', 'ops'], at);
    await succeed(['regenerate'], at);
    const files = readTexts(project);
    expect(files['packsmith.toml']).toContain('[variables.web]\nport = 9090 # of web alone');
    expect(files['packsmith.toml']).not.toContain('7070');
    expect(files['server.ts']).toBe('listen(9090)\n');
  });
});
