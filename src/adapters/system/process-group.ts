import type { ChildProcess } from 'node:child_process';

const GRACE_MILLISECONDS = 2_000;
const LOOK_MILLISECONDS = 25;

/**
 * Ends the process group that a child leads: asks all of it to end, and ends by force what is still there after two seconds. Settles when
 * nothing of the group is left, so that no background process outlives the one that started it.
 */
export async function endProcessGroup(child: ChildProcess): Promise<void> {
  const looks = GRACE_MILLISECONDS / LOOK_MILLISECONDS;
  let isLeft = signalGroup(child, 'SIGTERM');
  for (let look = 0; isLeft && look < looks; look++) {
    await pause();
    isLeft = signalGroup(child, 0);
  }
  if (isLeft) signalGroup(child, 'SIGKILL');
}

/** Whether there was somebody to signal; signal 0 only looks. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    if (process.platform === 'win32') return child.exitCode === null && child.kill(signal);
    return process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the group has ended already, which is what is wanted. EPERM: what is left runs as somebody else, and cannot be ended.
    return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LOOK_MILLISECONDS);
  });
}
