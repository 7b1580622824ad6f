import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ExplainedVariable, PathExplanation } from '../../ops/explain-path.ts';
import type { Terminal } from '../terminal.ts';

/** Where a file came from: its state, the template and its variables, the packs in order of composition, and which pack gave which part. */
export function viewExplanation({ path, state, template, packs, parts, variables }: PathExplanation, { style }: Terminal): string {
  const line = (name: string, text: string) => `${style.dim(name.padEnd(9))} ${stripControlLine(text)}\n`;
  const origins = packs.map(({ id, version, source }) => line('pack', `${id} ${version} (${source})`)).join('');
  const used = (variables ?? []).map((variable) => line('variable', describeVariable(variable))).join('');
  const shares = parts.map(({ at, packs: from }) => line('part', `${at === '' ? 'whole file' : at}  ${from.join(', ')}`)).join('');
  return `${style.bold(stripControlLine(path))}\n${line('state', state)}${line('template', template)}${origins}${used}${shares}`;
}

function describeVariable({ name, value }: ExplainedVariable): string {
  return value === undefined ? name : `${name} = ${JSON.stringify(value)}`;
}
