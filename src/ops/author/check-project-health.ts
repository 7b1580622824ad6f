import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { LockedPack } from '../../core/lockfile/lockfile.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { projectContext } from '../../core/template/render-context.ts';
import type { ProbeHealth } from '../../ports/health-probe.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FinderPorts } from '../packs/pack-finder.ts';
import { loadLockedPacks } from '../project/load-locked-packs.ts';
import { requireManifest } from '../project/load-project.ts';
import { withExternalData } from '../render/read-external-data.ts';
import { projectAnswers, projectFacts, settleAnswers } from '../render/settle-answers.ts';
import { askServices, type HealthReport, type HealthWish } from './check-health.ts';

export interface ProjectHealthRequest extends HealthWish {
  /** The packs that are asked about; all that name something to ask when empty. */
  readonly ids: readonly string[];
  readonly offline: boolean;
}

export interface PackHealth {
  readonly id: string;
  readonly version: string;
  /** Absent where it cannot be had any more. */
  readonly pack: Pack | undefined;
  readonly reports: readonly HealthReport[];
  readonly diagnostics: readonly Diagnostic[];
}

export type ProjectHealthPorts = FinderPorts &
  Pick<Ports, 'project' | 'reporter' | 'clock' | 'hash' | 'readToolAnswers'> & { readonly probeHealth: ProbeHealth };

/**
 * Asks the services of a project what its packs name in `[[health]]`, at the versions of its lockfile and with the answers of its packsmith.toml.
 * @throws PacksmithError `PROJECT_NOT_FOUND`, `ANSWERS_INVALID`, `INTERRUPTED`.
 */
export async function checkProjectHealth(request: ProjectHealthRequest, ports: ProjectHealthPorts): Promise<PackHealth[]> {
  const { offline, signal } = request;
  const state = await requireManifest(ports);
  const { manifest, lockfile } = state;
  const { packs, absent } = await loadLockedPacks({ lockfile, manifest, offline, ...(signal && { signal }) }, ports);
  const facts = await withExternalData(projectFacts({ state, manifest, packs }, ports), ports.project);
  const given = [...request.given, ...projectAnswers(manifest)];
  // Secrets are not recorded, and no address should be made of one: anything stands for them.
  const answers = await settleAnswers({ manifest, given, ask: 'never', assume: true, packs, facts }, { ...ports, prompter: undefined });
  const wanted = (id: string, pack: Pack | undefined): boolean =>
    request.ids.length > 0 ? request.ids.includes(id) : pack === undefined || pack.manifest.health.length > 0;
  const asked = lockfile.packs.map(async ({ id, version }: LockedPack): Promise<PackHealth[]> => {
    const pack = packs.find((loaded) => loaded.pack.manifest.id === id)?.pack;
    if (!wanted(id, pack)) return [];
    if (pack !== undefined) {
      const context = projectContext(facts);
      return [{ id, version, pack, ...(await askServices({ ...request, pack, context, answers: answers.entries }, ports)) }];
    }
    const reason = absent.find((each) => each.id === id)?.reason ?? 'it cannot be had';
    return [{ id, version, pack, reports: [], diagnostics: [unknown(reason)] }];
  });
  return (await Promise.all(asked)).flat();
}

function unknown(reason: string): Diagnostic {
  return { code: 'HEALTH_FAILED', severity: 'warning', message: `what it asks of a running service is not known: ${reason}` };
}
