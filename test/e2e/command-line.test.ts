import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/index.ts';
import { findSchemaProblems, type JsonSchema } from '../support/json-schema.ts';
import { endOf, makeWorkshops, programEnvironment, programFile, startProgram, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** A workshop with a project `out`, a broken pack and a settings file. */
async function makeScene(): Promise<Workshop> {
  const workshop = makeWorkshop();
  writePack(join(workshop.work, 'packs', 'small'), { id: 'small', files: { 'templates/a.txt': 'a\n' } });
  writePack(join(workshop.work, 'packs', 'broken'), { toml: 'format = 1\nnothing = 2\n' });
  await workshop.succeed(['generate', 'small', 'out']);
  return workshop;
}

/** A command line, its exit code, and the code of its error. */
const RUNS: readonly [string, number, ErrorCode | undefined][] = [
  ['list', 0, undefined],
  ['ls --category web', 0, undefined],
  ['list --categories', 0, undefined],
  ['search api', 0, undefined],
  ['find apii', 0, undefined],
  ['show web-api-starter', 0, undefined],
  ['info web-api-starter --variables --templates', 0, undefined],
  ['plan small again', 0, undefined],
  ['generate small third --dry-run', 0, undefined],
  ['new small fourth', 0, undefined],
  ['status --cwd out', 0, undefined],
  ['status --check --cwd out', 0, undefined],
  ['explain a.txt --cwd out', 0, undefined],
  ['undo --list --cwd out', 0, undefined],
  ['undo --dry-run --cwd out', 0, undefined],
  ['update --help', 0, undefined],
  ['validate small', 0, undefined],
  ['schema pack', 0, undefined],
  ['schema output', 0, undefined],
  ['config path', 0, undefined],
  ['config list', 0, undefined],
  ['config set defaults.author Ada', 0, undefined],
  ['completion bash', 0, undefined],
  ['--help', 0, undefined],
  ['generate --help', 0, undefined],
  ['--version', 0, undefined],
  ['lits', 2, 'INVALID_ARGUMENTS'],
  ['list --categroy web', 2, 'INVALID_ARGUMENTS'],
  ['list --sort colour', 2, 'INVALID_ARGUMENTS'],
  ['list --limit many', 2, 'INVALID_ARGUMENTS'],
  ['list too many words', 2, 'INVALID_ARGUMENTS'],
  ['generate', 2, 'INVALID_ARGUMENTS'],
  ['schema packs', 2, 'INVALID_ARGUMENTS'],
  ['generate small out5 --interactive', 2, 'INVALID_ARGUMENTS'],
  ['generate ../../@/ out5', 7, 'PACK_NOT_FOUND'],
  ['generate Web_API! out5', 2, 'REFERENCE_INVALID'],
  ['generate broken out5', 2, 'MANIFEST_INVALID'],
  ['generate small out5 --prefer cli-app-starter', 2, 'INVALID_ARGUMENTS'],
  ['generate small --cwd nowhere', 2, 'INVALID_ARGUMENTS'],
  ['validate broken', 2, 'CHECK_FAILED'],
  ['generate small out --overwrite --var nothing=1', 2, 'ANSWERS_INVALID'],
  ['generate small packs', 4, 'PROJECT_IN_THE_WAY'],
  ['generate cli-app-starter out', 4, 'PROJECT_HAS_OTHER_PACKS'],
  ['generate small out5 --template none.txt', 7, 'TEMPLATE_NOT_FOUND'],
  ['generate web-api-startr out5', 7, 'PACK_NOT_FOUND'],
  ['show smal', 7, 'PACK_NOT_FOUND'],
  ['generate ./none out5', 7, 'PACK_NOT_FOUND'],
  ['generate small out5 --vars-file none.toml', 7, 'FILE_NOT_FOUND'],
  ['status', 7, 'PROJECT_NOT_FOUND'],
  ['explain b.txt --cwd out', 7, 'PATH_NOT_GENERATED'],
  ['config get nothing.here', 8, 'SETTING_NOT_FOUND'],
];

describe('every command with --json', () => {
  it('prints exactly one document of the published form, and its exit code is that of the table', async () => {
    const { run } = await makeScene();
    const schema = JSON.parse(readFileSync(join(inject('programRoot'), 'schemas', 'output.schema.json'), 'utf8')) as JsonSchema;
    for (const [line, exit, code] of RUNS) {
      const { stdout, stderr, exitCode } = await run([...line.split(' '), '--json']);
      const document = JSON.parse(stdout) as { ok: boolean; error: { code: ErrorCode } | null };
      expect(findSchemaProblems(document, schema), line).toEqual([]);
      expect([line, exitCode, document.ok]).toEqual([line, exit, exit === 0]);
      expect(stderr, line).toBe('');
      if (document.error === null) continue;
      expect(ERROR_CODES[document.error.code]?.exit, line).toBe(exit);
      if (code !== undefined) expect([line, document.error.code]).toEqual([line, code]);
    }
  });

  it('has the same exit code as text, with the data on stdout only and what to do on stderr', async () => {
    const { run } = await makeScene();
    for (const [line, exit, code] of RUNS) {
      const { stdout, stderr, exitCode } = await run(line.split(' '));
      expect([line, exitCode], stderr).toEqual([line, exit]);
      if (exit === 0) {
        if (!line.startsWith('config set')) expect(stdout, line).not.toBe('');
        expect(stdout).not.toMatch(/^(next|hint|warning):/m);
      } else {
        expect(stderr, line).toMatch(/error\[[A-Z_]+\]: [\s\S]*\nhint: /);
        if (code !== 'CHECK_FAILED') expect(stdout, line).toBe('');
      }
    }
  });
});

describe('a mistyped word', () => {
  it.each([
    ['lits', 'list'],
    ['genrate web-api-starter x', 'generate'],
    ['list --categroy web', '--category'],
    ['generate web-api-startr x', 'web-api-starter'],
    ['show web-api-strter', 'web-api-starter'],
    ['list --sort nme', 'name'],
    ['schema pak', 'pack'],
    ['completion bsh', 'bash'],
  ])('%s is answered with %s', async (line, wanted) => {
    const { run, json } = makeWorkshop();
    const { stderr, exitCode } = await run(line.split(' '));
    expect([2, 7]).toContain(exitCode);
    expect(stderr).toContain(wanted);
    const { error } = await json(line.split(' '));
    expect(JSON.stringify([error?.suggestions, error?.hint])).toContain(wanted);
  });
});

describe('the completion script of bash', () => {
  it.each([
    [['show', 'web-a'], 'web-api-starter'],
    [['generate', '--interac'], '--interactive'],
    [['list', '--sort', 'ca'], 'category'],
    [['confi'], 'config'],
    [['uninstall', 'web'], ''],
  ])('completes %j', async (typed, completed) => {
    const { work, home, succeed } = makeWorkshop();
    const script = join(work, 'packs.bash');
    writeFileSync(script, (await succeed(['completion', 'bash'])).stdout);
    const lines = [
      'packs() { "$PROGRAM_NODE" "$PROGRAM_FILE" "$@"; }',
      '. "$1"; shift',
      'COMP_WORDS=(packs "$@"); COMP_CWORD=$#; COMP_LINE="packs $*"; COMP_POINT=1000; _packs',
      'printf %s "$COMPREPLY"',
    ];
    const env = { ...programEnvironment({ home }), PROGRAM_NODE: process.execPath, PROGRAM_FILE: programFile() };
    const child = spawn('bash', ['-c', lines.join('\n'), '-', script, ...typed], { cwd: work, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout, stderr } = await endOf(child);
    expect([stdout, stderr]).toEqual([completed, '']);
  });
});

describe('the streams', () => {
  it.each([[['list']], [['schema', 'pack']], [['plan', 'web-api-starter', 'x', '--json']], [['--help']]])(
    '%j ends silently when its reader goes away',
    async (args) => {
      const { work, home } = makeWorkshop();
      const child = spawn('/bin/sh', ['-c', '"$@" | head -c 10', '-', process.execPath, programFile(), ...args], {
        cwd: work,
        env: programEnvironment({ home }),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const { stdout, stderr } = await endOf(child);
      expect(stdout.length).toBeLessThanOrEqual(10);
      expect(stderr).not.toMatch(/EPIPE|Error|error/);
    },
  );

  it('are whole when a result is longer than a pipe', async () => {
    const { run } = makeWorkshop();
    const { stdout } = await run(['plan', 'web-api-starter', 'x', '--json']);
    expect(stdout.length).toBeGreaterThan(70_000);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it('have no colour unless it is asked for', async () => {
    const { run } = makeWorkshop();
    for (const env of [{}, { NO_COLOR: '1' }, { TERM: 'dumb', FORCE_COLOR: '0' }])
      expect((await run(['show', 'web-api-starter'], { env })).stdout).not.toContain('\u001b');
    expect((await run(['show', 'web-api-starter'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
    expect((await run(['show', 'web-api-starter', '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });

  it('--quiet leaves only the result', async () => {
    const { run } = makeWorkshop();
    expect(await run(['generate', 'cli-app-starter', 'x', '--quiet'])).toMatchObject({ stderr: '', exitCode: 0 });
  });
});

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of generating leaves nothing half done', async (signal) => {
    const workshop = makeWorkshop();
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`templates/d${index % 40}/f${index}.txt.jinja`, '{{ project.name }}\n'.repeat(50)]),
    );
    const pack = writePack(join(workshop.root, 'large'), { id: 'large', files });
    const child = startProgram(['generate', pack, 'out', '--verbose'], { cwd: workshop.work, home: workshop.home });
    const end = endOf(child);
    await once(child.stderr ?? child, 'data');
    child.kill(signal);
    const { exitCode, stderr } = await end;
    expect(stderr).not.toContain('UNEXPECTED');
    const out = join(workshop.work, 'out');
    mkdirSync(out, { recursive: true });
    const status = await workshop.run(['status', '--json', '--check'], { cwd: out });
    const { data, error } = JSON.parse(status.stdout) as {
      data: { isClean: boolean; files: object[] } | null;
      error: { code: string } | null;
    };
    // All of it, or nothing of it.
    if (exitCode === 0) expect([data?.isClean, data?.files.length]).toEqual([true, 2000]);
    else expect([130, 'PROJECT_NOT_FOUND']).toEqual([exitCode, error?.code]);
  });
});

describe('settings', () => {
  it('that are broken stop a command with 8, and name the line', async () => {
    const { run, home } = makeWorkshop();
    mkdirSync(join(home, 'packsmith'), { recursive: true });
    writeFileSync(join(home, 'packsmith', 'config.toml'), 'format = 1\n\n[trsut]\n');
    const { exitCode, stderr } = await run(['show', 'web-api-starter']);
    expect(exitCode).toBe(8);
    expect(stderr).toMatch(/CONFIG_INVALID[\s\S]*config\.toml:3:\d+[\s\S]*trust/);
  });
});
