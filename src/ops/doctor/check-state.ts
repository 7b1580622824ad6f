import { PENDING_PATH } from '../../core/lockfile/pending.ts';
import type { MachinePort } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Finding } from './health-check.ts';

/** Locks whose owners are dead: the next command takes them over, so that they are only in the way of people who look. */
export function checkLocks(machine: MachinePort, project: string): Finding[] {
  const findings = machine.findLocks(project).map(({ what, path, owner, state }): Finding => {
    if (state === 'alive') return { id: 'locks', status: 'ok', message: `${what} is in use by ${owner}` };
    if (state === 'unknown') {
      const message = `${what} is locked by ${owner}, which cannot be asked`;
      return { id: 'locks', status: 'warning', message, cure: `when it is gone for sure, delete ${path}` };
    }
    return {
      id: 'locks',
      status: 'warning',
      message: `${what} is locked by ${owner}, which is gone`,
      cure: 'the next command that needs the lock takes it over',
      mend: async () => {
        await machine.freeLock(path);
        return `freed ${what}`;
      },
    };
  });
  return findings.length > 0 ? findings : [{ id: 'locks', status: 'ok', message: 'nothing is locked' }];
}

/** Whether a change of the project was interrupted, or waits for conflicts to be settled. */
export async function checkProjectState(machine: MachinePort, { project }: Pick<Ports, 'project'>): Promise<Finding[]> {
  const unfinished = machine.findUnfinished(project.root);
  const isPending = (await project.survey([PENDING_PATH])).has(PENDING_PATH);
  return [
    ...unfinished.map(
      (id): Finding => ({
        id: 'project',
        status: 'warning',
        message: `a change of the project (${id}) was interrupted, or is under way`,
        cure: 'the next command finishes it or takes it back',
        mend: async () => {
          const recovery = await project.recover();
          if (recovery === undefined) return 'removed what was left of it';
          return `${recovery.operation} was ${recovery.outcome === 'finished' ? 'finished' : 'taken back'}`;
        },
      }),
    ),
    ...(isPending
      ? [
          {
            id: 'project',
            status: 'warning',
            message: 'an update left conflicts to settle',
            cure: 'settle them, then `packs update --continue`',
          } as const,
        ]
      : []),
  ];
}

/** Whether every installed pack is there, byte for byte, and no installation is left half done. */
export async function checkStore({ store }: Pick<Ports, 'store'>): Promise<Finding[]> {
  const { lock } = await store.readInstalled();
  const states = await Promise.all(
    lock.packs.map(async ({ id, version, integrity }) => ({ id, version, state: await store.check(integrity) })),
  );
  const broken = states.filter(({ state }) => state !== 'intact');
  const interrupted = (await store.listTransactions()).filter(({ state }) => state === 'interrupted');
  const count = states.length === 1 ? 'one installed pack is' : `${states.length} installed packs are`;
  return [
    ...(broken.length === 0
      ? [{ id: 'store', status: 'ok', message: states.length === 0 ? 'no pack is installed' : `${count} intact` } as const]
      : []),
    ...broken.map(
      ({ id, version, state }): Finding => ({
        id: 'store',
        status: 'error',
        message: `${id} ${version} is ${state} in the store`,
        cure: `\`packs verify ${id} --fix\` fetches it again`,
      }),
    ),
    ...interrupted.map(
      ({ id, operation }): Finding => ({
        id: 'transactions',
        status: 'warning',
        message: `${operation} ${id} was interrupted`,
        cure: `\`packs transactions resume ${id}\` goes on, \`packs transactions rollback ${id}\` forgets it`,
      }),
    ),
  ];
}
