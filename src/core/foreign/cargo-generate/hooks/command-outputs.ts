import type { RhaiNode, RhaiScript } from '../../../rhai/nodes.ts';
import { walkNodes } from '../../../rhai/nodes.ts';
import { findUsedCalls } from './find-used-calls.ts';
import type { Prompt } from './prompt.ts';
import { walkScript } from './walk-script.ts';

/** Whether a script goes on without the command whose output is used: it stands in a `try`. */
export type OutputNeed = 'required' | 'optional';

/**
 * The commands of a script whose output is used, by their calls. Commands run only once files are made: what such a one prints is asked for in
 * the place of running it.
 */
export function outputsOf(script: RhaiScript): ReadonlyMap<RhaiNode, OutputNeed> {
  const known = found.get(script);
  if (known !== undefined) return known;
  const tried = new Set([...walkScript(script)].flatMap((node) => (node.kind === 'try' ? [...walkNodes([node.body])] : [])));
  const outputs = new Map<RhaiNode, OutputNeed>(
    findUsedCalls(script, 'system', 'command').map((node) => [node, tried.has(node) ? 'optional' : 'required']),
  );
  found.set(script, outputs);
  return outputs;
}

const found = new WeakMap<RhaiScript, ReadonlyMap<RhaiNode, OutputNeed>>();

/** An answer that is empty is as a command that does not run. */
export function askForOutput(line: string, need: OutputNeed): Prompt {
  return { text: `What does \`${line}\` print?`, ...(need === 'optional' && { default: '' }) };
}
