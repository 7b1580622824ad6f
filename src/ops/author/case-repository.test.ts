import { describe, expect, it } from 'vitest';
import type { Pack } from '../../core/pack/pack.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { caseRepository } from './case-repository.ts';

const DIRECTORY = '/packs/web';
const needing = (...ids: string[]) => `[dependencies]\n${ids.map((id) => `"${id}" = "^1.0.0"\n`).join('')}`;
const placed = (pack: Pack, location: string): Pack => ({ ...pack, provenance: { kind: 'local', location } });
const WEB = makePack({ id: 'web', manifest: needing('core', '@acme/logs', 'gone') });

async function idsOf(base: MemoryPackRepository): Promise<string[]> {
  const entries = await caseRepository(WEB, DIRECTORY, base).list();
  return entries.map(({ id, provenance }) => `${id} ${provenance.kind}`);
}

describe('the packs that a test case can use', () => {
  it('are the one that is tested, what it needs beside it, and what that needs; then all others', async () => {
    const base = MemoryPackRepository.of(
      placed(makePack({ id: 'core', manifest: needing('base') }), '/packs/core'),
      placed(makePack({ id: '@acme/logs' }), '/packs/logs'),
      placed(makePack({ id: 'base', manifest: needing('core') }), '/packs/base'),
    );
    base.list = async () => [];
    expect((await idsOf(base)).sort()).toEqual(['@acme/logs local', 'base local', 'core local', 'web project']);
  });

  it('are not looked for beside it where they are known, and a directory with another pack is none', async () => {
    const base = MemoryPackRepository.of(placed(makePack({ id: 'core' }), '/elsewhere'), placed(makePack({ id: 'other' }), '/packs/logs'));
    expect(await idsOf(base)).toEqual(['web project', 'core local', 'other local']);
  });

  it('have the tested one as it is now, whatever stands on disk', async () => {
    const base = MemoryPackRepository.of(
      placed(makePack({ id: 'web', version: '0.1.0' }), DIRECTORY),
      placed(makePack({ id: 'core' }), '/c'),
    );
    const repository = caseRepository(WEB, DIRECTORY, base);
    const own = { kind: 'path', path: DIRECTORY } as const;
    expect((await repository.load(own)).manifest.version).toBe('1.0.0');
    expect((await repository.inspect(own)).pack.manifest.version).toBe('1.0.0');
    expect((await repository.load({ kind: 'path', path: '/c' })).manifest.id).toBe('core');
    expect((await repository.inspect({ kind: 'path', path: '/c' })).pack.manifest.id).toBe('core');
    expect((await repository.survey()).digest).toBe((await base.survey()).digest);
  });

  it('are not to be had where one beside it is broken', async () => {
    const broken = { id: 'core', provenance: { kind: 'local', location: '/packs/core' }, diagnostics: [] } as const;
    const base = MemoryPackRepository.of(broken);
    base.list = async () => [];
    await expect(idsOf(base)).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });
  });
});
