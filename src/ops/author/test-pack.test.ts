import { describe, expect, it } from 'vitest';
import { memoryScratch } from '../../../test/support/memory-scratch.ts';
import { world } from '../../../test/support/memory-world.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { HookRunner } from '../../ports/hook-runner.ts';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { RecordingReporter } from '../../testing/recording-reporter.ts';
import { type TestPackRequest, testPack } from './test-pack.ts';

const MANIFEST = `
[variables.name]
type = "string"
default = "{{ project.directory }}"
pattern = "^[a-z-]+$"

[variables.port]
type = "integer"
default = 3000
max = 65535

[[hooks.post_generate]]
name = "install"
run = ["npm", "install"]
when = "port == 3000"
`;

const FILES = {
  'templates/README.md.jinja': '# {{ name }}\n\nIt listens on {{ port }}.\n\n## Use\n\nStart it.\n',
  'templates/config.json.jinja': '{\n  "port": {{ port }},\n  "tags": ["a", "b"]\n}\n',
  'templates/run.sh': '#!/bin/sh\n',
};

/** Runs one case of a pack that generates a README.md, a config.json and a run.sh. */
async function run(
  text: string,
  more: Partial<TestPackRequest> & { fixture?: PackFixture; hooks?: HookRunner; reporter?: RecordingReporter } = {},
) {
  const { fixture, hooks, reporter, ...options } = more;
  const pack = makePack({
    id: 'web',
    version: '1.1.0',
    manifest: MANIFEST,
    executable: ['templates/run.sh'],
    ...fixture,
    files: { ...FILES, 'tests/a.toml': text, ...fixture?.files },
  });
  const ports = { ...world([]), scratch: memoryScratch, stopwatch: () => 0, ...(hooks && { hooks }), ...(reporter && { reporter }) };
  const request = {
    pack,
    directory: '/packs/web',
    filter: [],
    update: false,
    commands: async () => 'run' as const,
    offline: true,
    ...options,
  } as const;
  return testPack(request, ports);
}

/** What is wrong with the one case, as `line: message`. */
async function problems(text: string, more: Parameters<typeof run>[1] = {}): Promise<string[]> {
  const { report } = await run(text, more);
  return report.cases.flatMap((each) => each.problems.map(({ where, message }) => `${where.line}: ${message}`));
}

const expects = (text: string): string => `name = "a"\n[expect]\n${text}`;

describe('a case passes', () => {
  it('when everything is as expected', async () => {
    const text = `name = "a"
directory = "my-api"
[variables]
port = 8080
[expect]
files = ["*.md", "config.json", "run.sh"]
complete = true
absent = ["src/**"]
executable = ["run.sh"]
hooks = []
[expect.contains]
"README.md" = ["# my-api"]
[expect.lacks]
"README.md" = ["3000"]
[expect.matches]
"README.md" = ['^It listens on \\d+\\.$']
[expect.text]
"run.sh" = "#!/bin/sh\\n"
[expect.values."config.json"]
"/port" = 8080
"/tags" = ["a", "b"]
"/tags/1" = "b"
"" = { tags = ["a", "b"], port = 8080 }
[expect.no_values]
"config.json" = ["/host"]
`;
    expect(await problems(text)).toEqual([]);
  });
});

describe('a case fails, and says where and why', () => {
  it.each([
    ['a missing file, with the nearest', 'files = ["READM.md"]', ['3: there is no READM.md; there is README.md']],
    ['a glob that matches nothing', 'files = ["src/**"]', ['3: there is no src/**']],
    ['a file too many', 'files = ["README.md", "run.sh"]\ncomplete = true', ['4: there is config.json, which `files` does not list']],
    ['a file that should be absent', 'absent = ["*.json"]', ['3: there is config.json, which should not be there']],
    ['a missing execute bit', 'executable = ["README.md"]', ['3: README.md cannot be run: it has no execute bit']],
    ['a hook that would run', 'hooks = []', ['3: the hook "install" would run']],
    ['a hook that would not', 'hooks = ["install", "build"]', ['3: the hook "build" would not run']],
    [
      'a text that is not there, with the nearest line',
      'contains = { "README.md" = ["It listens at 3000"] }',
      ['3: README.md does not contain "It listens at 3000"; the nearest is line 3: "It listens on 3000."'],
    ],
    ['a text that is there', 'lacks = { "README.md" = ["3000"] }', ['3: README.md contains "3000" in line 3']],
    ['a pattern', 'matches = { "README.md" = ["^listens"] }', ['3: README.md does not match "^listens"']],
    ['a whole text', 'text = { "run.sh" = "" }', ['3: run.sh is not as expected']],
    ['a value', 'values = { "config.json" = { "/port" = 1 } }', ['3: config.json at /port is 3000, not 1']],
    ['a type', 'values = { "config.json" = { "/port" = "3000" } }', ['3: config.json at /port is 3000, not "3000"']],
    ['a list', 'values = { "config.json" = { "/tags" = ["b", "a"] } }', ['3: config.json at /tags is not as expected']],
    [
      'a place that is not there, with what is',
      'values = { "config.json" = { "/tags/2" = "c" } }',
      ['3: config.json has nothing at /tags/2: /tags is a list of 2'],
    ],
    ['a value that should not be there', 'no_values = { "config.json" = ["/port"] }', ['3: config.json has 3000 at /port']],
    ['a file to look into that is not there', 'values = { "other.json" = { "" = 1 } }', ['3: there is no other.json']],
    ['all of it at once', 'files = ["a"]\nabsent = ["run.sh"]', ['3: there is no a', '4: there is run.sh, which should not be there']],
  ])('%s', async (_, text, expected) => {
    expect(await problems(expects(text))).toEqual(expected);
  });

  it('a data file that is none', async () => {
    const fixture = { files: { 'templates/config.json.jinja': '{ "port": }' } };
    const [problem] = await problems(expects('values = { "config.json" = { "/port" = 1 } }'), { fixture });
    expect(problem).toContain('config.json cannot be parsed: line 1: ');
  });

  it('with a diff', async () => {
    const { report } = await run(expects('text = { "run.sh" = "#!/bin/bash\\n" }'));
    expect(report.cases[0]?.problems[0]?.diff).toContain('-#!/bin/bash\n+#!/bin/sh');
  });

  it('when it is refused and nobody expected that', async () => {
    expect(await problems('name = "a"\n[variables]\nport = 70000\n[expect]')).toEqual([
      '1: it is refused: ANSWERS_INVALID: 1 problem with the variables',
    ]);
  });

  it('with the place in a template that cannot be rendered', async () => {
    const { report } = await run(expects('files = ["a.txt"]'), { fixture: { files: { 'templates/a.txt.jinja': 'a\n{{ nope }}\n' } } });
    expect(report.cases[0]?.problems[0]?.diff).toMatch(/^templates\/a\.txt\.jinja:2:4: TEMPLATE_[A-Z]+: "nope" is not defined\n/);
  });

  it('when a name is given that no variable has', async () => {
    expect(await problems('name = "a"\n[variables]\nprot = 1\n[expect]')).toEqual([expect.stringContaining('ANSWERS_INVALID')]);
  });
});

describe('a refusal', () => {
  const refused = (text: string): string => `name = "a"\n[variables]\nport = 70000\n[expect.refusal]\n${text}`;

  it.each([
    ['is as expected', 'code = "ANSWERS_INVALID"\nvariables = ["port"]\ncontains = ["65535"]', []],
    ['has another code', 'code = "NO_SOLUTION"', ['5: it is refused with ANSWERS_INVALID, not NO_SOLUTION']],
    ['is about other variables', 'code = "ANSWERS_INVALID"\nvariables = ["name"]', ['6: the findings are about port, not name']],
    ['says something else', 'code = "ANSWERS_INVALID"\ncontains = ["too hot"]', ['6: the error does not have "too hot"']],
  ])('%s', async (_, text, expected) => {
    expect(await problems(refused(text))).toEqual(expected);
  });

  it('does not come', async () => {
    expect(await problems('name = "a"\n[expect.refusal]\ncode = "ANSWERS_INVALID"')).toEqual([
      '2: it is not refused: a project of 3 files is generated',
    ]);
  });
});

describe('snapshots', () => {
  const text = expects('snapshots = ["*.md"]');

  it('are stored only when that is asked for, and then hold', async () => {
    expect(await problems(text)).toEqual(['3: there is no snapshot of README.md yet: look at it, then store it with --update']);
    const { report, written, removed } = await run(text, { update: true });
    expect([report.failed, [...written.keys()], removed]).toEqual([0, ['tests/a.snap/README.md.snap'], []]);
    const stored = Object.fromEntries([...written].map(([path, { content }]) => [path, decodeUtf8(content) ?? '']));
    expect(await problems(text, { fixture: { files: stored } })).toEqual([]);
  });

  it('that differ are shown as a diff', async () => {
    const { report } = await run(text, { fixture: { files: { 'tests/a.snap/README.md.snap': '# other\n' } } });
    expect(report.cases[0]?.problems).toMatchObject([
      { message: 'README.md is not as its snapshot', diff: expect.stringContaining('-# other') },
    ]);
  });

  it('that nothing asks for are a problem of their case, and are deleted with --update; those of no case are told', async () => {
    const fixture = { files: { 'tests/a.snap/run.sh.snap': '', 'tests/gone.snap/x.snap': '' } };
    const { report } = await run(expects(''), { fixture });
    expect(report.cases[0]?.problems).toMatchObject([{ path: 'tests/a.snap/run.sh.snap' }]);
    expect(report.warnings).toEqual([expect.stringContaining('tests/gone.snap/x.snap belongs to no case')]);
    expect((await run(expects(''), { fixture, update: true })).removed).toEqual(['tests/a.snap/run.sh.snap', 'tests/gone.snap/x.snap']);
  });

  it('do not hide other problems when they are stored', async () => {
    expect(await problems(expects('snapshots = ["*.md", "*.txt"]\nfiles = ["x"]'), { update: true })).toEqual([
      '4: there is no x',
      '3: there is no *.txt to compare with a snapshot',
    ]);
  });
});

describe('a directory that has files', () => {
  const start = (table: string, expected: string): string => `name = "a"\n[start]\n${table}\n[expect]\n${expected}`;
  const fixture = {
    files: { 'tests/old/notes.md': 'old\n', 'tests/old/bin/own': 'own\n' },
    executable: ['templates/run.sh', 'tests/old/bin/own'],
  };

  it('is generated into, beside what is there', async () => {
    const expected = `files = ["notes.md", "bin/own", "more.txt", "README.md", "config.json", "run.sh"]
complete = true
executable = ["bin/own", "run.sh"]
created = ["README.md", "config.json", "run.sh"]
updated = []
[expect.text]
"notes.md" = "new\\n"`;
    const text = start('directory = "tests/old/"\nfiles = { "notes.md" = "new\\n", "more.txt" = "" }', expected);
    expect(await problems(text, { fixture })).toEqual([]);
  });

  it('is in the way where it has files that the pack writes, unless they are replaced', async () => {
    const files = 'files = { "README.md" = "mine\\n" }';
    const refused = '[expect.refusal]\ncode = "PROJECT_IN_THE_WAY"\ncontains = ["README.md"]';
    expect(await problems(`name = "a"\n[start]\n${files}\n${refused}`)).toEqual([]);
    expect(await problems(start(files, ''))).toEqual([expect.stringContaining('PROJECT_IN_THE_WAY')]);
    expect(await problems(start(`overwrite = true\n${files}`, 'updated = ["README.md"]'))).toEqual([]);
    expect(await problems(start(`overwrite = true\n${files}`, 'updated = []\ncreated = ["x"]'))).toEqual([
      '7: x is not created by the generation',
      '7: config.json is created by the generation',
      '7: run.sh is created by the generation',
      '6: README.md is updated by the generation',
    ]);
  });

  it('is there before an update too', async () => {
    const text = `name = "a"
[start.files]
"notes.md" = "old"
[update]
[[update.earlier]]
path = "pack.toml"
replace = 'version = "1.1.0"'
with = 'version = "1.0.0"'
[[update.edits]]
path = "notes.md"
append = " and new"
[expect]
updated = []
[expect.text]
"notes.md" = "old and new"
`;
    expect(await problems(text)).toEqual([]);
  });

  it('must be in the pack', async () => {
    await expect(run(start('directory = "tests/none"', ''))).rejects.toMatchObject({
      code: 'CASE_INVALID',
      diagnostics: [
        { code: 'DATA_FILE_MISSING', message: 'the pack has no file below tests/none', where: { file: 'tests/a.toml', line: 3 } },
      ],
    });
  });
});

describe('snapshots of programs', () => {
  const text = expects('snapshots = ["run.sh"]');
  const stored = (executable: readonly string[]) => ({
    fixture: { files: { 'tests/a.snap/run.sh.snap': '#!/bin/sh\n' }, executable },
  });

  it('can be run where the file can', async () => {
    const { written } = await run(text, { update: true });
    expect([...written].map(([path, { mode }]) => [path, mode])).toEqual([['tests/a.snap/run.sh.snap', 0o755]]);
    expect(await problems(text, stored(['templates/run.sh', 'tests/a.snap/run.sh.snap']))).toEqual([]);
    expect(await problems(text, stored(['templates/run.sh']))).toEqual(['3: run.sh can be run, and its snapshot cannot']);
    expect(await problems(text, stored(['tests/a.snap/run.sh.snap']))).toEqual(['3: run.sh cannot be run, and its snapshot can']);
    expect(await problems(text, { ...stored(['templates/run.sh']), update: true })).toEqual([]);
  });
});

describe('commands', () => {
  const text = 'name = "a"\n[expect]\n[[commands]]\nrun = ["tool", "x"]\noutput = ["fine"]';
  const outcome = (result: 'done' | 'failed' | 'timed-out', exitCode: number | undefined, output: string): HookRunner => ({
    findMissing: () => [],
    run: async (hook) => ({ hook, result, exitCode, milliseconds: 1, output }),
  });

  it.each([
    ['that do what they should', outcome('done', 0, 'all fine'), []],
    ['that fail', outcome('failed', 2, 'oh'), ['3: `tool x` ended with exit code 2, not 0']],
    ['that cannot be started', outcome('failed', undefined, 'ENOENT'), ['3: `tool x` could not be run']],
    ['that take too long', outcome('timed-out', undefined, ''), ['3: `tool x` was ended after 60 s']],
    ['that say something else', outcome('done', 0, 'meh'), ['5: the output of `tool x` does not have "fine"']],
  ])('%s', async (_, hooks, expected) => {
    expect(await problems(text, { hooks })).toEqual(expected);
  });

  it('are told of while they run, and cases when they end', async () => {
    const reporter = new RecordingReporter();
    await run(text, { hooks: outcome('done', 0, 'all fine'), reporter });
    expect(reporter.events.filter(({ kind }) => kind.startsWith('case-'))).toEqual([
      { kind: 'case-command', name: 'a', command: 'tool x' },
      { kind: 'case-ended', name: 'a', done: 1, total: 1 },
    ]);
  });

  it('are refused where nobody agrees, and all of them shown', async () => {
    await expect(run(text, { commands: async () => 'refuse' })).rejects.toMatchObject({
      code: 'COMMANDS_NOT_TRUSTED',
      message: expect.stringContaining('tests/a.toml: ["tool","x"]'),
    });
  });

  it('can be left out, which the report says', async () => {
    const { report } = await run(text, { commands: 'skip' });
    expect(report.cases).toMatchObject([{ passed: true, commands: { run: 0, skipped: 1 } }]);
  });
});

describe('an update case', () => {
  const EARLIER = `
[[update.earlier]]
path = "pack.toml"
replace = 'version = "1.1.0"'
with = 'version = "1.0.0"'
[[update.earlier]]
path = "templates/README.md.jinja"
replace = "Start it."
with = "Run it."
`;
  const update = (more: string, expected = ''): string => `name = "a"\n[update]\n${more}\n${EARLIER}\n[expect]\n${expected}`;
  const edit = (text: string): string => `[[update.edits]]\npath = "README.md"\n${text}\n`;

  it('merges the change of the pack with an edit elsewhere', async () => {
    const text = update(
      edit('replace = "It listens"\nwith = "My service listens"'),
      'updated = ["README.md"]\ncontains = { "README.md" = ["My service listens on 3000.", "Start it."] }',
    );
    expect(await problems(text)).toEqual([]);
  });

  it('fails at a conflict that nobody expected, and passes where one is', async () => {
    const conflicting = edit('replace = "Run it."\nwith = "Run it twice."');
    expect(await problems(update(conflicting))).toEqual([expect.stringContaining('README.md is left in conflict')]);
    expect(await problems(update(conflicting, 'conflicts = ["README.md"]'))).toEqual([]);
    expect(await problems(update('', 'conflicts = ["README.md"]'))).toEqual([expect.stringContaining('README.md is not in conflict')]);
  });

  it('tells which files the update touches', async () => {
    expect(await problems(update('', 'updated = []\ndeleted = ["run.sh"]'))).toEqual([
      expect.stringContaining('README.md is updated by the update'),
      expect.stringContaining('run.sh is not deleted by the update'),
    ]);
  });

  it('keeps deletions and moves', async () => {
    const edits = '[[update.edits]]\npath = "run.sh"\ndelete = true\n[[update.edits]]\npath = "README.md"\nmove = "docs/README.md"\n';
    expect(await problems(update(edits, 'absent = ["run.sh", "README.md"]\ncontains = { "docs/README.md" = ["Start it."] }'))).toEqual([]);
  });

  it('finds an edit that is lost where the pack says to take its own', async () => {
    const text = `name = "a"\n[update]\nconflict = "theirs"\n${edit('replace = "Run it."\nwith = "Mine."')}${EARLIER}\n[expect]\nlacks = { "README.md" = ["Mine."] }`;
    expect(await problems(text)).toEqual([]);
  });

  it('says which edit cannot be made', async () => {
    expect(await problems(update(edit('replace = "nothing like it"\nwith = "x"')))).toEqual([
      expect.stringContaining('edit 1 of update.edits cannot be made: README.md has no "nothing like it"'),
    ]);
  });

  it('says that there is no earlier version', async () => {
    expect(await problems('name = "a"\n[update]\nfrom = "previous"\n[expect]')).toEqual([
      expect.stringContaining('no registry and no folder has a version before 1.1.0 of web'),
    ]);
  });
});

describe('the run', () => {
  it('reports findings of all cases at once, and runs none', async () => {
    const fixture = { files: { 'tests/b.toml': 'nam = "x"' } };
    await expect(run('name = 1', { fixture })).rejects.toMatchObject({
      code: 'CASE_INVALID',
      message: 'the test cases of web have 5 errors',
    });
  });

  it('runs the cases that the filter chooses, by name and by file', async () => {
    const fixture = { files: { 'tests/b.toml': 'name = "second"\n[expect]' } };
    const names = async (filter: string[]) => (await run(expects(''), { fixture, filter })).report.cases.map(({ name }) => name);
    expect([await names([]), await names(['second']), await names(['a.toml'])]).toEqual([['a', 'second'], ['second'], ['a']]);
    await expect(names(['third'])).rejects.toMatchObject({
      code: 'CASES_MISSING',
      message: expect.stringContaining('tests/b.toml: second'),
    });
  });
});
