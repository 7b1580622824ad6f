import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { planRemoval } from '../../core/install/dependents.ts';
import type { InstallPlan } from '../../core/install/install-plan.ts';
import { installedPackOf } from '../../core/install/installed-lock.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { SweepReport } from '../../ports/pack-store.ts';
import { applyInstall, type InstallResult } from './install-packs.ts';
import type { ResolvePorts } from './resolved-packs.ts';

export interface UninstallRequest {
  readonly ids: readonly string[];
  /** Also remove what depends on them. */
  readonly cascade: boolean;
  /** Also remove what only they brought, and their content from the store. */
  readonly purge: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Plans removing installed packs. Their content stays in the store until `purge` or a cleaning.
 * @throws PacksmithError `PACK_NOT_INSTALLED`, and `PACK_NEEDED` naming every installed pack that depends on one of them.
 */
export async function planUninstall(
  { ids, cascade, purge }: UninstallRequest,
  { store }: Pick<ResolvePorts, 'store'>,
): Promise<InstallPlan> {
  const { lock, digest } = await store.readInstalled();
  for (const id of ids)
    if (installedPackOf(lock, id) === undefined)
      throw notInstalled(
        id,
        lock.packs.map((pack) => pack.id),
      );
  const removal = planRemoval({ packs: lock.packs, ids, cascade, withUnneeded: purge });
  if (removal.blocked.size > 0) {
    const blocked = [...removal.blocked].map(([id, dependents]) => `${id} is needed by ${dependents.join(', ')}`);
    throw new PacksmithError('PACK_NEEDED', blocked.join('\n'), {
      hint: '--cascade removes them as well',
      suggestions: [`packs uninstall ${ids.join(' ')} --cascade`],
    });
  }
  const warnings = removal.orphans.map((id) => `${id} stays, though nothing needs it any more; --purge removes such packs too`);
  return {
    format: 1,
    operation: 'uninstall',
    basis: digest,
    requests: ids,
    packs: [],
    removes: removal.removes,
    levels: [],
    bytes: 0,
    warnings,
  };
}

export interface UninstallResult extends InstallResult {
  /** What a purge freed. */
  readonly freed: SweepReport | undefined;
}

/** Removes installed packs as one transaction. @throws PacksmithError as `planUninstall` and `applyInstall` do. */
export async function uninstallPacks(request: UninstallRequest, ports: ResolvePorts): Promise<UninstallResult> {
  const plan = await planUninstall(request, ports);
  const result = await applyInstall(plan, { offline: true, ...(request.signal && { signal: request.signal }) }, ports);
  const freed = request.purge ? await ports.store.sweep({ store: true, cache: false, dryRun: false }) : undefined;
  return { ...result, freed };
}

/** The failure for an id that is not installed. */
export function notInstalled(id: string, installed: readonly string[]): PacksmithError {
  const suggestions = nearest(id, installed);
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : '`packs list --installed` shows what is';
  return new PacksmithError('PACK_NOT_INSTALLED', `${JSON.stringify(id)} is not installed`, { hint, suggestions });
}
