import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { listChoiceCases } from '../../core/quality/choice-cases.ts';
import { type Bill, type BillPack, uniquePackages } from '../../core/sbom/bill.ts';
import { compareText } from '../../core/text/compare-text.ts';
import type { Ports } from '../../ports/ports.ts';
import { type LoadOptions, loadNamedPack } from '../packs/load-named-pack.ts';
import { requireManifest } from '../project/load-project.ts';
import type { LoadedPack } from '../project/loaded-pack.ts';
import type { GenerationPorts, GenerationPreview } from '../project/plan-wanted.ts';
import { planRegeneration } from '../project/regenerate-project.ts';
import type { CasePorts } from './case-world.ts';
import { tryPack } from './try-pack.ts';

export interface BillRequest extends LoadOptions {
  readonly toolVersion: string;
}

/** What a pack brings when it is generated with its defaults. @throws PacksmithError as `planGeneration` does. */
export async function billOfPack(
  request: BillRequest & { readonly reference: string; readonly created: string },
  ports: CasePorts,
): Promise<Bill> {
  const { pack, directory } = await loadNamedPack(request.reference, request, ports);
  const [variables = new Map()] = listChoiceCases(pack.manifest.variables).cases;
  const { offline, signal, created, toolVersion } = request;
  const [outcome] = await tryPack({ pack, directory, offline, ...(signal && { signal }) }, [{ variables }], ports);
  if (outcome?.kind !== 'planned') throw outcome?.error ?? new PacksmithError('PACK_NOT_FOUND', `${request.reference} gives no project`);
  const { id, version } = pack.manifest;
  return { ...partsOf(outcome.preview, [id]), subject: { kind: 'pack', name: id, version }, created, toolVersion };
}

/** What a project has, at the versions and answers that it has. @throws PacksmithError as `planRegeneration` does. */
export async function billOfProject(
  request: BillRequest & { readonly name: string },
  ports: GenerationPorts & Pick<Ports, 'project'>,
): Promise<Bill> {
  const { workingDirectory, offline, signal, toolVersion, name } = request;
  const { lockfile } = await requireManifest(ports);
  const options = {
    workingDirectory,
    given: [],
    ifExists: 'refuse',
    backup: false,
    skipHooks: true,
    ask: 'never',
    offline,
    preserve: [],
    onConflict: 'markers',
  } as const;
  const preview = await planRegeneration({ ...options, ...(signal && { signal }) }, ports);
  const roots = preview.packs.filter(({ because }) => because === 'asked for').map(({ pack }) => pack.manifest.id);
  return { ...partsOf(preview, roots), subject: { kind: 'project', name, version: undefined }, created: lockfile.now, toolVersion };
}

function partsOf({ packs, plan }: GenerationPreview, roots: readonly string[]): Pick<Bill, 'packs' | 'packages' | 'roots'> {
  const ids = new Set<string>(packs.map(({ pack }) => pack.manifest.id));
  return { packs: packs.map((loaded) => describe(loaded, ids)), packages: uniquePackages(plan.packages ?? []), roots };
}

function describe({ pack, source }: LoadedPack, known: ReadonlySet<string>): BillPack {
  const { id, version, license, description, dependencies } = pack.manifest;
  const needed = dependencies.map((dependency) => dependency.id as string).filter((each) => known.has(each));
  return { id, version, license, description, integrity: pack.integrity, source, dependencies: needed.sort(compareText) };
}
