import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackDependency } from '../../core/pack/pack-manifest.ts';
import { isInRange } from '../../core/pack/versions.ts';
import type { DependencyFacts } from '../../core/quality/lint-facts.ts';
import { listVersions } from './list-versions.ts';
import type { FinderPorts } from './pack-finder.ts';

/** What this machine knows of the packs that one depends on, without asking anybody: their manifests, and whether they are deprecated. */
export async function findDependencyFacts(
  { manifest }: Pack,
  workingDirectory: string,
  ports: FinderPorts,
): Promise<ReadonlyMap<string, DependencyFacts>> {
  const facts = manifest.dependencies.map(
    async (dependency) => [dependency.id as string, await findFacts(dependency, workingDirectory, ports)] as const,
  );
  return new Map(await Promise.all(facts));
}

async function findFacts({ id, version }: PackDependency, workingDirectory: string, ports: FinderPorts): Promise<DependencyFacts> {
  const [pack, listed] = await Promise.all([
    unlessUnknown(ports.repository.load({ kind: 'id', name: id, range: version })),
    unlessUnknown(listVersions({ reference: id, workingDirectory, offline: true }, ports)),
  ]);
  const chosen = listed?.versions.find((candidate) => candidate.status !== 'yanked' && isInRange(candidate.version, version));
  const deprecated = chosen?.status === 'deprecated' ? (chosen.notice ?? 'no reason is given') : undefined;
  return { manifest: pack?.manifest, deprecated };
}

/** Nothing that is not on this machine is a fault of the pack that is looked at. */
async function unlessUnknown<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
}
