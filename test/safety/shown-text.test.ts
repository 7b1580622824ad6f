import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** What a terminal would obey: clear, colour, title, link, clipboard, 8-bit controls, bells, overwriting, reversed text. */
const ESCAPES =
  '\u001b[2J\u001b[31m\u001b]0;title\u0007\u001b]8;;http://evil.example\u001b\\link\u001b]52;c;aGk=\u0007\u009b31m\u0007\b\r\u202egnp.exe\u2066';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey is what must not be there
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function expectPlain(...texts: readonly string[]): void {
  for (const text of texts) expect(JSON.stringify(OBEYED.exec(text)?.[0] ?? ''), JSON.stringify(text)).toBe('""');
}

/** TOML in which every text that is shown somewhere is hostile. */
const toml = (id: string) => {
  const text = (words: string) =>
    JSON.stringify(`${words}${ESCAPES}`).replace(
      /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `format = 1

[pack]
id = "${id}"
version = "1.0.0"
title = ${text('Title')}
description = ${text('Description')}
category = "evil"
license = "MIT"
authors = [${text('Author')}]
keywords = ["w\\u001b[31mx"]

[variables.word]
type = "string"
prompt = ${text('Prompt')}
description = ${text('About the word')}
default = "a\\u001b[31mb"
example = "a\\u001b[31mb"
group = ${text('Group')}
pattern_hint = ${text('hint')}
pattern = "^[^!]*$"

[variables.pick]
type = "choice"
choices = [{ value = ${text('a')}, label = ${text('A')} }, "b"]
default = "b"

[[hooks.post_generate]]
name = ${text('hook')}
run = ["node", "-e", ${text('0 //')}]

[[examples]]
title = ${text('example')}
variables = { pick = "b" }

[[templates]]
text = ${text('content')}
output = "a.txt"
`;
};

const COMMANDS: readonly (readonly string[])[] = [
  ['list'],
  ['list', '--categories'],
  ['list', '--category', 'nothing'],
  ['search', 'evil'],
  ['search', 'Title'],
  ['show', 'evil'],
  ['show', 'evil', '--variables'],
  ['show', 'evil', '--templates'],
  ['show', 'evil', '--examples'],
  ['validate', 'evil'],
  ['plan', 'evil', 'out'],
  ['plan', 'evil', 'out', '--diff'],
  ['generate', 'evil', 'out', '--dry-run'],
  ['generate', 'evil', 'out', '--diff'],
  ['generate', 'evil', 'out', '--var', 'word=!', '--verbose'],
  ['generate', 'evil', 'out', '--var', 'pick=c'],
  ['generate', 'evil', 'out', '--var', `word${ESCAPES}=1`],
  ['generate', `evil${ESCAPES}`, 'out'],
  ['show', ESCAPES],
  [ESCAPES],
  [`--${ESCAPES}`],
  ['generate', 'evil', 'out'],
  ['status', '--cwd', 'out'],
  ['explain', 'a.txt', '--cwd', 'out'],
  ['explain', ESCAPES, '--cwd', 'out'],
  ['undo', '--list', '--cwd', 'out'],
  ['undo', ESCAPES, '--cwd', 'out'],
];

describe('text from packs and arguments', () => {
  it.each([
    ['as text', []],
    ['as JSON', ['--json']],
  ])('is shown without what a terminal obeys, %s', async (_, more) => {
    const workshop = makeWorkshop();
    writePack(join(workshop.work, 'packs', 'evil'), { toml: toml('evil') });
    for (const args of COMMANDS) {
      const { stdout, stderr, exitCode } = await workshop.run([...args, ...more]);
      expectPlain(stdout, stderr);
      expect([0, 2, 4, 7], `${args.join(' ')}\n${stdout}${stderr}`).toContain(exitCode);
      expect(stderr).not.toContain('UNEXPECTED');
      // What remains is readable.
      if (args.join(' ') === 'show evil') expect(stdout).toContain('Description');
    }
  });

  it.each<[string, string, Record<string, string>]>([
    ['of a manifest that cannot be read', `[pack]\nid = "x${ESCAPES}`, {}],
    [
      'of unknown keys and bad values',
      `format = 1\n[pack]\nid = "${'\\u001b[2J'}"\nversion = "\\u001b[31m"\ntitle = 3\n"\\u001b]0;x\\u0007" = 1\n`,
      {},
    ],
    ['of a template that fails', 'ok', { 'templates/a.txt.jinja': `{{ x${'y'} }} ${ESCAPES}\n{{ "${ESCAPES}".nothing }}` }],
    ['of a syntax error', 'ok', { 'templates/a.txt.jinja': `{% ${ESCAPES} %}` }],
    ['of a template that names no file', 'ok', { 'templates/a.txt.jinja': `{% include "${ESCAPES}" %}` }],
  ])('is plain in the findings %s', async (_, text, files) => {
    const workshop = makeWorkshop();
    writePack(join(workshop.work, 'packs', 'broken'), { id: 'broken', ...(text === 'ok' ? {} : { toml: text }), files });
    for (const args of [
      ['list'],
      ['validate', 'broken'],
      ['validate', './packs/broken'],
      ['show', 'broken'],
      ['generate', './packs/broken', 'out'],
      ['generate', './packs/broken', 'out', '--json'],
      ['list', '--json'],
    ]) {
      const { stdout, stderr } = await workshop.run(args);
      expectPlain(stdout, stderr);
      expect(stderr).not.toContain('UNEXPECTED');
    }
  });

  it('of the project is plain as well: file names, packsmith.toml, packsmith.lock', async () => {
    const workshop = makeWorkshop();
    const project = join(workshop.work, 'out');
    mkdirSync(project);
    writeFileSync(join(project, 'a\u001b[31mb\u009b.txt'), 'x');
    const pack = writePack(join(workshop.root, 'plain'), { id: 'plain', files: { 'templates/a.txt': 'a' } });
    for (const [name, text] of [
      ['packsmith.toml', `"\u001b[31m" = 1 ${ESCAPES}`],
      ['packsmith.lock', `{ "a": "${ESCAPES}"`],
      ['none', ''],
    ] as const) {
      writeFileSync(join(project, name), text);
      for (const args of [
        ['generate', pack, 'out'],
        ['status', '--cwd', 'out'],
        ['generate', pack, 'out', '--vars-file', `out/${name}`],
      ]) {
        const { stdout, stderr } = await workshop.run(args);
        expectPlain(stdout, stderr);
        expect(stderr).not.toContain('UNEXPECTED');
      }
    }
  });
});

describe('a secret', () => {
  const SECRET = 'hunter2-zq8-XYZZY';
  const manifest = '[variables.token]\ntype = "secret"\nmin_length = 5\n\n[variables.word]\ntype = "string"\ndefault = "one"';
  const files = { 'templates/.env.jinja': 'TOKEN={{ token }}\n', 'templates/word.txt.jinja': '{{ word }}\n' };

  /** Every byte of the workshop but the one file that the user asked to have it in, and the undo log, which is that file's. */
  function expectHidden({ root }: Workshop, texts: readonly string[]): void {
    const forms = [SECRET, Buffer.from(SECRET).toString('base64').slice(0, -4), encodeURIComponent(SECRET), [...SECRET].reverse().join('')];
    for (const form of forms) {
      for (const text of texts) expect(text).not.toContain(form);
      for (const [path, { content }] of Object.entries(readWholeTree(root))) {
        if (path.endsWith('.env') || path.endsWith('answers.json') || path.includes(join('.packsmith', 'local'))) continue;
        expect(content.includes(form), path).toBe(false);
      }
    }
  }

  it.each<[string, readonly string[], Record<string, string>]>([
    ['by a flag', ['--var', `token=${SECRET}`], {}],
    ['by the environment', [], { PACKSMITH_VAR_TOKEN: SECRET }],
    ['by a file', ['--vars-file', 'answers.json'], {}],
  ])('given %s is in the file it is for, and nowhere else', async (_, args, env) => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.root, 'secretive'), { id: 'secretive', manifest, files });
    if (args[0] === '--vars-file') writeFileSync(join(workshop.work, 'answers.json'), JSON.stringify({ token: SECRET }));
    const texts: string[] = [];
    const runs = [
      ['plan', pack, 'out', ...args],
      ['plan', pack, 'out', '--verbose', ...args],
      ['generate', pack, 'out', '--verbose', ...args],
      ['generate', pack, 'out', ...args],
      ['generate', pack, 'out', '--var', 'word=two', ...args],
      ['status', '--json', '--cwd', 'out'],
      ['explain', '.env', '--cwd', 'out'],
      ['undo', '--list', '--json', '--cwd', 'out'],
      ['generate', pack, 'other', '--var', 'word', ...args],
      ['generate', pack, 'other', '--var', 'wrod=1', ...args],
    ];
    for (const run of runs) {
      const { stdout, stderr, exitCode } = await workshop.run(run, { env });
      if (run[2] !== 'other') expect(exitCode, `${run.join(' ')}\n${stderr}`).toBe(0);
      texts.push(stdout, stderr);
    }
    expectHidden(workshop, texts);
    expect(readWholeTree(join(workshop.work, 'out'))['.env']?.content).toBe(`TOKEN=${SECRET}\n`);
    expect((await workshop.run(['status'], { cwd: join(workshop.work, 'out') })).stdout).toContain('all as generated');
  });

  it('that is not valid is refused without being shown', async () => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.root, 'secretive'), {
      id: 'secretive',
      manifest: manifest.replace('min_length = 5', 'min_length = 50'),
      files,
    });
    const { stdout, stderr, exitCode } = await workshop.run(['generate', pack, 'out', '--var', `token=${SECRET}`]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('token');
    expectHidden(workshop, [stdout, stderr]);
  });

  it('whose file was edited is merged, and stays hidden', async () => {
    const workshop = makeWorkshop();
    const more = { 'templates/config.txt.jinja': 'a\nb\nc\nd\ne\ntoken = {{ token }}\nf\ng\nword = {{ word }}\n' };
    const pack = writePack(join(workshop.root, 'secretive'), { id: 'secretive', manifest, files: more });
    await workshop.succeed(['generate', pack, 'out', '--var', `token=${SECRET}`]);
    const file = join(workshop.work, 'out', 'config.txt');
    writeFileSync(file, `mine\na\nb\nc\nd\ne\ntoken = ${SECRET}\nf\ng\nword = one\n`);
    await workshop.succeed(['generate', pack, 'out', '--var', `token=${SECRET}`, '--var', 'word=two']);
    expect(readWholeTree(join(workshop.work, 'out'))['config.txt']?.content).toBe(
      `mine\na\nb\nc\nd\ne\ntoken = ${SECRET}\nf\ng\nword = two\n`,
    );
    for (const record of ['packsmith.lock', 'packsmith.toml', '.packsmith/baseline.bin']) {
      const bytes = Buffer.from(readWholeTree(join(workshop.work, 'out'))[record]?.content ?? '', 'latin1');
      expect(inflateAnything(bytes)).not.toContain(SECRET);
    }
  });
});

/** The bytes themselves and, where they are compressed, what is in them. */
function inflateAnything(bytes: Buffer): string {
  const attempts = [inflateSync, inflateRawSync, gunzipSync, brotliDecompressSync].map((inflate) => {
    try {
      return inflate(bytes).toString('latin1');
    } catch {
      return '';
    }
  });
  return `${bytes.toString('latin1')}${attempts.join('')}`;
}

describe('a broken pack', () => {
  it('is shown as such, and hides no other', async () => {
    const workshop = makeWorkshop();
    const packs = join(workshop.work, 'packs');
    writePack(join(packs, 'broken'), { toml: 'format = 1\n[pack' });
    writePack(join(packs, 'future'), { toml: 'format = 99\n[pack]\nid = "future"\n' });
    writePack(join(packs, 'binary'), { toml: '', files: { 'pack.toml': new Uint8Array([0xff, 0xfe, 0, 1]) } });
    writePack(join(packs, 'good'), { id: 'good', files: { 'templates/a.txt': 'a' } });
    mkdirSync(join(packs, 'folder', 'pack.toml'), { recursive: true });
    mkdirSync(join(packs, 'empty'));
    const { stdout } = await workshop.succeed(['list']);
    for (const id of ['good', 'web-api-starter', 'cli-app-starter', 'data-science-toolkit']) expect(stdout).toContain(id);
    const { data } = await workshop.json(['list']);
    const broken = (data.packs as { id: string; isBroken: boolean }[]).filter(({ isBroken }) => isBroken).map(({ id }) => id);
    expect(broken).toEqual(['binary', 'broken', 'folder', 'future']);
    await workshop.succeed(['generate', 'good', 'out']);
    for (const id of broken) {
      const { exitCode, stderr } = await workshop.run(['generate', id, 'out2']);
      expect(exitCode, stderr).toBe(2);
      expect(stderr).toContain('MANIFEST_INVALID');
    }
  });
});
