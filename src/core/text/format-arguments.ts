import { escapeControl, hasControl } from './strip-control.ts';

/** An argument vector as a line that can be read, and pasted into a POSIX shell. */
export function formatArguments(run: readonly string[]): string {
  return run.map(quoteWord).join(' ');
}

/** Nothing of a word is left out: where it has control characters it is quoted as Bash quotes them. */
function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (hasControl(word)) return `$'${escapeControl(word.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
