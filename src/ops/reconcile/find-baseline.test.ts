import { describe, expect, it } from 'vitest';
import { apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { diffProject } from '../project/diff-project.ts';
import { planGeneration } from '../project/plan-generation.ts';
import { planUpdate } from '../project/update-project.ts';

const BASELINE = '.packsmith/baseline.bin';
const LINES = 'one\ntwo\nthree\nfour\nfive\n';

const version = (number: string, last: string): Pack =>
  makePack({
    id: 'app',
    version: number,
    manifest: '[variables.name]\ntype = "string"\ndefault = "x"\n\n[variables.token]\ntype = "secret"\nrequired = false\n',
    files: {
      'templates/list.jinja': `${LINES}${last} {{ now }}\n`,
      'templates/named.jinja': `name {{ name }}\n${LINES}${last}\n`,
      'templates/.env.jinja': `TOKEN={{ token }}\n\n\n\nLAST=${last}\n`,
    },
  });

/** A store that has the old version by content. */
function storeOf(pack: Pack): MemoryPackStore {
  return Object.assign(new MemoryPackStore(), {
    check: async (integrity: string) => (integrity === pack.integrity ? ('intact' as const) : ('missing' as const)),
    read: async (integrity: string) => (integrity === pack.integrity ? pack.files : undefined),
  });
}

/** A project of 1.0.0 with edits at the top of each file, whose pack has become 1.1.0. */
async function edited({ isStored = true, given = flags('token=s3cr3t-value') } = {}) {
  const old = version('1.0.0', 'old');
  const ports = { ...world([old]), ...(isStored ? { store: storeOf(old) } : {}) };
  await apply(await planGeneration(request(['app'], { given }), ports), ports);
  for (const [path, text] of Object.entries(ownFiles(ports))) ports.project.put(path, `mine\n${text}`);
  return { ports: { ...ports, repository: world([version('1.1.0', 'new')]).repository }, given };
}

const MERGED = {
  list: `mine\n${LINES}new 2026-01-02T03:04:05.678Z\n`,
  named: `mine\nname x\n${LINES}new\n`,
  '.env': 'mine\nTOKEN=s3cr3t-value\n\n\n\nLAST=new\n',
};

const update = ({ ports, given }: Awaited<ReturnType<typeof edited>>) =>
  planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers', given }, ports);

describe('a baseline that is not there', () => {
  it.each([
    ['missing', (project: ReturnType<typeof world>['project']) => project.remove(BASELINE)],
    ['damaged', (project: ReturnType<typeof world>['project']) => project.put(BASELINE, 'garbage')],
  ] as const)('is rendered again from the locked packs when it is %s', async (state, harm) => {
    const scene = await edited();
    harm(scene.ports.project);
    const preview = await update(scene);
    expect(preview.plan.baseline).toMatchObject({ code: 'BASELINE_RENDERED', state, found: 3, without: [] });
    expect(preview.plan.warnings).toEqual([
      expect.stringMatching(new RegExp(`baseline.bin is ${state}.*app 1\\.0\\.0.*3 of 3.*BASELINE_RENDERED`)),
    ]);
    await apply(preview, scene.ports);
    expect(ownFiles(scene.ports)).toEqual(MERGED);
    expect(JSON.stringify(preview.plan.baseline)).not.toContain('s3cr3t');
    const again = await update(scene);
    expect(again.plan.baseline).toBeUndefined();
  });

  it('takes from the baseline of another commit what is as the lockfile has it', async () => {
    const scene = await edited({ isStored: false });
    const other = await edited({ given: flags('token=s3cr3t-value', 'name=other') });
    const stored = await other.ports.project.readFile(BASELINE as never);
    scene.ports.project.put(BASELINE, stored ?? '');
    const preview = await update(scene);
    expect(preview.plan.baseline).toMatchObject({ state: 'damaged', found: 2, without: ['named'] });
    await apply(preview, scene.ports);
    expect(ownFiles(scene.ports)).toMatchObject({ list: MERGED.list, '.env': MERGED['.env'] });
    expect(ownFiles(scene.ports)['named']).toContain('<<<<<<<');
  });

  it('takes only files that come out as the lockfile has them', async () => {
    const scene = await edited();
    scene.ports.project.remove(BASELINE);
    const toml = scene.ports.project.toTexts()['packsmith.toml'] ?? '';
    scene.ports.project.put('packsmith.toml', toml.replace('name = "x"', 'name = "changed by hand"'));
    const { plan } = await update(scene);
    expect(plan.baseline).toMatchObject({ found: 2, without: ['named'] });
    expect(plan.warnings[0]).toContain('named is compared with what the packs give now');
  });

  it('compares two ways where the locked packs cannot be had, and overwrites nothing', async () => {
    const scene = await edited({ isStored: false });
    scene.ports.project.remove(BASELINE);
    const preview = await update(scene);
    expect(preview.plan.baseline).toMatchObject({ code: 'BASELINE_ABSENT', found: 0, without: ['.env', 'list', 'named'] });
    expect(preview.plan.warnings[0]).toMatch(/app 1\.0\.0 is no longer to be had.*nothing of yours is overwritten.*BASELINE_ABSENT/);
    await apply(preview, scene.ports);
    for (const text of Object.values(ownFiles(scene.ports))) expect(text).toContain('mine\n');
  });

  it('is what a diff is made from, also without the secrets', async () => {
    const { ports } = await edited();
    const stored = await diffProject({ offline: true }, ports);
    ports.project.remove(BASELINE);
    const rendered = await diffProject({ offline: true }, ports);
    expect(rendered.diff).toBe(stored.diff);
    expect(rendered.diff).toContain('+mine');
    expect(stored.baseline).toBeUndefined();
    expect(rendered.baseline).toMatchObject({ code: 'BASELINE_RENDERED', found: 3 });
  });
});
