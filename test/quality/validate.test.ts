import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, startServer } from '../support/loopback-server.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { SHIPPED, SHIPPED_IDS } from '../support/shipped-packs.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runWithShipped);
const CHOICES = `[variables.ci]
type = "choice"
choices = ["github", "gitlab"]
default = "github"
[variables.docker]
type = "boolean"
default = true
`;
const codes = (data: { diagnostics: { code: string }[] }) =>
  data.diagnostics.map(({ code }) => code).filter((code) => code !== 'PACK_FILE_MISSING');

describe('a template of another tool', () => {
  it('is valid by the names of that tool, and linted and scored once it is a pack', async () => {
    const { work, json } = makeWorkshop();
    const body = join(work, 'cookiecutter-x', '{{cookiecutter.slug}}');
    mkdirSync(body, { recursive: true });
    writeFileSync(join(work, 'cookiecutter-x', 'cookiecutter.json'), '{ "slug": "x", "title": "{{ cookiecutter.slug|upper }}" }');
    writeFileSync(join(body, 'README.md'), '# {{ cookiecutter.title }}');
    expect((await json(['validate', './cookiecutter-x'])).data).toMatchObject({ isValid: true, diagnostics: [] });
    for (const verb of ['lint', 'score'])
      expect(await json([verb, './cookiecutter-x'])).toMatchObject({
        exitCode: 2,
        error: { code: 'INVALID_ARGUMENTS', message: expect.stringContaining('cookiecutter-x is a template of another tool') },
      });

    const { data } = await json(['import', './cookiecutter-x', '--as', 'made', '--output', './made']);
    expect(data).toBeDefined();
    expect((await json(['validate', './made'])).data).toMatchObject({ isValid: true });
    expect((await json(['lint', './made'])).data.findings.map(({ rule }: { rule: string }) => rule)).toContain('missing-tests');
    mkdirSync(join(work, 'made', 'tests'));
    writeFileSync(join(work, 'made', 'tests', 'defaults.toml'), 'name = "as it is"\n[expect]\nfiles = ["README.md"]\n');
    const { data: score } = await json(['score', './made']);
    expect(score.dimensions.find(({ name }: { name: string }) => name === 'templates')).toMatchObject({
      gained: score.dimensions[1].worth,
    });
    writeFileSync(join(work, 'made', 'templates', 'b.jinja'), '{% if x %}');
    for (const verb of ['validate', 'lint', 'publish'])
      expect(await json([verb, './made', ...(verb === 'publish' ? ['--dry-run'] : [])])).toMatchObject({ exitCode: 2, ok: false });
  });
});

describe('validate --deep', () => {
  it.each(SHIPPED_IDS)('passes %s with every pair of choices and every example', async (id) => {
    const { json } = makeWorkshop();
    const { data, ok } = await json(['validate', join(SHIPPED, id), '--deep', '--strict']);
    expect({ ok, diagnostics: data.diagnostics }).toEqual({ ok: true, diagnostics: [] });
    expect(data.tried.pairs.covered).toBe(data.tried.pairs.of);
  });

  it('finds what fails only where two choices meet, once, and names them', async () => {
    const { work, json, run } = makeWorkshop();
    const broken = '{% if ci == "gitlab" and not docker %}{{ 1 / 0 }}{% endif %}';
    writePack(join(work, 'pack'), { id: 'small', manifest: CHOICES, files: { 'templates/a.jinja': broken } });
    expect(codes((await json(['validate', './pack'])).data)).toEqual([]);
    const { data, exitCode } = await json(['validate', './pack', '--deep']);
    expect(exitCode).toBe(2);
    expect(codes(data)).toEqual(['CHOICES_FAILED']);
    const { stdout } = await run(['validate', './pack', '--deep']);
    expect(stdout).toContain('with ci = "gitlab", docker = false)');
    expect(stdout).toMatch(/tried: \d+ projects, which have 4 of 4 pairs of choices/);
  });

  it('reads what is generated, and renders examples', async () => {
    const { work, json } = makeWorkshop();
    const manifest = `${CHOICES}[[examples]]\ntitle = "Bad"\nvariables = { name = "b" }\n[variables.name]\ntype = "string"\ndefault = "a"\n`;
    const files = { 'templates/a.json.jinja': '{ "a": {{ ci }} }', 'templates/{{ name }}.txt': '', 'templates/b.txt': '' };
    writePack(join(work, 'pack'), { id: 'small', manifest, files });
    const { data } = await json(['validate', './pack', '--deep']);
    expect(codes(data).sort()).toEqual(['EXAMPLE_FAILED', 'OUTPUT_INVALID']);
    expect(codes((await json(['validate', './pack', '--check', 'examples'])).data)).toEqual(['EXAMPLE_FAILED']);
  });

  it('compiles queries', async () => {
    const { work, json } = makeWorkshop();
    writePack(join(work, 'pack'), {
      id: 'small',
      manifest: '[queries.all]\ntext = "SELEC * {}"\n',
      files: { 'templates/a.jinja': '{{ queries.all }}' },
    });
    expect(codes((await json(['validate', './pack', '--check', 'queries'])).data)).toEqual(['QUERY_INVALID']);
  });
});

describe('data of a pack', () => {
  const files = {
    'ontology.ttl': '@prefix ex: <http://example.org/> .\nex:a ex:b ex:c\nex:d ex:e ex:f .\n',
    'shapes/a.ttl': '<x> <http://www.w3.org/ns/shacl#sparql> [] .\n',
    'shapes/b.ttl': 'a b\n',
    'data/m.json': '{ "a": }',
    'data/c.csv': 'a,b\n1,"2\n',
    'data/t.nt': '<a:b> <a:c> "x" .\n<a:b>\n',
  };
  const manifest = '[data.m]\ndefault = "data/m.json"\n[data.c]\ndefault = "data/c.csv"\n[data.t]\ndefault = "data/t.nt"\n';
  const EXPECTED = [
    'data/c.csv:2 DATA_INVALID',
    'data/m.json:1 DATA_INVALID',
    'data/t.nt:3 RDF_INVALID',
    'ontology.ttl:3 RDF_INVALID',
    'shapes/a.ttl:undefined SHAPES_INVALID',
    'shapes/b.ttl:1 RDF_INVALID',
  ];
  interface Finding {
    readonly code: string;
    readonly where?: { readonly file: string; readonly line?: number };
  }
  const places = (diagnostics: readonly Finding[]) => diagnostics.map(({ code, where }) => `${where?.file}:${where?.line} ${code}`).sort();

  it('is parsed: the ontology, the shapes and the defaults of [data], each problem with its place', async () => {
    const { work, json } = makeWorkshop();
    writePack(join(work, 'pack'), { id: 'small', manifest, files });
    const { data, exitCode } = await json(['validate', './pack', '--check', 'data']);
    expect([exitCode, places(data.diagnostics)]).toEqual([2, EXPECTED]);
    const published = await json(['publish', './pack', '--registry', './registry', '--dry-run']);
    expect(places(published.error?.diagnostics ?? [])).toEqual(expect.arrayContaining(EXPECTED));
  });

  it('is parsed also where nothing but the ontology is there', async () => {
    const { work, json } = makeWorkshop();
    writePack(join(work, 'pack'), { id: 'small', files: { 'ontology.ttl': files['ontology.ttl'] } });
    expect(places((await json(['validate', './pack', '--check', 'data'])).data.diagnostics)).toEqual(['ontology.ttl:3 RDF_INVALID']);
    writePack(join(work, 'pack'), { id: 'small', files: { 'ontology.ttl': '<a> <b> <c> .\n' } });
    expect(await json(['validate', './pack', '--check', 'data'])).toMatchObject({ ok: true, data: { diagnostics: [] } });
  });
});

describe('validate --with and --all', () => {
  it('tells packs that go together from packs that do not', async () => {
    const { work, json } = makeWorkshop();
    for (const [id, text] of [
      ['one', 'a'],
      ['two', 'b'],
      ['three', 'a'],
    ] as const)
      writePack(join(work, id), { id, files: { 'templates/x.bin': `\u0000${text}` } });
    const together = await json(['validate', './one', '--with', './three']);
    expect({ ok: together.ok, codes: codes(together.data) }).toEqual({ ok: true, codes: [] });
    const apart = await json(['validate', './one', '--with', './two']);
    expect({ ok: apart.ok, codes: codes(apart.data) }).toEqual({ ok: false, codes: ['COMPOSITION_FAILED'] });
    expect(apart.data.diagnostics.at(-1).message).toContain('beside ./two');
  });

  it('validates every pack that is found, broken ones too', async () => {
    const { work, json, run } = makeWorkshop();
    writePack(join(work, 'packs', 'good'), { id: 'good' });
    writePack(join(work, 'packs', 'bad'), { toml: 'format = 1\n' });
    const { data, ok } = await json(['validate', '--all', '--check', 'manifest']);
    expect(ok).toBe(false);
    const verdicts = Object.fromEntries(data.packs.map((each: { id: string; isValid: boolean }) => [each.id, each.isValid]));
    expect(verdicts).toMatchObject({ good: true, bad: false, 'web-api-starter': true });
    expect(await run(['validate', '--all', './x'])).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('FILE_NOT_FOUND') });
  });

  it('validates every pack in a directory, and nothing that is inside of one', async () => {
    const { work, json, run, succeed } = makeWorkshop();
    const files = { 'templates/pack.toml': 'a = 1', 'README.md': 'x', 'CHANGELOG.md': 'x', LICENSE: 'x' };
    writePack(join(work, 'mine', 'group', 'good'), { id: 'good', files });
    writePack(join(work, 'mine', 'bad'), { toml: 'format = 1\n' });
    writePack(join(work, 'mine', 'node_modules', 'other'), { toml: '' });
    const { data, exitCode } = await json(['validate', '--all', 'mine']);
    expect(exitCode).toBe(2);
    const found = data.packs.map(({ directory, isValid }: { directory: string; isValid: boolean }) => [directory, isValid]);
    expect(found).toEqual([
      [join(work, 'mine', 'bad'), false],
      [join(work, 'mine', 'group', 'good'), true],
    ]);
    expect((await run(['validate', '--all', 'mine'])).stdout).toContain(`invalid: ${join(work, 'mine', 'bad')} has`);
    await succeed(['validate', '--all', 'mine/group', '--strict', '--deep']);
    mkdirSync(join(work, 'empty'));
    expect(await json(['validate', '--all', 'empty'])).toMatchObject({ exitCode: 7, error: { code: 'PACK_NOT_FOUND' } });
  });

  it('lists the checks, and refuses one that there is not', async () => {
    const { run, succeed } = makeWorkshop();
    expect((await succeed(['validate', '--list-checks'])).stdout).toContain('choices');
    expect(await run(['validate', '--check', 'chioces'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean choices?'),
    });
    expect(await run(['validate', '--check', 'composition'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--with') });
  });
});

describe('validate --deployed', () => {
  const servers: LoopbackServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  const serve = async (...args: Parameters<typeof startServer>) => {
    const server = await startServer(...args);
    servers.push(server);
    return server;
  };
  const manifest =
    '[variables.port]\ntype = "integer"\ndefault = 1\n[[health]]\nname = "health"\nurl = "http://127.0.0.1:{{ port }}/health"\nstatus = 200\n';
  const open = () => {
    const workshop = makeWorkshop();
    writePack(join(workshop.work, 'pack'), { id: 'small', manifest });
    const ask = (port: number, ...more: string[]) =>
      workshop.json(['validate', './pack', '--deployed', '--check', 'health', '--var', `port=${port}`, ...more]);
    return { ...workshop, ask };
  };

  it('asks the service at the address that the answers give', async () => {
    const asked: (string | undefined)[] = [];
    const { port } = await serve((request, response) => {
      asked.push(request.url);
      response.end('ok');
    });
    const { data, ok } = await open().ask(port);
    expect({ ok, health: data.health }).toEqual({
      ok: true,
      health: [{ name: 'health', url: `http://127.0.0.1:${port}/health`, expected: 200, status: 200, attempts: 1, isHealthy: true }],
    });
    expect(asked).toEqual(['/health']);
  });

  it('asks no other machine that only the pack names', async () => {
    const { port } = await serve((_, response) => void response.end('ok'));
    const { work, json } = open();
    const write = (url: string) =>
      writePack(join(work, 'pack'), {
        id: 'small',
        manifest: `[variables.host]\ntype = "string"\ndefault = "169.254.169.254"\n[[health]]\nname = "health"\nurl = "${url}"\nstatus = 200\n`,
      });
    const ask = async (...more: string[]) => (await json(['validate', './pack', '--check', 'health', '--retries', '1', ...more])).data;
    for (const url of ['http://192.0.2.1/', 'http://{{ host }}/', 'http://127.0.0.1.example/']) {
      write(url);
      const { health, diagnostics } = await ask();
      expect(health).toEqual([expect.objectContaining({ attempts: 0, isHealthy: false })]);
      expect(diagnostics[0].message).toMatch(/only the pack names [\w.]+, which is not this machine: it was not asked$/);
    }
    write('http://{{ host }}/');
    expect((await ask('--var', 'host=192.0.2.1.invalid')).health[0]).toMatchObject({ attempts: 2 });
    write(`http://localhost:${port}/`);
    expect((await ask()).health[0]).toMatchObject({ isHealthy: true });
  });

  it('asks again while the service starts', async () => {
    let count = 0;
    const { port } = await serve((_, response) => {
      count += 1;
      response.writeHead(count < 3 ? 503 : 200).end();
    });
    const { data } = await open().ask(port);
    expect(data.health[0]).toMatchObject({ attempts: 3, isHealthy: true });
  });

  it.each([
    ['another status', 'it answers 302 where 200 is expected (after 2 attempts)', true],
    ['nobody there', 'the connection is refused (after 2 attempts)', false],
  ])('says what it found: %s', async (_what, message, isServed) => {
    const free = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
    });
    const port = isServed ? (await serve((_, response) => void response.writeHead(302, { location: '/x' }).end())).port : free;
    const { data, exitCode } = await open().ask(port, '--retries', '1');
    expect(exitCode).toBe(2);
    expect(data.diagnostics[0]).toMatchObject({ code: 'HEALTH_FAILED', message: expect.stringContaining(message) });
  });

  it('asks what runs of a project with the answers of the project, of all its packs or of one', async () => {
    const asked: (string | undefined)[] = [];
    const { port } = await serve((request, response) => {
      asked.push(request.url);
      response.end('ok');
    });
    const { work, json, succeed } = open();
    const other = manifest
      .replace('/health"', '/{{ project.name }}"')
      .replace('variables.port', 'variables.other')
      .replace('{{ port', '{{ other');
    writePack(join(work, 'other'), { id: 'other', manifest: other, files: { 'templates/other.txt': '' } });
    writePack(join(work, 'third'), { id: 'third', files: { 'templates/third.txt': '' } });
    await succeed(['generate', './pack', './other', './third', 'shop', '--var', `port=${port}`, '--var', `other=${port}`]);
    const here = { cwd: join(work, 'shop', '.packsmith') };
    const both = await json(['validate', '--deployed'], here);
    expect(both.ok).toBe(true);
    expect(both.data.packs.map(({ id, health }: { id: string; health: { url: string }[] }) => [id, health[0]?.url])).toEqual([
      ['small', `http://127.0.0.1:${port}/health`],
      ['other', `http://127.0.0.1:${port}/shop`],
    ]);
    expect(asked.sort()).toEqual(['/health', '/shop']);
    const one = await json(['validate', 'other', '--deployed'], here);
    expect(one.data.packs).toMatchObject([{ id: 'other', version: '1.0.0', health: [{ isHealthy: true }] }]);
    const elsewhere = await json(['validate', 'other', '--deployed', '--var', 'other=1', '--retries', '1'], here);
    expect(elsewhere).toMatchObject({ exitCode: 2, error: { message: expect.stringContaining('1 of 1 packs do not pass') } });
    expect((await json(['validate', 'third', '--deployed'], here)).data.packs).toMatchObject([
      { diagnostics: [{ severity: 'warning', message: 'the pack names nothing to ask a running service' }] },
    ]);
    rmSync(join(work, 'other'), { recursive: true });
    const gone = await json(['validate', '--deployed'], here);
    expect(gone.data.packs).toMatchObject([{ health: [{ isHealthy: true }] }, { id: 'other', diagnostics: [{ severity: 'warning' }] }]);
  });

  it('does not wait for ever', async () => {
    const { port } = await serve(() => undefined);
    const started = Date.now();
    const { data } = await open().ask(port, '--retries', '1', '--timeout', '1');
    expect(data.diagnostics[0].message).toContain('no answer within 1 s (after 2 attempts)');
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('refuses an answer that the variable does not accept, and says where there is nothing to ask', async () => {
    const { work, run, json } = open();
    expect(await run(['validate', './pack', '--deployed', '--var', 'port=abc'])).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('port'),
    });
    writePack(join(work, 'none'), { id: 'none' });
    expect((await json(['validate', './none', '--check', 'health'])).data.diagnostics[0]).toMatchObject({
      severity: 'warning',
      code: 'HEALTH_FAILED',
    });
  });
});
