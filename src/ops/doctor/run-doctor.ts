import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { MachinePort } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import { checkMachine } from './check-machine.ts';
import { checkRegistries } from './check-registries.ts';
import { checkLocks, checkProjectState, checkStore } from './check-state.ts';
import type { Finding, HealthCheck } from './health-check.ts';

export interface DoctorRequest {
  /** Mend what can be mended without losing anything. */
  readonly fix: boolean;
  readonly offline: boolean;
  /** Of the project, absolute; it need not be one. */
  readonly directory: string;
  /** Why the settings cannot be read, where they cannot. */
  readonly settingsFailure: PacksmithError | undefined;
  readonly signal?: AbortSignal;
}

export interface DoctorReport {
  readonly checks: readonly HealthCheck[];
  readonly errors: number;
  readonly warnings: number;
}

/** `settled` is absent where the settings cannot be read: then only the machine is looked at. */
export interface DoctorPorts {
  readonly machine: MachinePort;
  readonly settled: Pick<Ports, 'store' | 'places' | 'project'> | undefined;
}

/** Looks at everything that packsmith stands on. What is wrong is a finding; only bugs are thrown. */
export async function runDoctor(request: DoctorRequest, { machine, settled }: DoctorPorts): Promise<DoctorReport> {
  const findings = [
    ...checkMachine(machine),
    checkSettings(request.settingsFailure),
    ...(await guard('locks', async () => checkLocks(machine, request.directory))),
    ...(settled === undefined ? [] : await checkSettled(request, { machine, settled })),
  ];
  const checks: HealthCheck[] = [];
  // One after the other: mending one thing may be what lets the next be mended.
  for (const finding of findings) checks.push(await settle(finding, request.fix));
  const count = (status: HealthCheck['status']): number =>
    checks.filter((check) => check.status === status && check.fixed === undefined).length;
  return { checks, errors: count('error'), warnings: count('warning') };
}

function checkSettings(failure: PacksmithError | undefined): Finding {
  if (failure === undefined) return { id: 'settings', status: 'ok', message: 'the settings are valid' };
  return {
    id: 'settings',
    status: 'error',
    message: failure.message,
    cure: 'mend them at the named lines',
    diagnostics: failure.diagnostics,
  };
}

async function checkSettled({ offline, signal }: DoctorRequest, { machine, settled }: Required<DoctorPorts>): Promise<Finding[]> {
  if (settled === undefined) return [];
  const parts = [
    () => guard('store', () => checkStore(settled)),
    () => guard('project', () => checkProjectState(machine, settled)),
    () =>
      offline
        ? [{ id: 'registries', status: 'ok', message: 'registries are not asked: --offline' } as const]
        : checkRegistries(settled.places.registries, signal),
  ];
  return (await Promise.all(parts.map((part) => part()))).flat();
}

/** What cannot even be looked at is a finding of its own. */
async function guard(id: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof PacksmithError) || error.code === 'INTERRUPTED') throw error;
    return [{ id, status: 'error', message: error.message, ...(error.hint === undefined ? {} : { cure: error.hint }) }];
  }
}

async function settle({ mend, ...finding }: Finding, fix: boolean): Promise<HealthCheck> {
  if (mend === undefined) return finding;
  if (!fix) return { ...finding, isFixable: true };
  try {
    return { ...finding, isFixable: true, fixed: await mend() };
  } catch (error) {
    if (!(error instanceof PacksmithError) || error.code === 'INTERRUPTED') throw error;
    return { ...finding, isFixable: true, cure: `it could not be mended: ${error.message}` };
  }
}
