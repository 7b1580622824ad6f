import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../support/generated-project.ts';
import { talkToProgram } from '../support/pseudo-terminal.ts';
import { makeWorkshops, readTexts, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** The thirteen variables of web-api-starter, none with its default. */
const WISHES = {
  project_name: 'tea-shop',
  description: 'Sells tea: "green" & black',
  author: 'Zoë Ångström <zoe@example.com>',
  license: 'Apache-2.0',
  port: 8123,
  api_prefix: '/api/v2',
  log_level: 'warn',
  database: 'postgres',
  auth: true,
  token_minutes: 15,
  docker: true,
  ci: 'gitlab',
  install: false,
} as const;

/** What was asked for is what the files contain. */
function checkFiles(project: string): void {
  const texts = readTexts(project);
  const text = (path: string): string => texts[path] ?? '';
  expect(JSON.parse(text('package.json'))).toMatchObject({
    name: 'tea-shop',
    description: WISHES.description,
    author: WISHES.author,
    license: 'Apache-2.0',
  });
  expect(text('LICENSE')).toContain('Apache License');
  expect(text('README.md')).toContain('http://127.0.0.1:8123/api/v2');
  expect(text('.env.example')).toMatch(/PORT=8123[\s\S]*LOG_LEVEL=warn/);
  expect(text('.env.example')).toContain('TOKEN_MINUTES=15');
  expect(text('docker-compose.yml')).toContain('postgres');
  expect(Object.keys(texts)).toContain('.gitlab-ci.yml');
  expect(Object.keys(texts).some((path) => path.startsWith('.github'))).toBe(false);
  expect(Object.values(texts).join('\n')).not.toMatch(/better-sqlite3|sqlite/i);
  for (const name of Object.keys(WISHES)) expect(text('packsmith.toml')).toMatch(new RegExp(`^${name} = `, 'm'));
  expect(text('packsmith.toml')).toContain('port = 8123');
}

const asFlags = Object.entries(WISHES).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
const asEnvironment = Object.fromEntries(
  Object.entries(WISHES).map(([name, value]) => [`PACKSMITH_VAR_${name.toUpperCase()}`, String(value)]),
);
const toml = Object.entries(WISHES).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
const yaml = Object.entries(WISHES).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);

describe('workflow 5: thirteen variables', () => {
  it.each<[string, Record<string, string>, readonly string[], Record<string, string>]>([
    ['by flags', {}, asFlags, {}],
    ['by a TOML file', { 'a.toml': toml.join('') }, ['--vars-file', 'a.toml'], {}],
    ['by a YAML file', { 'a.yaml': yaml.join('') }, ['--vars-file', 'a.yaml'], {}],
    ['by a JSON file', { 'a.json': JSON.stringify(WISHES) }, ['--vars-file', 'a.json'], {}],
    ['by the environment', {}, [], asEnvironment],
    [
      'by all of them, the stronger over the weaker',
      { 'weak.yml': 'port: 4000\nci: none\nlog_level: trace\n', 'strong.json': JSON.stringify({ ...WISHES, port: 5000 }) },
      ['--vars-file', 'weak.yml', '--vars-file', 'strong.json', '--var', 'port=8123'],
      { PACKSMITH_VAR_PORT: '6000', PACKSMITH_VAR_CI: 'github' },
    ],
  ])('given %s are in the files', async (_, files, args, env) => {
    const { succeed, work } = makeWorkshop();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(work, name), text);
    await succeed(['generate', 'web-api-starter', 'shop', ...args], { env });
    checkFiles(join(work, 'shop'));
  });

  it('give the same bytes whatever way they came', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['generate', 'web-api-starter', 'a/shop', ...asFlags]);
    await succeed(['generate', 'web-api-starter', 'b/shop'], { env: asEnvironment });
    const [a, b] = ['a', 'b'].map((side) => readTexts(join(work, side, 'shop')));
    const generated = (texts: Record<string, string> = {}) => Object.entries(texts).filter(([path]) => !/^\.?packsmith/.test(path));
    expect(generated(a)).toEqual(generated(b));
  });
});

describe('the proposed name of a project', () => {
  it.each([
    ['Ünïcode App', 'unicode-app'],
    ['MyApi', 'my-api'],
    ['a b_c', 'a-b-c'],
  ])('in %s is %s', async (directory, name) => {
    const { succeed, work } = makeWorkshop();
    await succeed(['generate', 'web-api-starter', directory]);
    expect(JSON.parse(readTexts(join(work, directory))['package.json'] ?? '')).toMatchObject({ name });
  });
});

describe('an invalid answer', () => {
  const cases: readonly [string, readonly string[], readonly (string | RegExp)[]][] = [
    ['out of range', ['--var', 'port=99999'], ['port', '99999', '1024', '65535', '--var port=8080', '--variables']],
    ['not a number', ['--var', 'port=many'], ['port', 'many', 'integer']],
    ['not a choice', ['--var', 'database=oracle'], ['database', 'oracle', 'sqlite', 'postgres']],
    ['against the pattern', ['--var', 'project_name=Tea Shop'], ['project_name', 'Tea Shop', 'lower-case']],
    ['an unknown name', ['--var', 'prot=8080'], ['prot', 'port']],
    ['several at once', ['--var', 'port=1', '--var', 'ci=x', '--var', 'auth=perhaps'], ['port', 'ci', 'auth', '3 problems']],
    ['without a value', ['--var', 'port'], ['port', 'NAME=VALUE']],
    ['in a file that is not there', ['--vars-file', 'none.toml'], ['none.toml']],
  ];
  it.each(cases)('%s is refused before anything is written', async (_, args, told) => {
    const { run, json, work } = makeWorkshop();
    const { exitCode, stdout, stderr } = await run(['generate', 'web-api-starter', 'shop', ...args]);
    expect(exitCode, stderr).toBe(args[0] === '--vars-file' ? 7 : 2);
    expect(stdout).toBe('');
    for (const text of told) expect(stderr.toLowerCase()).toContain(String(text).toLowerCase());
    expect(stderr).toContain('hint');
    const envelope = await json(['generate', 'web-api-starter', 'shop', ...args]);
    expect(envelope).toMatchObject({ ok: false, data: null, exitCode });
    expect(existsSync(join(work, 'shop'))).toBe(false);
  });

  it('that is missing is listed with the others, and nobody is asked without a terminal', async () => {
    const { run, work, root } = makeWorkshop();
    const manifest =
      '[variables.first]\ntype = "string"\n\n[variables.second]\ntype = "integer"\n\n[variables.third]\ntype = "string"\ndefault = "x"';
    const pack = writePack(join(root, 'asks'), { id: 'asks', manifest, files: { 'templates/a.txt.jinja': '{{ first }}{{ second }}' } });
    const { exitCode, stderr } = await run(['generate', pack, 'out'], { input: 'yes\n'.repeat(10) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('ANSWERS_MISSING');
    expect(stderr).toContain('first');
    expect(stderr).toContain('second');
    expect(stderr).not.toContain('third');
    expect(existsSync(join(work, 'out'))).toBe(false);
  });
});

const hasPython = hasProgram('python3', 'the interactive run in a pseudo-terminal');

describe.runIf(hasPython)('on a terminal', () => {
  const manifest = [
    '[variables.name]\ntype = "string"\nprompt = "Name of it"\ngroup = "First"\npattern = "^[a-z]+$"\npattern_hint = "small letters"',
    '[variables.port]\ntype = "integer"\nprompt = "Port of it"\ndefault = 3000\nmin = 1024\nmax = 65535\ngroup = "Second"',
    '[variables.token]\ntype = "secret"\nprompt = "Token of it"\ngroup = "Second"',
  ].join('\n\n');
  const files = { 'templates/a.txt.jinja': '{{ name }} {{ port }}\n', 'templates/secret.txt.jinja': '{{ token }}\n' };
  const makePack = ({ root }: Workshop) => writePack(join(root, 'asks'), { id: 'asks', manifest, files });

  it('asks in groups, says what is wrong on entry, shows where each answer came from, and generates', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop);
    const { output, exitCode } = await talkToProgram(['generate', pack, 'out', '--interactive'], workshop, [
      ['Name of it', 'UPPER\r'],
      ['small letters', '\u007f'.repeat(5)],
      ['', 'tea\r'],
      ['Port of it', '\u007f'.repeat(4)],
      ['', '99999\r'],
      ['65535', '\u007f'.repeat(5)],
      ['', '8080\r'],
      ['Token of it', 'hunter2-hunter2\r'],
      ['Use these answers?', '\r'],
    ]);
    expect(exitCode, output).toBe(0);
    for (const text of ['First', 'Second', '(entered)']) expect(output).toContain(text);
    expect(output).not.toContain('hunter2-hunter2');
    const texts = readTexts(join(workshop.work, 'out'));
    expect(texts['a.txt']).toBe('tea 8080\n');
    expect(texts['secret.txt']).toBe('hunter2-hunter2\n');
    expect(`${texts['packsmith.toml']}${texts['packsmith.lock']}`).not.toContain('hunter2');
  });

  it('gives what was typed in the line that does what was shown, secrets left out', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop);
    const { output, exitCode } = await talkToProgram(['generate', pack, 'out', '--interactive', '--dry-run'], workshop, [
      ['Name of it', 'tea\r'],
      ['Port of it', '\u007f'.repeat(4)],
      ['', '8080\r'],
      ['Token of it', 'hunter2-hunter2\r'],
      ['Use these answers?', '\r'],
    ]);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/packs generate .*asks\S* --output out --var name=tea --var port=8080 --var 'token=…'/);
    expect(existsSync(join(workshop.work, 'out'))).toBe(false);
  });

  it('writes nothing when somebody gives up', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop);
    const { output, exitCode } = await talkToProgram(['generate', pack, 'out'], workshop, [['Name of it', '\u0003']]);
    expect(exitCode, output).toBe(130);
    expect(existsSync(join(workshop.work, 'out'))).toBe(false);
  });
});
