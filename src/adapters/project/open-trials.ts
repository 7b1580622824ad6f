import { availableParallelism, cpus } from 'node:os';
import type { Machine } from '../../core/benchmark/benchmark.ts';
import type { ProbeHealth } from '../../ports/health-probe.ts';
import type { Scratch, WatchDirectory } from '../../ports/scratch.ts';
import { nodeScratch } from './node-scratch.ts';
import { watchDirectory } from './watch-directory.ts';

/** Where packs are tried and measured. */
export interface TrialPorts {
  readonly scratch: Scratch;
  /** A monotonic clock in milliseconds. */
  readonly stopwatch: () => number;
  readonly watchDirectory: WatchDirectory;
  readonly machine: Machine;
  readonly probeHealth: ProbeHealth;
}

export function openTrials(): TrialPorts {
  return {
    scratch: nodeScratch,
    stopwatch: () => performance.now(),
    watchDirectory,
    machine: describeMachine(),
    // Node's HTTP is loaded only where a service is asked.
    probeHealth: async (request) => (await import('../http/probe-health.ts')).probeHealth(request),
  };
}

/** The machine in terms that say what matters and not which one it is. */
function describeMachine(): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
  };
}
