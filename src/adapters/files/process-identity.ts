import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isErrno } from './errno.ts';

/**
 * Which process, on which machine. A pid alone is not enough: it is used again after its process ended, is counted anew in each container, and
 * means nothing on another machine that shares the directory.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** The machine's name and, where the system tells, its running kernel and pid namespace. Pids can be compared only where this is equal. */
  readonly host: string;
  readonly hostName: string;
  /** When the process started, in a unit that is the same for all processes of the host. */
  readonly started: number;
}

/** Clock adjustments and rounding may move a start time by this much; a pid is never used again that soon. */
const START_TOLERANCE = 2;

/** The identity of this process. */
export function identifyThisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: describeHost(),
    hostName: hostname(),
    started: readStartTicks(process.pid) ?? Math.round(performance.timeOrigin / 1000),
  };
}

/** Whether a process still runs: `unknown` when it is on another machine or in another container, where nothing can be asked. */
export function findLiveness(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  const host = describeHost();
  if (identity.host !== host) return isSameMachineBefore(identity.host, host) ? 'dead' : 'unknown';
  if (!isRunning(identity.pid)) return 'dead';
  const started = readStartTicks(identity.pid) ?? askStartSeconds(identity.pid);
  return started === undefined || Math.abs(started - identity.started) <= START_TOLERANCE ? 'alive' : 'dead';
}

/** `name machine-id boot-id pid-namespace`; parts the system does not tell are `-`. */
function describeHost(): string {
  const machine = readWord('/etc/machine-id');
  const boot = readWord('/proc/sys/kernel/random/boot_id');
  return `${hostname()} ${machine} ${boot} ${readNamespace()}`;
}

/** The same machine, restarted since: nothing of then can be alive. */
function isSameMachineBefore(then: string, now: string): boolean {
  const [nameThen, machineThen, bootThen] = then.split(' ');
  const [nameNow, machineNow, bootNow] = now.split(' ');
  const isSameMachine = nameThen === nameNow && machineThen === machineNow && machineNow !== '-';
  return isSameMachine && bootThen !== bootNow && bootThen !== '-' && bootNow !== '-';
}

function readWord(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim() || '-';
  } catch {
    return '-'; // Only Linux has these files, and a sandbox may hide them.
  }
}

function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '-'; // Only Linux has pid namespaces.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isErrno(error, 'ESRCH');
  }
}

/** The start time in clock ticks since the machine was started: field 22 of proc(5) stat. A process that ended but was not yet waited for has none. */
function readStartTicks(pid: number): number | undefined {
  const stat = readWord(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return -1;
  const ticks = Number(fields[19]);
  return Number.isSafeInteger(ticks) ? ticks : undefined;
}

/** The start time in seconds since 1970, asked of ps(1), which macOS and the BSDs have. */
function askStartSeconds(pid: number): number | undefined {
  if (process.platform === 'win32') return undefined;
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin:/usr/bin' },
  });
  const milliseconds = Date.parse(`${(answer.stdout ?? '').trim()} UTC`);
  return Number.isNaN(milliseconds) ? undefined : Math.round(milliseconds / 1000);
}
