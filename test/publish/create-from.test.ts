import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../support/generated-project.ts';
import { talkToProgram } from '../support/pseudo-terminal.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, readWholeTree, type Workshop } from '../support/run-program.ts';
import { SHIPPED, SHIPPED_IDS } from '../support/shipped-packs.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** Bytes and execute bits of all files but packsmith's own records. */
function contents(root: string): Record<string, string> {
  const isRecord = (path: string): boolean => /^(?:\.packsmith(?:\/|$)|packsmith\.(?:toml|lock)$)/.test(path);
  const files = Object.entries(readWholeTree(root, isRecord)).filter(([, { kind }]) => kind === 'file');
  return Object.fromEntries(
    files.map(([path, { content, mode }]) => [path, `${(Number.parseInt(mode, 8) & 0o100) === 0 ? '-' : 'x'} ${content}`]),
  );
}

async function expectRoundTrip({ work, json, succeed }: Workshop, project: string): Promise<void> {
  const made = await json(['create', 'made', '--from', project]);
  expect(made, JSON.stringify(made.error)).toMatchObject({ ok: true });
  expect(await json(['validate', './made'])).toMatchObject({ data: { counts: { errors: 0 } } });
  expect(await json(['test', './made'])).toMatchObject({ ok: true });
  await succeed(['generate', './made', 'again']);
  expect(contents(join(work, 'again'))).toEqual(contents(project));
}

describe('packs create --from', () => {
  it.each(SHIPPED_IDS)('gives back, byte for byte, what %s generates', async (id) => {
    const workshop = makeWorkshop();
    await workshop.succeed(['generate', id, 'tea-house', '--skip-hooks', '--defaults']);
    await expectRoundTrip(workshop, join(workshop.work, 'tea-house'));
  });

  it('gives back packs themselves, full of syntax of templates', async () => {
    const workshop = makeWorkshop();
    for (const id of ['web-api-starter', 'devops-basics'])
      cpSync(join(SHIPPED, id), join(workshop.work, 'packs-of-ours', id), { recursive: true });
    await expectRoundTrip(workshop, join(workshop.work, 'packs-of-ours'));
  });

  it('gives back what no template would', async () => {
    const workshop = makeWorkshop();
    const project = writeFiles(join(workshop.work, 'odd-things'), {
      'crlf.txt': 'odd-things\r\n{{ x }}\r\n',
      'bom.txt': '\ufeffodd-things\n',
      'no-end.txt': 'odd-things',
      'empty.txt': '',
      'braces.txt': '{{{odd-things}}} {% raw %} {# no #} $ {{ x }} {odd-things}\n{{ "{{" }}\n',
      'binary.bin': new Uint8Array([0, 255, 254, 123, 123, 10]),
      'latin1.txt': new Uint8Array([0x6f, 0x64, 0x64, 0x2d, 0x74, 0xe9, 10]),
      'page.html.jinja': '{{ title }} of odd-things\n',
      'binary.jinja': 'not rendered\n',
      '{{ name }}/odd_things.py': 'import odd_things\n',
      'src/OddThings.ts': 'export class OddThings {}\n',
      'deep/{x}/odd-things.txt': 'x\n',
      'run.sh': '#!/bin/sh\n',
    });
    chmodSync(join(project, 'run.sh'), 0o755);
    await expectRoundTrip(workshop, project);
    expect(readdirSync(join(workshop.work, 'made', 'templates', 'src'))).toEqual(['{{ project_name | pascal_case }}.ts.jinja']);
  });

  it('finds the name in its spellings, author, address, description, license, account and port, and another answer changes all of them', async () => {
    const workshop = makeWorkshop();
    const project = writeFiles(join(workshop.work, 'somewhere'), {
      'package.json': `${JSON.stringify({ name: '@acme/tea-house', description: 'Sells tea by the cup', author: 'Ada Example <ada@example.com>', license: 'MIT', repository: 'https://github.com/acme/tea-house' }, undefined, 2)}\n`,
      'README.md': '# Tea House\n\nSells tea by the cup. See https://github.com/acme/tea-house and http://localhost:8123.\n',
      '.env.example': 'PORT=8123\nTEA_HOUSE_LOG=1\n',
      'src/tea_house.ts': 'export const teaHouse = 1;\n',
    });
    const { data } = await workshop.json(['create', 'made', '--from', project]);
    expect(data.variables.map(({ name, value }: Record<string, string>) => [name, value])).toEqual([
      ['project_name', 'tea-house'],
      ['description', 'Sells tea by the cup'],
      ['author', 'Ada Example'],
      ['author_email', 'ada@example.com'],
      ['license', 'MIT'],
      ['account', 'acme'],
      ['port', '8123'],
    ]);
    const answers = [
      'project_name=coffee-bar',
      'description=Sells coffee',
      'author=Bo',
      'author_email=bo@example.com',
      'license=ISC',
      'account=bo',
      'port=9000',
    ];
    await workshop.succeed(['generate', './made', 'other', ...answers.flatMap((answer) => ['--var', answer])]);
    const other = contents(join(workshop.work, 'other'));
    expect(Object.keys(other).sort()).toEqual(['.env.example', 'README.md', 'package.json', 'src/coffee_bar.ts']);
    expect(other['README.md']).toBe('- # Coffee Bar\n\nSells coffee. See https://github.com/bo/coffee-bar and http://localhost:9000.\n');
    expect(other['.env.example']).toBe('- PORT=9000\nCOFFEE_BAR_LOG=1\n');
    expect(Object.values(other).join('\n')).not.toMatch(/tea|ada|8123|MIT/i);
  });

  it('leaves out what version control ignores, what is built, links, and what is not wanted; and takes what is asked for', async () => {
    const workshop = makeWorkshop();
    const project = writeFiles(join(workshop.work, 'whole-thing'), {
      '.gitignore': '*.tmp\n/out/\n',
      'sub/.gitignore': 'local.txt\n',
      'sub/local.txt': 'x',
      'sub/kept.txt': 'x',
      'a.tmp': 'x',
      'out/x': 'x',
      'node_modules/x/index.js': 'x',
      'dist/app.js': 'x',
      'dist/keep.js': 'x',
      '.env': 'SECRET=x',
      'notes/private.md': 'x',
      'main.js': 'x',
    });
    symlinkSync('main.js', join(project, 'link.js'));
    const { data } = await workshop.json(['create', 'made', '--from', project, '--exclude', 'notes/**', '--include', 'dist/keep.js']);
    const templates = data.files
      .filter((path: string) => path.startsWith('templates/'))
      .map((path: string) => path.slice('templates/'.length));
    expect(templates.sort()).toEqual(['.gitignore', 'dist/keep.js', 'main.js', 'sub/.gitignore', 'sub/kept.txt']);
    const left = new Map(data.left.map(({ path, reason }: Record<string, string>) => [path, reason]));
    expect([
      left.get('a.tmp'),
      left.get('sub/local.txt'),
      left.get('node_modules/'),
      left.get('link.js'),
      left.get('notes/private.md'),
    ]).toEqual([
      'ignored by version control',
      'ignored by version control',
      'built, installed or private',
      'a link, or no plain file',
      'excluded',
    ]);
  });

  it('leaves keys and credentials out, by their names and by what stands in them, unless they are asked for by name', async () => {
    const workshop = makeWorkshop();
    const token = ['ghp', 'abcdefghijKLMNOPQRST0123456789uvwxyz'].join('_');
    const project = writeFiles(join(workshop.work, 'whole-thing'), {
      'main.js': 'x',
      'notes.txt': `the token\n${token}\n`,
      'asked-for.txt': token,
      '.env.production': 'A=1',
      '.env.example': 'A=\n',
      '.npmrc': '//host/:_authToken=abc123',
      '.aws/credentials': 'x',
      'certs/server.pem': 'x',
      'certs/store.p12': new Uint8Array([0, 1]),
      id_ed25519: 'x',
    });
    const { data, warnings } = await workshop.json(['create', 'made', '--from', project, '--include', 'asked-for.txt']);
    const templates = data.files.filter((path: string) => path.startsWith('templates/')).sort();
    expect(templates).toEqual(['templates/.env.example', 'templates/asked-for.txt', 'templates/main.js']);
    const left = data.left.map(({ path }: Record<string, string>) => path);
    expect(left).toEqual(['.aws/', '.env.production', '.npmrc', 'certs/server.pem', 'certs/store.p12', 'id_ed25519', 'notes.txt']);
    expect(data.left.at(-1).reason).toBe('line 2: this looks like a GitHub token');
    expect(warnings).toEqual([expect.stringContaining('asked-for.txt:1 looks like a secret')]);
    expect(JSON.stringify(data)).not.toContain(token);
  });

  it('refuses what cannot be, and then leaves nothing', async () => {
    const workshop = makeWorkshop();
    const project = writeFiles(join(workshop.work, 'thing'), { 'a.txt': 'x' });
    mkdirSync(join(workshop.work, 'empty'));
    const before = readWholeTree(workshop.work);
    expect(await workshop.json(['create', 'thing', '--from', 'thing'])).toMatchObject({ error: { code: 'DIRECTORY_IN_THE_WAY' } });
    expect(await workshop.json(['create', 'made', '--from', 'empty'])).toMatchObject({ error: { code: 'PROJECT_NOT_FOUND' } });
    expect(await workshop.json(['create', 'Made', '--from', project])).toMatchObject({ error: { code: 'REFERENCE_INVALID' } });
    expect(await workshop.json(['create', '--from', project])).toMatchObject({ error: { code: 'INVALID_ARGUMENTS' } });
    expect(await workshop.json(['create', 'made', '--interactive'])).toMatchObject({ error: { code: 'INVALID_ARGUMENTS' } });
    expect(readWholeTree(workshop.work)).toEqual(before);
  });
});

describe.runIf(hasProgram('python3', 'creating packs in a pseudo-terminal'))('on a terminal', () => {
  it('asks about the pack and what should be asked', async () => {
    const workshop = makeWorkshop();
    const project = writeFiles(join(workshop.work, 'tea-house'), {
      'README.md': '# tea-house\n',
      'package.json': '{ "name": "tea-house", "license": "MIT" }\n',
    });
    const { exitCode } = await talkToProgram(['create', '--from', project, '--interactive'], workshop, [
      ['Id', 'my-tea\r'],
      ['Name for people', '\r'],
      ['What will a project', 'A tea house\r'],
      ['Category', 'web\r'],
      ['What should be asked', '\u001b[B \r'],
      ['created', ''],
    ]);
    expect(exitCode).toBe(0);
    const manifest = readFileSync(join(workshop.work, 'my-tea', 'pack.toml'), 'utf8');
    expect(manifest).toContain('description = "A tea house"\ncategory = "web"');
    expect(manifest).toContain('[variables.project_name]');
    expect(manifest).not.toContain('[variables.license]');
  });

  it('names a directory that is not there, or is none', async () => {
    const workshop = makeWorkshop();
    writeFileSync(join(workshop.work, 'file'), '');
    mkdirSync(join(workshop.work, 'empty'));
    for (const [from, code] of [
      ['missing', 'FILE_NOT_FOUND'],
      ['file', 'PATH_BLOCKED'],
      ['empty', 'PROJECT_NOT_FOUND'],
    ] as const) {
      const { error } = await workshop.json(['create', 'my-tea', '--from', `./${from}`]);
      expect([error?.code, error?.message]).toEqual([code, expect.stringContaining(join(workshop.work, from))]);
    }
  });

  it('leaves nothing when it is interrupted, and says how to go on', async () => {
    const workshop = makeWorkshop();
    const before = readWholeTree(workshop.work);
    const { exitCode, output } = await talkToProgram(['create', '--interactive'], workshop, [
      ['Id', 'my-tea\r'],
      ['Name for people', ' of ours\r'],
      ['What will a project', '\u0003'],
    ]);
    expect(exitCode).toBe(130);
    expect(readWholeTree(workshop.work)).toEqual(before);
    expect(output).toContain("`packs create my-tea --title 'My Tea of ours' --interactive` goes on from here");
  });

  it('asks nothing more when the directory is taken', async () => {
    const workshop = makeWorkshop();
    writeFiles(join(workshop.work, 'my-tea'), { 'notes.txt': 'mine\n' });
    const named = await talkToProgram(['create', 'my-tea', '--interactive'], workshop, []);
    expect(named.output).toContain('error[DIRECTORY_IN_THE_WAY]');
    expect(named.output).not.toContain('A new pack');
    const asked = await talkToProgram(['create', '--interactive'], workshop, [['Id', 'my-tea\r']]);
    expect(asked.output).toContain('error[DIRECTORY_IN_THE_WAY]');
    expect(asked.output).not.toContain('Name for people');
    expect(readdirSync(join(workshop.work, 'my-tea'))).toEqual(['notes.txt']);
  });
});
