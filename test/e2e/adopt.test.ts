import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { configure, publish } from '../support/folder-registry.ts';
import { makeWorkshops, readTexts } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

const VARIABLES = `[variables.author]
type = "string"

[variables.port]
type = "integer"
default = 3000
min = 1
max = 65535

[variables.ci]
type = "choice"
choices = ["none", "github", "gitlab"]
default = "none"

[variables.module]
type = "string"
default = "app"
`;

/** Each version has one more line in the server, another text, and its files for CI. */
const web = (minor: number) =>
  makePack({
    id: 'web',
    version: `1.${minor}.0`,
    manifest: `${VARIABLES}\n[[templates]]\nsource = "ci/github.yml"\noutput = ".github/workflows/ci.yml"\nwhen = "ci == 'github'"\n\n[[templates]]\nsource = "ci/gitlab.yml"\noutput = ".gitlab-ci.yml"\nwhen = "ci == 'gitlab'"\n`,
    files: {
      'ci/github.yml': 'on: push\njobs: {}\n',
      'ci/gitlab.yml': 'stages: [test]\n',
      'templates/LICENSE.jinja': 'MIT License\n\nCopyright by {{ author }}\n',
      'templates/src/{{ module }}/server.js.jinja': `import http from 'node:http';\n\nhttp.createServer(answer).listen({{ port }});\n${Array.from({ length: minor + 1 }, (_, at) => `// step ${at}\n`).join('')}\nfunction answer(request, response) {\n  response.end('hello');\n}\n`,
      'templates/package.json.jinja': `{\n  "name": "{{ project.name }}",\n  "version": "0.${minor}.0",\n  "private": true\n}\n`,
      'templates/.gitignore': 'node_modules/\ndist/\n',
      'templates/docs/guide.md': '# Guide\n\nHow to run it, and where to look for help when it does not run.\n',
    },
  });

/** A project that was made by an old copy of the pack: 1.2.0, edited since, and without any record. */
async function setScene(minors: readonly number[] = [0, 1, 2, 3, 4]) {
  const workshop = makeWorkshop();
  const registry = join(workshop.root, 'registry');
  publish(registry, minors.map(web));
  configure(workshop.home, { main: registry });
  const project = join(workshop.work, 'shop');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  const vars = ['author=Ada Example', 'port=8443', 'ci=gitlab', 'module=shop'].flatMap((text) => ['--var', text]);
  await workshop.succeed(['generate', 'web@1.2.0', 'shop', ...vars]);
  for (const path of ['.packsmith', 'packsmith.toml', 'packsmith.lock']) rmSync(join(project, path), { recursive: true });
  write('src/shop/server.js', read('src/shop/server.js').replace("response.end('hello')", "response.end('mine')"));
  write('notes.txt', 'mine\n');
  rmSync(join(project, 'docs/guide.md'));
  return { ...workshop, project, registry, write, read, at: { cwd: project } };
}

/** What the user has, packsmith's records left out. */
function ownTexts(project: string): Record<string, string> {
  return Object.fromEntries(Object.entries(readTexts(project)).filter(([path]) => !/^\.?packsmith[./]/.test(path)));
}

describe('adopt', () => {
  it('finds the version and the answers, records them, and changes no file', async () => {
    const { json, succeed, project, at, read } = await setScene();
    const before = ownTexts(project);
    const planned = await json(['adopt', 'web', '--dry-run'], at);
    expect(planned.exitCode, JSON.stringify(planned.error)).toBe(0);
    expect(ownTexts(project)).toEqual(before);
    const { data } = await json(['adopt', 'web'], at);
    expect(data.packs).toMatchObject([
      { id: 'web', version: '1.2.0', files: 6, identical: 4, alike: 1, missing: 1, compared: 5, notCompared: 0 },
    ]);
    expect(data.packs[0].runnerUp.score).toBeLessThan(data.packs[0].score);
    expect(Object.fromEntries(data.inferred.map(({ name, value }: { name: string; value: unknown }) => [name, value]))).toEqual({
      author: 'Ada Example',
      port: '8443',
      ci: 'gitlab',
      module: 'shop',
    });
    expect(ownTexts(project)).toEqual(before);
    const toml = read('packsmith.toml');
    for (const text of ['web = "^1.2.0"', 'author = "Ada Example"', 'port = 8443', 'name = "shop"']) expect(toml).toContain(text);
    const status = await json(['status'], at);
    const states = status.data.files.filter(({ state }: { state: string }) => state !== 'as-generated');
    expect(states.map(({ path, state }: { path: string; state: string }) => [path, state])).toEqual([
      ['docs/guide.md', 'missing'],
      ['src/shop/server.js', 'edited'],
    ]);
    await succeed(['update'], at);
    expect(read('src/shop/server.js')).toContain("response.end('mine')");
    expect(read('src/shop/server.js')).toContain('// step 4');
    expect(read('package.json')).toContain('"version": "0.4.0"');
    await succeed(['undo'], at);
    const { data: log } = await json(['undo', '--list'], at);
    const adoption = log.changes.find(({ operation }: { operation: string }) => operation === 'adopt');
    await succeed(['undo', adoption.id], at);
    expect(readTexts(project)).toEqual(before);
  });

  it('shows what it found, compares as many versions as it is told, and takes answers and a directory', async () => {
    const { succeed, json, work, project } = await setScene();
    const shown = await succeed(['adopt', 'web', 'shop', '--dry-run']);
    for (const text of ['web 1.2.0', 'next best', '5 versions compared', 'port = "8443"', '1 with edits of yours, 1 not there'])
      expect(shown.stdout).toContain(text);
    const few = await json(['adopt', 'web', 'shop', '--versions', '2', '--var', 'author=Somebody', '--dry-run'], { cwd: work });
    expect(few.data.packs).toMatchObject([{ version: '1.3.0', compared: 2, notCompared: 3 }]);
    expect(few.data.inferred.map(({ name }: { name: string }) => name)).not.toContain('author');
    expect(Object.keys(readTexts(project))).not.toContain('packsmith.toml');
  });

  it('refuses what was generated, and what has nothing in common', async () => {
    const { json, succeed, at, work } = await setScene();
    mkdirSync(join(work, 'other'));
    writeFileSync(join(work, 'other', 'main.py'), 'print(1)\n');
    expect((await json(['adopt', 'web', 'other'])).error?.code).toBe('ADOPT_NO_MATCH');
    expect((await json(['adopt', 'nothing'], at)).error?.code).toBe('PACK_NOT_FOUND');
    expect((await json(['adopt'], at)).error?.code).toBe('INVALID_ARGUMENTS');
    await succeed(['adopt', 'web'], at);
    expect((await json(['adopt', 'web'], at)).error?.code).toBe('PROJECT_ALREADY_GENERATED');
  });

  it('gives a project its lockfile back, from its packsmith.toml', async () => {
    const { succeed, json, project, at, read } = await setScene();
    await succeed(['adopt', 'web'], at);
    const toml = `# ours\n${read('packsmith.toml')}`;
    writeFileSync(join(project, 'packsmith.toml'), toml);
    const lock = JSON.parse(read('packsmith.lock'));
    for (const path of ['.packsmith', 'packsmith.lock']) rmSync(join(project, path), { recursive: true });
    const again = await json(['adopt'], at);
    expect(again.data.packs).toMatchObject([{ id: 'web', version: '1.2.0' }]);
    expect(read('packsmith.toml')).toBe(toml);
    expect(JSON.parse(read('packsmith.lock')).files).toEqual(lock.files);
  });
});
