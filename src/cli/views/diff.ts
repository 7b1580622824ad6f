import { stripControl } from '../../core/text/strip-control.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';

/** A unified diff, coloured by line; control sequences of the files are removed. */
export function viewDiff(diff: string, { style }: Terminal): string {
  if (diff === '') return 'no difference\n';
  const lines = stripControl(diff).split('\n');
  return lines.map((line) => styleOf(line, style)(line)).join('\n');
}

function styleOf(line: string, style: Style): (text: string) => string {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')) return style.bold;
  if (line.startsWith('@@')) return style.cyan;
  if (line.startsWith('+')) return style.green;
  return line.startsWith('-') ? style.red : (text) => text;
}
