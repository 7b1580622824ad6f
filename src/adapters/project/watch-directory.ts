import { watch } from 'node:fs';
import type { DirectoryWatch } from '../../ports/scratch.ts';
import { toDiskError } from '../files/errno.ts';

/** An editor writes a file in several steps, and a formatter after it. */
const QUIET_MILLISECONDS = 120;

export function watchDirectory(directory: string, signal: AbortSignal): DirectoryWatch {
  let isChanged = false;
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;
  let wake: () => void = () => undefined;
  const watcher = openWatcher(directory);
  watcher.on('change', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isChanged = true;
      wake();
    }, QUIET_MILLISECONDS);
  });
  watcher.on('error', (error) => {
    failure = toDiskError(error, `watch ${directory}`);
    wake();
  });
  const end = (): void => {
    clearTimeout(timer);
    watcher.close();
    wake();
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return {
    next: async () => {
      while (!isChanged && failure === undefined && !signal.aborted) {
        await new Promise<void>((settle) => {
          wake = settle;
        });
      }
      isChanged = false;
      if (failure !== undefined) throw failure;
      return !signal.aborted;
    },
  };
}

function openWatcher(directory: string): ReturnType<typeof watch> {
  try {
    return watch(directory, { recursive: true });
  } catch (error) {
    throw toDiskError(error, `watch ${directory}`);
  }
}
