import { describe, expect, it } from 'vitest';
import { nodeSigningTools as tools } from '../../adapters/signing/node-signing-tools.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatBundle } from '../../core/publish/bundle.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { applyImport, type ImportPorts, planImport } from './import-pack.ts';

const FILE = '/tmp/bundle.tgz';
const ARCHIVE = 'sha512-the-archive';

interface Packed extends PackFixture {
  readonly source?: string;
  readonly registry?: string;
  /** What the bundle says of it, where that is not what it is. */
  readonly stated?: { readonly version?: string; readonly integrity?: string };
}

function bundleOf(packs: readonly Packed[], roots?: readonly string[]): FileTree {
  const bundled = packs.map(({ source, registry, stated, ...fixture }) => {
    const { manifest, files } = makePack(fixture);
    const pack = { id: manifest.id, version: manifest.version, integrity: tools.treeIntegrity(files), source, registry, ...stated };
    return { pack, files };
  });
  return formatBundle({
    roots: bundled.map(({ pack }) => pack.id).filter((id) => roots === undefined || roots.includes(id)),
    packs: bundled,
  });
}

function portsFor(files: FileTree, more: Partial<ImportPorts> = {}): ImportPorts & { readonly store: MemoryPackStore } {
  const packFiles = { readArchive: async () => ({ files, integrity: ARCHIVE }) } as unknown as PackFiles;
  return {
    store: new MemoryPackStore(),
    repository: MemoryPackRepository.of(),
    packFiles,
    tools,
    verifySignature: undefined,
    ...more,
  } as ReturnType<typeof portsFor>;
}

const needing = (id: string, range: string, optional = false) =>
  `[dependencies]\n${id} = { version = "${range}", optional = ${optional} }\n`;

async function importAll(ports: ReturnType<typeof portsFor>) {
  const planned = await planImport({ file: FILE }, ports);
  return { planned, stored: await applyImport(planned, ports), lock: (await ports.store.readInstalled()).lock };
}

describe('an import', () => {
  it('installs what the file has; only what it is for was asked for', async () => {
    const ports = portsFor(
      bundleOf(
        [
          { id: 'web', manifest: needing('core', '^1.0.0') },
          { id: 'core', version: '1.2.0' },
        ],
        ['web'],
      ),
    );
    const { stored, lock } = await importAll(ports);
    expect([...stored].sort()).toEqual(['core', 'web']);
    expect(lock.packs.map(({ id, version, requested, dependencies }) => [id, version, requested, dependencies])).toEqual([
      ['core', '1.2.0', undefined, {}],
      ['web', '1.0.0', 'web', { core: '^1.0.0' }],
    ]);
    const again = await planImport({ file: FILE }, ports);
    expect(again.plan.packs.map(({ action }) => action)).toEqual(['keep', 'keep']);
    expect(await applyImport(again, ports)).toEqual([]);
  });

  it('takes an archive of one pack', async () => {
    const { files } = makePack({ id: 'alone', manifest: needing('extra', '^1.0.0', true) });
    const { lock } = await importAll(portsFor(files));
    expect(lock.packs).toMatchObject([
      { id: 'alone', requested: 'alone', source: 'alone@1.0.0', registry: 'bundle', optional: { extra: '^1.0.0' } },
    ]);
  });

  it.each([
    ['nothing', {}, { source: 'web@1.0.0', registry: 'bundle' }],
    ['a registry alone', { registry: 'acme' }, { source: 'web@1.0.0', registry: 'acme' }],
    ['that it is shipped', { source: 'builtin' }, { source: 'web@1.0.0', registry: 'bundle' }],
    ['a folder of another machine', { source: '../web' }, { source: 'web@1.0.0', registry: 'bundle' }],
    ['an archive of another machine', { source: './web.tgz' }, { source: 'web@1.0.0', registry: 'bundle' }],
    ['a package', { source: 'npm:web@1.0.0' }, { source: 'npm:web@1.0.0', registry: undefined }],
    ['a package of a registry', { source: 'npm:web@1.0.0', registry: 'acme' }, { source: 'npm:web@1.0.0', registry: 'acme' }],
  ])('remembers where the pack can be found again; the bundle says %s', async (_, origin, expected) => {
    const { lock } = await importAll(portsFor(bundleOf([{ id: 'web', ...origin }])));
    expect(lock.packs).toMatchObject([expected]);
  });
});

const OTHER = `sha512-${'A'.repeat(86)}==`;

describe('an import is refused, and changes nothing,', () => {
  const refused: readonly (readonly [what: string, files: FileTree, code: string, says: string])[] = [
    ['with other content than the bundle says', bundleOf([{ id: 'web', stated: { integrity: OTHER } }]), 'INTEGRITY_MISMATCH', OTHER],
    ['with another version than the bundle says', bundleOf([{ id: 'web', stated: { version: '2.0.0' } }]), 'BUNDLE_INVALID', 'web 2.0.0'],
    [
      'without what a pack needs',
      bundleOf([{ id: 'web', manifest: needing('core', '^2.0.0') }, { id: 'core' }]),
      'BUNDLE_INVALID',
      'web needs core ^2.0.0',
    ],
  ];
  it.each(refused)('%s', async (_, files, code, says) => {
    const ports = portsFor(files);
    await expect(planImport({ file: FILE }, ports)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
    expect((await ports.store.readInstalled()).lock.packs).toEqual([]);
  });

  it('where the file is not the one that was told', async () => {
    const ports = portsFor(bundleOf([{ id: 'web' }]));
    await expect(planImport({ file: FILE, integrity: OTHER }, ports)).rejects.toMatchObject({ code: 'INTEGRITY_MISMATCH' });
    expect((await planImport({ file: FILE, integrity: ARCHIVE }, ports)).integrity).toBe(ARCHIVE);
  });

  it('where a signature is not as the policy asks', async () => {
    const verifySignature = () => {
      throw new PacksmithError('SIGNATURE_REQUIRED', 'nobody signed it');
    };
    await expect(planImport({ file: FILE }, portsFor(bundleOf([{ id: 'web' }]), { verifySignature }))).rejects.toMatchObject({
      code: 'SIGNATURE_REQUIRED',
    });
  });

  it('where an installed pack could not go on', async () => {
    const ports = portsFor(bundleOf([{ id: 'web', manifest: needing('core', '^1.0.0') }, { id: 'core' }]));
    const { lock } = await importAll(ports);
    const next = { ...ports, packFiles: portsFor(bundleOf([{ id: 'core', version: '2.0.0' }])).packFiles };
    await expect(planImport({ file: FILE }, next)).rejects.toMatchObject({
      code: 'NO_SOLUTION',
      message: 'web, which is installed, needs core ^1.0.0, and the file has 2.0.0',
    });
    expect((await ports.store.readInstalled()).lock).toEqual(lock);
  });

  it('where the disk fails on the way', async () => {
    const store = new MemoryPackStore();
    const ports = portsFor(bundleOf([{ id: 'web' }]), { store });
    const planned = await planImport({ file: FILE }, ports);
    store.preflight = async () => Promise.reject(new PacksmithError('DISK_FULL', 'full'));
    await expect(applyImport(planned, ports)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect([(await store.readInstalled()).lock.packs, await store.listTransactions()]).toEqual([[], []]);
  });
});
