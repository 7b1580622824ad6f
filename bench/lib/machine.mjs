import { availableParallelism, cpus, totalmem } from 'node:os';

/** The machine in terms that say what matters and not which one it is. */
export function describeMachine() {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
  };
}
