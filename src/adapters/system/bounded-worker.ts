import { type TransferListItem, Worker } from 'node:worker_threads';

/** Memory of JavaScript for documents and results on their way, in megabytes. */
export const HEAP_MEGABYTES = 1024;

/** Starts a worker that can't use all memory of the machine, prints nothing, and takes nothing over from how the program was started. */
export function startBoundedWorker(file: string, workerData: unknown, transferList: readonly TransferListItem[] = []): Worker {
  return new Worker(file, {
    workerData,
    transferList: [...transferList],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    stdout: true,
    stderr: true,
    execArgv: [],
  });
}

/** Whether a worker ended because it needed more than `HEAP_MEGABYTES`. */
export function isOutOfHeap(error: Error & { readonly code?: unknown }): boolean {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
