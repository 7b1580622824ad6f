import type { Scratch, WatchDirectory } from '../../ports/scratch.ts';
import { nodeScratch } from './node-scratch.ts';
import { watchDirectory } from './watch-directory.ts';

/** What packs are tried with. */
export function openTrials(): { readonly scratch: Scratch; readonly stopwatch: () => number; readonly watchDirectory: WatchDirectory } {
  return { scratch: nodeScratch, stopwatch: () => performance.now(), watchDirectory };
}
