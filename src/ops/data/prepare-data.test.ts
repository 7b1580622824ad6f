import { describe, expect, it } from 'vitest';
import { actions, apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { MemoryDataFiles } from '../../testing/memory-data-files.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkProject } from '../project/check-project.ts';
import { planGeneration } from '../project/plan-generation.ts';
import { planRegeneration } from '../project/regenerate-project.ts';
import { planUpdate } from '../project/update-project.ts';

const MANIFEST = `
[variables.model]
type = "string"
default = ""

[data.model]
from = "{{ model }}"
default = "model.json"

[[templates]]
source = "item.txt.jinja"
output = "{{ item.name }}.txt"
for_each = "data.model['items']"
`;

const FILES = { 'model.json': '{"items": [{"name": "sample"}]}', 'item.txt.jinja': 'This is {{ item.name }}.\n' };

const pack = (more: { manifest?: string; files?: Record<string, string>; version?: string } = {}): Pack =>
  makePack({ id: 'sample', manifest: MANIFEST, files: FILES, ...more });

const ITEMS = '{"items": [{"name": "ant"}, {"name": "bee"}]}';

function worldWith(files: Record<string, string>, packs: readonly Pack[] = [pack()], project?: Record<string, string>) {
  return { ...world(packs, project), dataFiles: new MemoryDataFiles(files) };
}

const OTHER = { ...OPTIONS, preserve: [], onConflict: 'markers' } as const;
const failure = (code: string, message: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('data of a pack', () => {
  it('is the default of the pack where no other is given', async () => {
    const ports = worldWith({});
    const preview = await planGeneration(request(['sample']), ports);
    expect(preview.plan.data).toEqual([
      expect.objectContaining({ name: 'model', from: '', place: 'pack', path: 'model.json', format: 'json' }),
    ]);
    await apply(preview, ports);
    expect(ownFiles(ports)).toEqual({ 'sample.txt': 'This is sample.\n' });
  });

  it.each([
    ['JSON', 'm.json', ITEMS],
    ['YAML', 'm.yaml', 'items:\n  - name: ant\n  - name: bee\n'],
    ['TOML', 'm.toml', '[[items]]\nname = "ant"\n[[items]]\nname = "bee"\n'],
  ])('is read from %s, one file a row', async (_format, path, text) => {
    const ports = worldWith({ [`/${path}`]: text });
    await apply(await planGeneration(request(['sample'], { given: flags(`model=${path}`) }), ports), ports);
    expect(ownFiles(ports)).toEqual({ 'ant.txt': 'This is ant.\n', 'bee.txt': 'This is bee.\n' });
  });

  it('is read from a table, all values text', async () => {
    const manifest = MANIFEST.replace("data.model['items']", 'data.model');
    const ports = worldWith({ '/m.csv': 'name,count\nant,007\n' }, [
      pack({ manifest, files: { ...FILES, 'item.txt.jinja': '{{ item.count }}' } }),
    ]);
    await apply(await planGeneration(request(['sample'], { given: flags('model=m.csv') }), ports), ports);
    expect(ownFiles(ports)).toEqual({ 'ant.txt': '007' });
  });

  it('is none where there is neither an answer nor a default', async () => {
    const manifest = MANIFEST.replace('default = "model.json"\n', '').replace(
      "data.model['items']",
      '[] if data.model is none else data.model',
    );
    const ports = worldWith({}, [pack({ manifest })]);
    await apply(await planGeneration(request(['sample']), ports), ports);
    expect(ownFiles(ports)).toEqual({});
  });

  it('gives the same plan for the same bytes, and its digest to the lockfile', async () => {
    const plan = async () =>
      (await planGeneration(request(['sample'], { given: flags('model=m.json') }), worldWith({ '/m.json': ITEMS }))).plan;
    expect(JSON.stringify(await plan())).toBe(JSON.stringify(await plan()));
    const ports = worldWith({ '/m.json': ITEMS });
    await apply(await planGeneration(request(['sample'], { given: flags('model=m.json') }), ports), ports);
    const lock = JSON.parse(ports.project.toTexts()['packsmith.lock'] ?? '{}');
    expect(lock.data).toEqual([
      {
        pack: 'sample',
        name: 'model',
        from: 'm.json',
        place: 'outside',
        path: '../../m.json',
        sha256: ports.hash(new TextEncoder().encode(ITEMS)),
      },
    ]);
  });
});

describe('data that changed', () => {
  async function generated(path = 'm.json') {
    const ports = worldWith({ '/m.json': ITEMS });
    await apply(await planGeneration(request(['sample'], { given: flags(`model=${path}`) }), ports), ports);
    return ports;
  }

  it('is merged by regenerate: what the user wrote stays, what went away goes', async () => {
    const ports = await generated();
    ports.project.put('ant.txt', 'This is ant.\nMine.\n');
    ports.dataFiles.put('/m.json', '{"items": [{"name": "ant"}, {"name": "cat"}]}');
    const preview = await planRegeneration(OTHER, ports);
    expect(actions(preview)).toMatchObject({ 'bee.txt': 'delete', 'cat.txt': 'create' });
    expect(preview.plan.warnings).toEqual([]);
    await apply(preview, ports);
    expect(ownFiles(ports)).toEqual({ 'ant.txt': 'This is ant.\nMine.\n', 'cat.txt': 'This is cat.\n' });
  });

  it('is known to status', async () => {
    const ports = await generated();
    const state = async (dataFiles = ports.dataFiles) => (await checkProject({}, { ...ports, dataFiles })).data;
    expect(await state()).toEqual([{ pack: 'sample', name: 'model', path: '../../m.json', state: 'as-read' }]);
    ports.dataFiles.put('/m.json', '{}');
    expect(await state()).toMatchObject([{ state: 'changed' }]);
    expect(await state(new MemoryDataFiles({ '/m.json': ITEMS }))).toMatchObject([{ state: 'unknown' }]);
    const gone = new MemoryDataFiles();
    gone.rememberNamed([{ project: ports.project.root, path: '/m.json' }]);
    expect(await state(gone)).toMatchObject([{ state: 'missing' }]);
  });

  it('is taken into an update, which says so', async () => {
    const ports = await generated();
    ports.dataFiles.put('/m.json', '{"items": [{"name": "ant"}]}');
    const newer = { ...ports, repository: MemoryPackRepository.of(pack({ version: '1.1.0' })) };
    const { plan } = await planUpdate({ ...OTHER, ids: [] }, newer);
    expect(plan.warnings).toEqual([expect.stringContaining('(data.model of sample) has changed')]);
  });
});

it('opens and reads nothing for packs without data', async () => {
  const refuse = () => Promise.reject(new Error('it was opened'));
  const plain = makePack({ id: 'sample', files: { 'templates/a.txt.jinja': 'a' } });
  const ports = { ...worldWith({}, [plain]), openSparqlEngine: refuse, openShapeValidator: refuse };
  const { plan } = await planGeneration(request(['sample']), ports);
  expect(plan).not.toHaveProperty('data');
  expect(JSON.stringify(plan)).not.toContain('"data"');
});

describe('where data may come from', () => {
  const LITERAL = MANIFEST.replace('{{ model }}', 'config/own.json');
  const SECRET = '{"items": [{"name": "secret"}]}';

  it('does not let a pack read a file of the project that nobody named', async () => {
    const ports = worldWith({}, [pack({ manifest: LITERAL })], { 'config/own.json': SECRET });
    await apply(await planGeneration(request(['sample'], { ifExists: 'merge' }), ports), ports);
    expect(Object.keys(ownFiles(ports))).toEqual(['config/own.json', 'sample.txt']);
  });

  it('lets a pack read what it generated, with what the user made of it', async () => {
    const files = { ...FILES, 'templates/config/own.json': SECRET };
    const ports = worldWith({}, [pack({ manifest: LITERAL, files })]);
    await apply(await planGeneration(request(['sample']), ports), ports);
    ports.project.put('config/own.json', ITEMS);
    await apply(await planRegeneration(OTHER, ports), ports);
    expect(Object.keys(ownFiles(ports))).toEqual(['ant.txt', 'bee.txt', 'config/own.json']);
  });

  it.each([
    ['a default', 'default = "/etc/own.json"'],
    ['a computed value', 'computed = "\'/etc/own.json\'"'],
  ])('does not read outside by %s', async (_what, declaration) => {
    const manifest = MANIFEST.replace('default = ""', declaration);
    const ports = worldWith({ '/etc/own.json': SECRET }, [pack({ manifest })]);
    await apply(await planGeneration(request(['sample']), ports), ports);
    expect(Object.keys(ownFiles(ports))).toEqual(['sample.txt']);
  });

  it('does not read outside what files of the project say', async () => {
    const ports = worldWith({ '/etc/own.json': SECRET });
    const inferred = { source: 'inferred', values: new Map([['model', { kind: 'text', text: '/etc/own.json' } as const]]) } as const;
    await expect(planGeneration(request(['sample'], { given: [inferred] }), ports)).rejects.toEqual(failure('DATA_NOT_NAMED', /own\.json/));
  });

  it('does not read outside a computed default that was only agreed to', async () => {
    const manifest = MANIFEST.replace('default = ""', `default = "{{ '/etc' }}/own.json"`);
    const ports = worldWith({ '/etc/own.json': SECRET }, [pack({ manifest })]);
    const agreed = { source: 'interactive', values: new Map([['model', { kind: 'text', text: '/etc/own.json' } as const]]) } as const;
    await expect(planGeneration(request(['sample'], { given: [agreed] }), ports)).rejects.toEqual(failure('DATA_NOT_NAMED', /own\.json/));
  });

  it('does not take a part of an answer for a path that was named', async () => {
    const manifest = MANIFEST.replace('{{ model }}', '{{ model }}.json');
    const ports = worldWith({ '/etc/own.json': SECRET }, [pack({ manifest })]);
    await apply(await planGeneration(request(['sample'], { given: flags('model=/etc/own') }), ports), ports);
    expect(Object.keys(ownFiles(ports))).toEqual(['sample.txt']);
  });

  it('reads outside what the user names, and again only on the machine of that user', async () => {
    const ports = worldWith({ '/m.json': ITEMS });
    await apply(await planGeneration(request(['sample'], { given: flags('model=m.json') }), ports), ports);
    await expect(planRegeneration(OTHER, ports)).resolves.toBeDefined();
    const elsewhere = { ...ports, dataFiles: new MemoryDataFiles({ '/m.json': ITEMS }) };
    await expect(planRegeneration(OTHER, elsewhere)).rejects.toEqual(
      failure('DATA_NOT_NAMED', /data\.model of sample is \.\.\/\.\.\/m\.json/),
    );
    await expect(planRegeneration({ ...OTHER, given: flags('model=m.json') }, elsewhere)).resolves.toBeDefined();
  });

  it.each(['.git/own.json', '.packsmith/own.json'])('does not read %s', async (path) => {
    const ports = worldWith({}, [pack()], { 'a.txt': '' });
    const wanted = planGeneration(
      request(['sample'], { ifExists: 'merge', workingDirectory: ports.project.root, given: flags(`model=${path}`) }),
      ports,
    );
    await expect(wanted).rejects.toEqual(failure('PATH_ESCAPES_PROJECT', /may not/));
  });

  it('does not follow a link inside the project', async () => {
    const ports = worldWith({}, [pack()], { 'a.txt': '' });
    ports.project.putLink('m.json', { leadsOut: true });
    const wanted = planGeneration(
      request(['sample'], { ifExists: 'merge', workingDirectory: ports.project.root, given: flags('model=m.json') }),
      ports,
    );
    await expect(wanted).rejects.toEqual(failure('PATH_BLOCKED', /m\.json/));
  });

  it('keeps secrets out of paths', async () => {
    const manifest = MANIFEST.replace('type = "string"\ndefault = ""', 'type = "secret"');
    const ports = worldWith({ '/m.json': ITEMS }, [pack({ manifest })]);
    const { plan } = await planGeneration(request(['sample'], { given: flags('model=/m.json') }), ports);
    expect(JSON.stringify(plan.data)).not.toContain('m.json"}');
    expect(plan.data).toEqual([expect.objectContaining({ place: 'pack' })]);
  });
});

describe('bad data', () => {
  it.each([
    ['m.json', '{"items": [\n  1,\n]}', /m\.json is not valid JSON/, { line: 3, column: 1 }],
    ['m.yaml', 'items:\n  - a: [1\n', /m\.yaml is not valid YAML/, { line: 3, column: 1 }],
    ['m.yaml', 'a: &x 1\nb: *x\n', /anchors and aliases/, { line: 1, column: 7 }],
    ['m.toml', 'a = 1\nb = = 2\n', /m\.toml is not valid TOML/, { line: 2 }],
  ])('names file, line and column: %s', async (path, text, message, position) => {
    const ports = worldWith({ [`/${path}`]: text });
    const wanted = planGeneration(request(['sample'], { given: flags(`model=${path}`) }), ports);
    const diagnostic = {
      code: 'DATA_INVALID',
      message: expect.stringMatching(message),
      where: expect.objectContaining({ file: `../../${path}`, ...position }),
    };
    await expect(wanted).rejects.toMatchObject({ code: 'DATA_REFUSED', diagnostics: [diagnostic] });
    expect(ports.project.toTexts()).toEqual({});
  });

  it('is all reported at once', async () => {
    const manifest = `${MANIFEST}\n[data.other]\nfrom = "other.xyz"\n`;
    const files = { ...FILES, 'model.json': '{', 'other.xyz': '' };
    const wanted = planGeneration(request(['sample']), worldWith({}, [pack({ manifest, files })]));
    await expect(wanted).rejects.toMatchObject({ diagnostics: [{ code: 'DATA_INVALID' }, { code: 'DATA_FORMAT_UNKNOWN' }] });
  });

  it('is not there', async () => {
    const wanted = planGeneration(request(['sample'], { given: flags('model=none.json') }), worldWith({}));
    await expect(wanted).rejects.toEqual(failure('DATA_NOT_FOUND', /there is no file none\.json/));
  });

  it('is too large', async () => {
    const ports = worldWith({ '/m.yaml': '#'.repeat(2_000_000) });
    const wanted = planGeneration(request(['sample'], { given: flags('model=m.yaml') }), ports);
    await expect(wanted).rejects.toEqual(failure('LIMIT_EXCEEDED', /2000000 bytes; the limit is 1048576 bytes \(yamlDataBytes\)/));
  });
});
