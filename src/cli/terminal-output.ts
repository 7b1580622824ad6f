import type { Output } from './host.ts';

/**
 * A stream of the process. A reader that goes away (`packs list | head`) ends the output silently; any other failure to write it is told on stderr,
 * if that is another stream, and decides the exit code.
 */
export function createOutput(stream: NodeJS.WriteStream): Output {
  let isOpen = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isOpen = false;
    if (error.code !== 'EPIPE') reportLostOutput(stream, error);
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY === true ? stream.columns || 80 : undefined,
    write: (text) => {
      if (isOpen && text.length > 0) stream.write(text);
    },
  };
}

/** As the table of error codes has it for both; the table itself is too large for the fast path. */
const DISK_EXIT_CODE = 6;

function reportLostOutput(stream: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
  const code = error.code === 'ENOSPC' ? 'DISK_FULL' : 'DISK_FAILED';
  process.exitCode = DISK_EXIT_CODE;
  if (stream !== process.stderr) process.stderr.write(`error[${code}]: the output cannot be written: ${error.message}\n`);
}
