import { describe, expect, it } from 'vitest';
import { actions, apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import { nativeHash } from '../../adapters/hash.ts';
import { deflateCodec } from '../../adapters/system/deflate-codec.ts';
import { parseProjectManifest } from '../../core/manifest/parse-project-manifest.ts';
import { readPlannedContent } from '../../core/plan/planned-contents.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { planAdd } from './add-packs.ts';
import { applyGeneration } from './apply-generation.ts';
import { checkProject } from './check-project.ts';
import { explainPath } from './explain-path.ts';
import { planGeneration } from './plan-generation.ts';
import { planRemove } from './remove-packs.ts';
import { planUndo } from './undo-change.ts';

const GREETING = makePack({
  id: 'greeting',
  manifest: '[variables.name]\ntype = "string"\ndefault = "World"\n\n[variables.token]\ntype = "secret"\nrequired = false\n',
  files: {
    'templates/hello.txt.jinja': 'Hello {{ name }}!\nline two\nline three\nline four\n',
    'templates/{% if name == "Ada" %}ada{% endif %}/note.txt': 'raw {{ name }}\n',
    'templates/secret.env.jinja': 'TOKEN={{ token }}\n',
  },
});

describe('planGeneration', () => {
  it('renders, leaves out what renders to nothing, and keeps records', async () => {
    const ports = world([GREETING]);
    await apply(await planGeneration(request(['greeting']), ports), ports);
    expect(ownFiles(ports)).toEqual({ 'hello.txt': 'Hello World!\nline two\nline three\nline four\n', 'secret.env': 'TOKEN=\n' });
    expect(ports.project.toTexts()['packsmith.toml']).toContain('name = "World"');
  });

  it('changes nothing the second time', async () => {
    const ports = world([GREETING]);
    await apply(await planGeneration(request(['greeting']), ports), ports);
    const before = ports.project.toTexts();
    const again = await planGeneration(request(['greeting']), ports);
    expect(again.plan.paths.every(({ action }) => action === 'keep')).toBe(true);
    await apply(again, ports);
    expect(ports.project.toTexts()).toEqual(before);
  });

  it('gives the same plan for the same inputs, also after a round trip through JSON', async () => {
    const [one, two] = await Promise.all([
      planGeneration(request(['greeting']), world([GREETING])),
      planGeneration(request(['greeting']), world([GREETING])),
    ]);
    expect(JSON.stringify(one.plan)).toBe(JSON.stringify(two.plan));
    expect(JSON.parse(JSON.stringify(one.plan))).toEqual(one.plan);
  });

  it('merges a changed answer with an edit', async () => {
    const ports = world([GREETING]);
    await apply(await planGeneration(request(['greeting']), ports), ports);
    ports.project.put('hello.txt', 'Hello World!\nline two\nline three\nline four, mine\n');
    await apply(await planGeneration(request(['greeting'], { given: flags('name=Ada') }), ports), ports);
    expect(ownFiles(ports)['hello.txt']).toBe('Hello Ada!\nline two\nline three\nline four, mine\n');
    expect(ownFiles(ports)['ada/note.txt']).toBe('raw {{ name }}\n');
    expect(ports.project.toTexts()['packsmith.toml']).toContain('name = "Ada"');
  });

  it('refuses to apply what cannot be merged, and overwrites only when told, with a copy', async () => {
    const ports = world([GREETING]);
    await apply(await planGeneration(request(['greeting']), ports), ports);
    ports.project.put('hello.txt', 'Mine\n');
    const changed = { given: flags('name=Ada') };
    const refused = await planGeneration(request(['greeting'], changed), ports);
    expect(actions(refused)['hello.txt']).toBe('conflict');
    await expect(apply(refused, ports)).rejects.toMatchObject({ code: 'MERGE_CONFLICT' });
    await apply(await planGeneration(request(['greeting'], { ...changed, ifExists: 'overwrite', backup: true }), ports), ports);
    expect(ownFiles(ports)).toMatchObject({ 'hello.txt': expect.stringContaining('Ada'), 'hello.txt.bak': 'Mine\n' });
  });

  it('never stores a secret in its records', async () => {
    const ports = world([GREETING]);
    await apply(await planGeneration(request(['greeting'], { given: flags('token=s3cr3t-value') }), ports), ports);
    expect(ownFiles(ports)['secret.env']).toBe('TOKEN=s3cr3t-value\n');
    for (const path of ['packsmith.toml', 'packsmith.lock']) expect(ports.project.toTexts()[path]).not.toContain('s3cr3t');
    const stored = await ports.project.readFile('.packsmith/baseline.bin' as ProjectPath);
    const block = deflateCodec.decompress(stored ?? new Uint8Array(), 1_000_000);
    expect(decodeUtf8(block)).not.toContain('s3cr3t');
  });

  it('stores no form of a secret that a filter can make, and merges edits of such files all the same', async () => {
    const pack = makePack({
      id: 'app',
      manifest:
        '[variables.pw]\ntype = "secret"\n\n[variables.dsn]\ntype = "string"\ndefault = "pg://u:{{ pw }}@h"\n\n[variables.name]\ntype = "string"\ndefault = "x"\n',
      files: { 'templates/a.jinja': '{{ pw | upper }}\n{{ pw | urlencode }}\n{{ dsn }}\none\ntwo\n{{ name }}\n' },
    });
    const ports = world([pack]);
    const given = flags('pw=p"s/word');
    const preview = await planGeneration(request(['app'], { given }), ports);
    expect(JSON.stringify(preview.plan.answers)).not.toContain('word');
    await apply(preview, ports);
    expect(ownFiles(ports)['a']).toBe('P"S/WORD\np%22s/word\npg://u:p"s/word@h\none\ntwo\nx\n');
    const stored = await ports.project.readFile('.packsmith/baseline.bin' as ProjectPath);
    const block = decodeUtf8(deflateCodec.decompress(stored ?? new Uint8Array(), 1_000_000)) ?? '';
    for (const form of ['s/word', 'S/WORD', '%22s']) expect(block).not.toContain(form);
    ports.project.put('a', (ownFiles(ports)['a'] ?? '').replace('one', 'ONE'));
    await apply(await planGeneration(request(['app'], { given: [...given, ...flags('name=y')] }), ports), ports);
    expect(ownFiles(ports)['a']).toBe('P"S/WORD\np%22s/word\npg://u:p"s/word@h\nONE\ntwo\ny\n');
  });

  it('refuses a directory that is not empty, and lists what is there', async () => {
    const ports = world([GREETING], { 'mine.txt': 'x' });
    await expect(planGeneration(request(['greeting']), ports)).rejects.toMatchObject({
      code: 'PROJECT_IN_THE_WAY',
      message: expect.stringContaining('mine.txt'),
    });
    expect(actions(await planGeneration(request(['greeting'], { ifExists: 'merge' }), ports))['hello.txt']).toBe('create');
  });

  it('generates a single template without leaving records', async () => {
    const ports = world([GREETING], { 'mine.txt': 'x' });
    await apply(await planGeneration(request(['greeting'], { template: 'hello.txt' }), ports), ports);
    expect(Object.keys(ports.project.toTexts()).sort()).toEqual(['hello.txt', 'mine.txt']);
  });

  it('lists all answers that are wrong at once, and writes nothing', async () => {
    const pack = makePack({ manifest: '[variables.a]\ntype = "integer"\nmax = 3\n\n[variables.b]\ntype = "boolean"\n' });
    const failure = planGeneration(request(['sample'], { given: flags('a=9', 'b=maybe') }), world([pack]));
    await expect(failure).rejects.toMatchObject({ code: 'ANSWERS_INVALID', diagnostics: [{}, {}] });
  });
});

const WEB = makePack({
  id: 'web',
  manifest: '[dependencies]\nbase = "^1"\n\n[packages.npm]\nfastify = "^5.1.0"\n',
  files: {
    'templates/.gitignore.jinja': 'dist/\nweb.log\n',
    'templates/README.md': '# Web\n\n## Web\n\nServe.\n',
    'templates/web.ts': 'web\n',
  },
});
const BASE = makePack({
  id: 'base',
  manifest: '[packages.npm]\nfastify = "^5.0.0"\ntypescript = { version = "^6.0.0", dev = true }\n',
  files: {
    'templates/.gitignore.jinja': 'node_modules/\ndist/\n',
    'templates/package.json': '{\n  "name": "app",\n  "private": true\n}\n',
  },
});
const OPS = makePack({
  id: 'ops',
  files: { 'templates/.gitignore.jinja': 'dist/\n.env\n', 'templates/ops.yml': 'a: 1\n', 'templates/web.ts': 'other\n' },
});

describe('several packs', () => {
  it('brings dependencies along, unites ignore files, intersects package ranges, and tells who gave what', async () => {
    const ports = world([WEB, BASE]);
    const preview = await planGeneration(request(['web']), ports);
    expect(preview.plan.packs.map(({ id, because }) => [id, because])).toEqual([
      ['base', 'web needs it'],
      ['web', 'asked for'],
    ]);
    await apply(preview, ports);
    expect(ownFiles(ports)['.gitignore']).toBe('node_modules/\ndist/\nweb.log\n');
    expect(JSON.parse(ownFiles(ports)['package.json'] ?? '')).toEqual({
      name: 'app',
      private: true,
      dependencies: { fastify: '^5.1.0' },
      devDependencies: { typescript: '^6.0.0' },
    });
    expect((await explainPath({ path: '.gitignore' }, ports)).packs.map(({ id }) => id)).toEqual(['base', 'web']);
    expect((await checkProject({}, ports)).isClean).toBe(true);
  });

  it('obeys the overrides of packsmith.toml and records them', async () => {
    const old = makePack({ id: 'base', version: '2.0.0', files: { 'templates/b.txt': 'two\n' } });
    const ports = world([WEB, old]);
    await expect(planGeneration(request(['web']), ports)).rejects.toMatchObject({ code: 'NO_SOLUTION' });
    const composition = parseProjectManifest('format = 1\n[packs]\nweb = "*"\n[overrides]\nbase = "^2"\n').manifest;
    await apply(await planGeneration(request([], { ...(composition && { composition }) }), ports), ports);
    expect(ownFiles(ports)['b.txt']).toBe('two\n');
    expect(ports.project.toTexts()['packsmith.lock']).toContain('"override":"^2"');
    expect((await planGeneration(request(['web']), ports)).plan.paths.every(({ action }) => action === 'keep')).toBe(true);
  });

  it('never lets one pack win by accident', async () => {
    const ports = world([WEB, BASE, OPS]);
    const preview = await planGeneration(request(['web', 'ops']), ports);
    expect(preview.plan.conflicts).toMatchObject([{ path: 'web.ts', ours: 'web', theirs: 'ops' }]);
    await expect(apply(preview, ports)).rejects.toMatchObject({ code: 'COMPOSE_CONFLICT', message: expect.any(String) });
    const ruled = await planGeneration(request(['web', 'ops'], { prefer: OPS.manifest.id }), ports);
    await apply(ruled, ports);
    expect(ownFiles(ports)['web.ts']).toBe('other\n');
  });

  it('prefers a pack without giving up the strategy', async () => {
    const one = makePack({ id: 'one', files: { 'templates/a.txt': 'one\n' } });
    const two = makePack({ id: 'two', files: { 'templates/a.txt': 'two\n' } });
    const ports = world([one, two]);
    const preview = await planGeneration(request(['one', 'two'], { strategy: 'layer', prefer: one.manifest.id }), ports);
    expect(preview.merge).toEqual({ mode: 'layer', rules: [{ path: '**', action: 'layer', prefer: 'one' }] });
    await apply(preview, ports);
    expect(ownFiles(ports)['a.txt']).toBe('one\n');
  });

  it('adds a pack and takes it out again: what it brought leaves, what the user wrote stays', async () => {
    const ops = makePack({
      id: 'ops',
      files: { 'templates/.gitignore.jinja': '.env\n', 'templates/ops.yml': 'a: 1\n', 'templates/kept.txt': 'pack\n' },
    });
    const ports = world([WEB, BASE, ops]);
    await apply(await planGeneration(request(['web']), ports), ports);
    const generated = ownFiles(ports);
    const manifest = `# my own comment\n${ports.project.toTexts()['packsmith.toml']}`;
    ports.project.put('packsmith.toml', manifest);
    ports.project.put('mine.txt', 'mine\n');
    await apply(await planAdd({ ...OPTIONS, references: ['ops'] }, ports), ports);
    expect(ownFiles(ports)).toMatchObject({ '.gitignore': expect.stringContaining('.env'), 'ops.yml': 'a: 1\n', 'mine.txt': 'mine\n' });
    expect(ports.project.toTexts()['packsmith.toml']).toMatch(/^# my own comment\n[\s\S]*ops = "\^1\.0\.0"/);
    ports.project.put('kept.txt', 'pack\nand mine\n');
    await apply(await planRemove({ ...OPTIONS, ids: ['ops'] }, ports), ports);
    expect(ownFiles(ports)).toEqual({ ...generated, 'mine.txt': 'mine\n', 'kept.txt': 'pack\nand mine\n' });
    expect(ports.project.toTexts()['packsmith.toml']).toBe(manifest);
  });

  it('takes a change back exactly, and refuses when files were edited since', async () => {
    const ports = world([GREETING]);
    await apply(await planGeneration(request(['greeting']), ports), ports);
    const before = ports.project.toTexts();
    await apply(await planGeneration(request(['greeting'], { given: flags('name=Ada') }), ports), ports);
    await applyGeneration({ plan: await planUndo({}, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(before);
    ports.project.put('hello.txt', 'edited\n');
    const [newest] = await ports.project.listTransactions();
    const first = (await ports.project.listTransactions()).at(-1);
    expect(newest).toBeDefined();
    await expect(planUndo({ id: first?.id ?? '' }, ports)).rejects.toMatchObject({ code: 'UNDO_IMPOSSIBLE' });
  });

  it('keeps the bytes of every content it writes in the plan', async () => {
    const { plan } = await planGeneration(request(['greeting']), world([GREETING]));
    for (const { action, after } of plan.paths) {
      if (action === 'create' && after !== undefined) expect(nativeHash(readPlannedContent(plan, after.digest))).toBe(after.digest);
    }
  });
});

describe('two packs', () => {
  it('disagree where one wants a file and the other a directory', async () => {
    const ports = world([
      makePack({ id: 'one', files: { 'templates/d': 'file\n' } }),
      makePack({ id: 'two', files: { 'templates/d/e/f': 'below\n' } }),
    ]);
    const { plan } = await planGeneration(request(['one', 'two']), ports);
    expect(plan.conflicts).toMatchObject([{ path: 'd/e/f', ours: 'one', theirs: 'two' }]);
    await expect(applyGeneration({ plan, consentedHooks: [] }, ports)).rejects.toMatchObject({ code: 'COMPOSE_CONFLICT' });
  });
});

describe('a default with a secret in it', () => {
  it('is not written into packsmith.toml, and is the same at the next run', async () => {
    const manifest = '[variables.pw]\ntype = "secret"\n[variables.url]\ntype = "string"\ndefault = "pg://u:{{ pw }}@h"\n';
    const ports = world([makePack({ id: 'app', manifest, files: { 'templates/env.jinja': '{{ url }}\n' } })]);
    const given = flags('pw=hunter2');
    await apply(await planGeneration(request(['app'], { given }), ports), ports);
    expect(ownFiles(ports)).toEqual({ env: 'pg://u:hunter2@h\n' });
    expect(ports.project.toTexts()['packsmith.toml']).not.toContain('hunter2');
    const again = await planGeneration(request(['app'], { given }), ports);
    expect(again.plan.paths.every(({ action }) => action === 'keep')).toBe(true);
  });
});
