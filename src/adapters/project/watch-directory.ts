import { watch } from 'node:fs';
import type { WatchDirectory } from '../../ports/scratch.ts';
import { toDiskError } from '../files/errno.ts';

/** An editor writes a file in several steps, and a formatter after it. */
const QUIET_MILLISECONDS = 120;

export const watchDirectory: WatchDirectory = (directory, signal) =>
  new Promise((settle, fail) => {
    let timer: NodeJS.Timeout | undefined;
    const watcher = watch(directory, { recursive: true });
    const end = (isChanged: boolean): void => {
      clearTimeout(timer);
      watcher.close();
      signal.removeEventListener('abort', stop);
      settle(isChanged);
    };
    const stop = (): void => end(false);
    watcher.on('change', () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(true), QUIET_MILLISECONDS);
    });
    watcher.on('error', (error) => {
      end(false);
      fail(toDiskError(error, `watch ${directory}`));
    });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
