import { appendFileSync } from 'node:fs';
import { isRecord } from '../../core/text/is-record.ts';
import type { RanCommand } from '../../ports/project-dir.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { readPlainFile } from './disk-view.ts';

const MAX_BYTES = 1 << 20;

/** Notes a command, one a line. Nobody else may read it: arguments can hold answers. */
export function noteRanCommand(file: string, { pack, name, run }: RanCommand): void {
  const line = `${JSON.stringify({ pack, name, run })}\n`;
  const stats = lookAt(file);
  if (stats !== undefined && (!stats.isFile() || stats.size + line.length > MAX_BYTES)) return;
  try {
    appendFileSync(file, line, { mode: 0o600 });
  } catch (error) {
    // The newest changes push old ones out of the undo log.
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** What was noted. A line that is damaged, or a file that is not plain, says nothing. */
export function readRanCommands(file: string): RanCommand[] {
  const stats = lookAt(file);
  const bytes = stats?.isFile() === true && stats.size <= MAX_BYTES ? readPlainFile(file) : undefined;
  const lines = bytes === undefined ? [] : Buffer.from(bytes).toString('utf8').split('\n');
  return lines.flatMap((line) => parseCommand(line) ?? []);
}

function parseCommand(line: string): RanCommand | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    const { pack, name, run } = value;
    const isCommand = typeof pack === 'string' && typeof name === 'string' && Array.isArray(run);
    return isCommand && run.every((word) => typeof word === 'string') ? { pack, name, run } : undefined;
  } catch {
    return undefined;
  }
}
