import type { LockedDecision } from '../../core/lockfile/lockfile.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ExplainedVariable, PathExplanation } from '../../ops/project/explain-path.ts';
import type { Terminal } from '../terminal.ts';

/** Where a file came from: its state, the template and its variables, the packs in order of composition, and which pack gave which part. */
export function viewExplanation(
  { path, state, template, packs, parts, decision, variables }: PathExplanation,
  { style }: Terminal,
): string {
  const line = (name: string, text: string) => `${style.dim(name.padEnd(9))} ${stripControlLine(text)}\n`;
  const origins = packs.map(({ id, version, source }) => line('pack', `${id} ${version} (${source})`)).join('');
  const settled = decision === undefined ? '' : line('settled', describeDecision(decision));
  const used = (variables ?? []).map((variable) => line('variable', describeVariable(variable))).join('');
  const shares = parts.map(({ at, packs: from }) => line('part', `${at === '' ? 'whole file' : at}  ${from.join(', ')}`)).join('');
  return `${style.bold(stripControlLine(path))}\n${line('state', state)}${line('template', template)}${origins}${settled}${used}${shares}`;
}

/** A decision for people: `merged as json from a and b, by the rule "*.json"`. */
export function describeDecision({ how, driver, by, among }: LockedDecision): string {
  const form = driver === undefined ? how : `${how} as ${driver}`;
  return `${form} from ${among.join(' and ')}${by === 'default' ? '' : `, by the rule ${JSON.stringify(by)}`}`;
}

function describeVariable({ name, value }: ExplainedVariable): string {
  return value === undefined ? name : `${name} = ${JSON.stringify(value)}`;
}
