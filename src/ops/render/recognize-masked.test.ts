import { describe, expect, it } from 'vitest';
import { apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import { nativeHash } from '../../adapters/hash.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { applyGeneration } from '../project/apply-generation.ts';
import { checkProject } from '../project/check-project.ts';
import { planGeneration } from '../project/plan-generation.ts';
import { planRegeneration } from '../project/regenerate-project.ts';
import { planUndo } from '../project/undo-change.ts';
import { planUpdate } from '../project/update-project.ts';

type World = ReturnType<typeof world>;

const TEMPLATE = 'mode=fast\nuser=ada\n\nlevel=3\n\npassword={{ token }}\n';

function version(number: string, template: string): Pack {
  const manifest = '[variables.token]\ntype = "secret"\n';
  return makePack({ id: 'app', version: number, manifest, files: { 'templates/app.conf.jinja': template, 'templates/b.txt': 'b\n' } });
}

async function generated(token = '1234'): Promise<World> {
  const ports = world([version('1.0.0', TEMPLATE)]);
  await apply(await planGeneration(request(['app'], { given: flags(`token=${token}`) }), ports), ports);
  return ports;
}

/** What somebody gets who clones the project: everything but what is only of the other copy. */
async function cloneOf(ports: World): Promise<World> {
  const project = new MemoryProjectDir({});
  for (const path of await ports.project.listFiles()) project.put(path, (await ports.project.readFile(path))!, ports.project.modeOf(path));
  return { ...ports, project };
}

async function update(ports: World, template: string, token: string): Promise<void> {
  const { repository } = world([version('1.1.0', template)]);
  const options = { ...OPTIONS, ids: [], onConflict: 'markers' as const, given: flags(`token=${token}`) };
  await apply(await planUpdate(options, { ...ports, repository }), ports);
}

const stateOf = async (ports: World): Promise<string | undefined> =>
  (await checkProject({}, ports)).files.find(({ path }) => path === 'app.conf')?.state;
const textOf = (template: string, token: string): string => template.replace('{{ token }}', token);
const CHANGED = TEMPLATE.replace('mode=fast', 'mode=slow');

describe('a file that holds a secret', () => {
  it('has no digest in what is committed by which the secret could be guessed', async () => {
    const ports = await generated();
    const real = nativeHash(textOf(TEMPLATE, '1234'));
    expect(ownFiles(ports)['app.conf']).toBe(textOf(TEMPLATE, '1234'));
    ports.project.put('b.txt', 'mine\n');
    const { repository } = world([
      makePack({
        id: 'app',
        version: '1.1.0',
        manifest: '[variables.token]\ntype = "secret"\n',
        files: { 'templates/app.conf.jinja': TEMPLATE, 'templates/b.txt': 'theirs\n' },
      }),
    ]);
    await apply(
      await planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers', given: flags('token=1234') }, { ...ports, repository }),
      ports,
    );
    const records = ports.project.toTexts();
    expect(records['.packsmith/pending.json']).toBeDefined();
    for (const text of Object.values(records)) expect(text).not.toContain(real);
  });

  it('is known as generated where it was generated, also with another secret, and when that is taken back', async () => {
    const ports = await generated();
    expect(await stateOf(ports)).toBe('as-generated');
    const options = { ...OPTIONS, preserve: [], onConflict: 'markers' as const, given: flags('token=9876') };
    await apply(await planRegeneration(options, ports), ports);
    expect(ownFiles(ports)['app.conf']).toBe(textOf(TEMPLATE, '9876'));
    expect(await stateOf(ports)).toBe('as-generated');
    await applyGeneration({ plan: await planUndo({}, ports), consentedHooks: [] }, ports);
    expect([ownFiles(ports)['app.conf'], await stateOf(ports)]).toEqual([textOf(TEMPLATE, '1234'), 'as-generated']);
  });

  it('has nothing to do when it is generated again', async () => {
    const ports = await generated();
    const { plan } = await planRegeneration({ ...OPTIONS, preserve: [], onConflict: 'markers', given: flags('token=1234') }, ports);
    expect(plan.paths.filter(({ action }) => action !== 'keep')).toEqual([]);
  });

  it.each([
    ['an edit', 'level=3', 'level=4'],
    ['a secret that was put in by hand', 'password=1234', 'password=by-hand'],
  ])('keeps %s, where it was generated and in a clone', async (_what, from, to) => {
    const first = await generated();
    first.project.put('app.conf', textOf(TEMPLATE, '1234').replace(from, to));
    expect(await stateOf(first)).toBe('edited');
    for (const ports of [first, await cloneOf(first)]) {
      await update(ports, CHANGED, '1234');
      expect(ownFiles(ports)['app.conf']).toBe(textOf(CHANGED, '1234').replace(from, to));
    }
  });

  it('is recognized in a clone: by its form for what is shown, by the secret for what is done', async () => {
    const ports = await cloneOf(await generated());
    expect(await stateOf(ports)).toBe('as-generated');
    await update(ports, CHANGED, '1234');
    expect([ownFiles(ports)['app.conf'], await stateOf(ports)]).toEqual([textOf(CHANGED, '1234'), 'as-generated']);
  });

  it('keeps its secret in a clone where another one is given: nobody can tell that it was not put in by hand', async () => {
    const ports = await cloneOf(await generated());
    await update(ports, CHANGED, '9876');
    expect([ownFiles(ports)['app.conf'], await stateOf(ports)]).toEqual([textOf(CHANGED, '1234'), 'edited']);
  });

  it('is read as older versions of packsmith have written it', async () => {
    const ports = await generated();
    const lock = String(ports.project.toTexts()['packsmith.lock']);
    const old = lock.replace(/("path":"app.conf","sha256":")[0-9a-f]{64}/, `$1${nativeHash(textOf(TEMPLATE, '1234'))}`);
    expect(old).not.toBe(lock);
    ports.project.put('packsmith.lock', old);
    expect(await stateOf(await cloneOf(ports))).toBe('as-generated');
  });
});
