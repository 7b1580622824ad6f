import { computeTreeIntegrity } from '../../src/adapters/sources/tree-integrity.ts';
import type { InstallPlan } from '../../src/core/install/install-plan.ts';
import type { InstalledLock, InstalledPack } from '../../src/core/install/installed-lock.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { Digest } from '../../src/core/tree/digest.ts';
import type { ResolvePorts } from '../../src/ops/packs/resolved-packs.ts';
import type { PackRepository } from '../../src/ports/pack-repository.ts';
import type { PackSource } from '../../src/ports/pack-source.ts';
import type { PackStore } from '../../src/ports/pack-store.ts';
import { MemoryPackRepository } from '../../src/testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../src/testing/memory-pack-source.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { RecordingReporter } from '../../src/testing/recording-reporter.ts';

/** Packs of a registry by `name version`, with what they need: `{ 'web 1.0.0': 'core ^1, logs? ^2' }`. */
export function packsOf(world: Readonly<Record<string, string>>): Pack[] {
  return Object.entries(world).map(([key, needs]) => {
    const [id = '', version = ''] = key.split(' ');
    return packOf(id, version, needs);
  });
}

export function packOf(id: string, version: string, needs = '', files: Record<string, string> = {}): Pack {
  const dependencies = needs.split(', ').filter((entry) => entry !== '');
  const lines = dependencies.map((entry) => {
    const [name = '', ...range] = entry.split(' ');
    return `${JSON.stringify(name.replace('?', ''))} = { version = ${JSON.stringify(range.join(' '))}, optional = ${name.endsWith('?')} }`;
  });
  const manifest = lines.length === 0 ? '' : `[dependencies]\n${lines.join('\n')}`;
  const pack = makePack({ id, version, manifest, files: { 'templates/README.md': `${id} ${version}\n`, ...files } });
  return { ...pack, integrity: computeTreeIntegrity(pack.files) };
}

export interface InstallWorld extends ResolvePorts {
  readonly source: MemoryPackSource;
  readonly reporter: RecordingReporter;
}

/** Ports with one registry, named `main`, that has these packs. */
export function worldOf(
  store: PackStore,
  packs: readonly Pack[],
  { local = [], source }: { readonly local?: readonly Pack[]; readonly source?: PackSource } = {},
): InstallWorld {
  const memory = MemoryPackSource.of(...packs);
  const repository: PackRepository = MemoryPackRepository.of(...local);
  const registries = [{ name: 'main', scopes: [], source: source ?? memory }];
  return { store, repository, places: { sources: [], registries }, reporter: new RecordingReporter(), source: memory };
}

/** A plan by hand that adds packs to what is there. */
export function planOfPacks(packs: readonly Pack[], basis: Digest, requests: readonly string[] = ['it']): InstallPlan {
  return {
    format: 1,
    operation: 'install',
    basis,
    requests,
    packs: packs.map((pack) => ({
      ...installedOf(pack),
      archiveIntegrity: pack.integrity,
      requested: pack.manifest.id,
      registry: 'main',
      action: 'add',
      provenance: { kind: 'npm', location: 'memory:' },
      because: 'asked for',
    })),
    removes: [],
    levels: [packs.map(({ manifest }) => manifest.id)],
    bytes: 0,
    warnings: [],
  };
}

export function installedOf({ manifest, integrity, files }: Pack): InstalledPack {
  const { id, version } = manifest;
  const bytes = [...files.values()].reduce((sum, { content }) => sum + content.length, 0);
  const dependencies = Object.fromEntries(manifest.dependencies.map((dependency) => [dependency.id, dependency.version]));
  return {
    id,
    version,
    source: `${id}@${version}`,
    registry: 'main',
    integrity,
    archiveIntegrity: integrity,
    bytes,
    dependencies,
    optional: {},
    requested: id,
  };
}

export function lockOf(...packs: readonly Pack[]): InstalledLock {
  return { format: 1, packs: packs.map(installedOf) };
}

/** `id version` of all that is installed. */
export async function installedNames(store: PackStore): Promise<string[]> {
  return (await store.readInstalled()).lock.packs.map(({ id, version }) => `${id} ${version}`);
}
