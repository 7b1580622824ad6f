import { describe, expect, it } from 'vitest';
import { apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import { parseProjectManifest } from '../../core/manifest/parse-project-manifest.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { planAdd } from './add-packs.ts';
import { findNewerPacks } from './find-newer-packs.ts';
import type { GenerateRequest } from './plan-generation.ts';
import { planGeneration } from './plan-generation.ts';
import { planRegeneration } from './regenerate-project.ts';
import { planRemove } from './remove-packs.ts';
import { planUpdate } from './update-project.ts';

const ONE = makePack({
  id: 'one',
  manifest: '[variables.port]\ntype = "integer"\ndefault = 80\n',
  files: { 'templates/one.txt.jinja': '{{ port }}\n', 'templates/a.json': '{"a": 1}\n' },
});
const TWO = makePack({ id: 'two', files: { 'templates/two.txt': 'two\n', 'templates/a.json': '{"a": 2}\n' } });

/** As somebody writes it whom a conflict sent here. */
const RULES = '# mine\nformat = 1\n\n[merge]\nrules = [{ path = "a.json", action = "keep" }] # the first\n';
const INTO: Partial<GenerateRequest> = { ifExists: 'merge' };
const UPDATE = { ...OPTIONS, ids: [], preserve: [], onConflict: 'markers' } as const;

type World = ReturnType<typeof world>;
const manifestOf = (ports: World): string => ports.project.toTexts()['packsmith.toml'] ?? '';

async function generate(ports: World, ids: readonly string[], more: Partial<GenerateRequest> = INTO): Promise<void> {
  await apply(await planGeneration(request(ids, more), ports), ports);
}

describe('a packsmith.toml that is there before the project', () => {
  it('gets the packs, the answers and the name, and keeps what its writer wrote', async () => {
    const ports = world([ONE, TWO], { 'packsmith.toml': RULES });
    await generate(ports, ['one', 'two']);
    expect(manifestOf(ports)).toContain(RULES);
    const { manifest } = parseProjectManifest(manifestOf(ports));
    expect(manifest).toMatchObject({ name: expect.any(String), packs: [{ id: 'one', version: '^1.0.0' }, { id: 'two' }] });
    expect(manifest?.variables).toEqual(new Map([['port', 80]]));
    const before = ports.project.toTexts();
    for (const plan of [planUpdate, planRegeneration]) expect(await changesOf(plan(UPDATE, ports))).toEqual([]);
    await generate(ports, ['one', 'two'], {});
    expect(ports.project.toTexts()).toEqual(before);
  });

  it('gets what a composition file says, and keeps its rules for other paths', async () => {
    const text =
      'format = 1\n[packs]\none = "^1.0.0"\ntwo = { version = "1.x", variables = { x = 1 } }\n[variables]\nport = 81\n[merge]\nrules = [{ path = "b", action = "keep" }]\n[update]\npreserve = ["docs/**"]\n[overrides]\none = "^1"\n';
    const composition = parseProjectManifest(text).manifest;
    const ports = world([ONE, TWO], { 'packsmith.toml': RULES });
    await generate(ports, [], { ...INTO, operation: 'compose', ...(composition && { composition }) });
    expect(ownFiles(ports)).toMatchObject({ 'one.txt': '81\n', 'a.json': '{"a": 1}\n' });
    const { manifest } = parseProjectManifest(manifestOf(ports));
    expect(manifest).toMatchObject({ packs: composition?.packs, preserve: ['docs/**'], overrides: composition?.overrides });
    expect(manifest?.variables).toEqual(composition?.variables);
    expect(manifest?.merge.rules.map(({ path }) => path)).toEqual(['b', 'a.json']);
  });

  it('that lists other packs is refused before anything is written', async () => {
    const ports = world([ONE, TWO], { 'packsmith.toml': 'format = 1\n[packs]\ntwo = "^1.0.0"\n' });
    const message = expect.stringMatching(/packsmith\.toml in .* lists two as well/);
    await expect(generate(ports, ['one'])).rejects.toMatchObject({ code: 'PROJECT_HAS_OTHER_PACKS', message });
    await generate(ports, ['one', 'two'], { ...INTO, prefer: 'two' as never });
    expect(ownFiles(ports)).toMatchObject({ 'two.txt': 'two\n', 'a.json': '{"a": 2}\n' });
  });
});

describe('a packsmith.toml whose packs were taken out by hand', () => {
  it('is refused by whatever would take the files away, and mended by generating the same packs', async () => {
    const ports = world([ONE, TWO]);
    await generate(ports, ['one']);
    const whole = ports.project.toTexts();
    ports.project.put('packsmith.toml', 'format = 1\n');
    const plans = [
      planUpdate(UPDATE, ports),
      planRegeneration(UPDATE, ports),
      planAdd({ ...OPTIONS, references: ['two'] }, ports),
      planRemove({ ...OPTIONS, ids: ['one'] }, ports),
      findNewerPacks({ offline: true }, ports),
    ];
    for (const plan of plans)
      await expect(plan).rejects.toMatchObject({ code: 'PACKS_NOT_LISTED', message: expect.stringContaining('has one') });
    await generate(ports, ['one'], { given: flags('port=81') });
    expect(parseProjectManifest(manifestOf(ports)).manifest).toMatchObject({ packs: [{ id: 'one' }] });
    expect(ownFiles(ports)).toEqual({ 'one.txt': '81\n', 'a.json': whole['a.json'] });
    expect(await changesOf(planUpdate(UPDATE, ports))).toEqual([]);
  });

  it('after `remove` took out the last one, packs can be generated again', async () => {
    const ports = world([ONE, TWO]);
    await generate(ports, ['one']);
    await apply(await planRemove({ ...OPTIONS, ids: ['one'] }, ports), ports);
    expect(ownFiles(ports)).toEqual({});
    await expect(generate(ports, ['two'], {})).rejects.toMatchObject({ code: 'PROJECT_IN_THE_WAY' });
    await generate(ports, ['two']);
    expect(parseProjectManifest(manifestOf(ports)).manifest).toMatchObject({ packs: [{ id: 'two' }] });
  });
});

async function changesOf(planned: ReturnType<typeof planUpdate>): Promise<string[]> {
  return (await planned).plan.paths.filter(({ action }) => action !== 'keep').map(({ path }) => path);
}
