import { renderOrder } from '../core/compose/pack-order.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PackDependency } from '../core/pack/pack-manifest.ts';
import { type PackReference, parsePackReference } from '../core/pack/pack-reference.ts';
import { isInRange } from '../core/pack/versions.ts';
import type { Ports } from '../ports/ports.ts';
import type { LoadedPack } from './loaded-pack.ts';

/** A pack that is asked for by name or place. */
export interface PackDemand {
  readonly reference: PackReference;
  /** The version that the lockfile has; it is used while it is there and fits. */
  readonly locked: string | undefined;
  /** The source as the lockfile records it, given the pack that was found. */
  readonly sourceOf: (pack: Pack) => string;
}

/**
 * Loads the packs that are asked for and all that they depend on, in the order in which they are rendered.
 * @throws PacksmithError `PACK_NOT_FOUND`, `MANIFEST_INVALID`, `NO_SOLUTION` when a dependency is there in no version that fits.
 */
export async function loadPacks(demands: readonly PackDemand[], ports: Pick<Ports, 'repository' | 'reporter'>): Promise<LoadedPack[]> {
  const loaded = new Map<string, LoadedPack>();
  const add = (entry: LoadedPack): void => {
    const { id, version } = entry.pack.manifest;
    loaded.set(id, entry);
    ports.reporter.report({ kind: 'pack-loaded', pack: id, version });
  };
  for (const demand of demands) {
    const pack = await loadDemand(demand, ports);
    if (!loaded.has(pack.manifest.id))
      add({ pack, source: demand.sourceOf(pack), because: 'asked for', isFoundById: demand.reference.kind === 'id' });
  }
  // A map grows while it is walked: what is added is visited too.
  for (const { pack } of loaded.values()) {
    for (const dependency of pack.manifest.dependencies.filter(({ optional }) => !optional)) {
      const found = loaded.get(dependency.id);
      if (found === undefined) add(await loadDependency(pack, dependency, ports));
      else checkVersion(pack, dependency, found.pack);
    }
  }
  const entries = [...loaded.values()];
  const order = renderOrder(
    entries.map(({ pack }) => pack),
    entries.filter(({ because }) => because === 'asked for').map(({ pack }) => pack.manifest.id),
  );
  return order.map((pack) => loaded.get(pack.manifest.id)).filter((entry) => entry !== undefined);
}

async function loadDemand({ reference, locked }: PackDemand, { repository }: Pick<Ports, 'repository'>): Promise<Pack> {
  if (reference.kind !== 'id' || locked === undefined || !isInRange(locked, reference.range ?? '*')) return repository.load(reference);
  try {
    return await repository.load({ ...reference, range: locked });
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'PACK_NOT_FOUND') return repository.load(reference);
    throw error;
  }
}

async function loadDependency(
  dependent: Pack,
  { id, version }: PackDependency,
  { repository }: Pick<Ports, 'repository'>,
): Promise<LoadedPack> {
  const pack = await repository.load(parsePackReference(`${id}@${version}`));
  return { pack, source: pack.provenance.kind, because: `${dependent.manifest.id} needs it`, isFoundById: true };
}

function checkVersion(dependent: Pack, { id, version }: PackDependency, found: Pack): void {
  if (isInRange(found.manifest.version, version)) return;
  throw new PacksmithError(
    'NO_SOLUTION',
    `${dependent.manifest.id} ${dependent.manifest.version} needs ${id} ${version}, but ${found.manifest.version} is used`,
  );
}
