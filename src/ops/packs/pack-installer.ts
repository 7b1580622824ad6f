import type { InstallPlan } from '../../core/install/install-plan.ts';
import { type ApplyInstallOptions, applyInstall, type InstallResult } from './install-packs.ts';
import { type PlanInstallRequest, planInstall } from './plan-install.ts';
import type { ResolvedPacks, ResolvePorts } from './resolved-packs.ts';

/** Installs packs in two halves: what would be done, as plain data, and doing exactly that. */
export interface PackInstaller {
  /** @throws PacksmithError as `planInstall` does. */
  plan(request: PlanInstallRequest): Promise<InstallPlan>;
  /** Performs a plan, also one that was stored as JSON meanwhile. @throws PacksmithError as `applyInstall` does; `STORE_CHANGED` for a plan that is no longer true. */
  apply(plan: InstallPlan, options?: Partial<ApplyInstallOptions>): Promise<InstallResult>;
}

/** Makes an installer. It remembers what its own plans were made from, so that applying one asks no place twice. */
export function createPackInstaller(ports: ResolvePorts): PackInstaller {
  const made = new WeakMap<InstallPlan, ResolvedPacks>();
  return {
    async plan(request) {
      const { plan, resolved } = await planInstall(request, ports);
      made.set(plan, resolved);
      return plan;
    },
    apply(plan, options = {}) {
      const resolved = options.resolved ?? made.get(plan);
      return applyInstall(plan, { offline: false, ...options, ...(resolved && { resolved }) }, ports);
    },
  };
}
