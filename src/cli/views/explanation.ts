import { stripControlLine } from '../../core/text/strip-control.ts';
import type { PathExplanation } from '../../ops/explain-path.ts';
import type { Terminal } from '../terminal.ts';

/** Where a file came from: its state, the template, and the packs in order of composition. */
export function viewExplanation({ path, state, template, packs }: PathExplanation, { style }: Terminal): string {
  const line = (name: string, text: string) => `${style.dim(name.padEnd(9))} ${stripControlLine(text)}\n`;
  const origins = packs.map(({ id, version, source }) => line('pack', `${id} ${version} (${source})`)).join('');
  return `${style.bold(stripControlLine(path))}\n${line('state', state)}${line('template', template)}${origins}`;
}
