import type { VariableDefinition } from '../../../pack/pack-manifest.ts';
import { type NodeOf, type RhaiNode, type RhaiScript, walkNodes } from '../../../rhai/nodes.ts';
import { PLAIN_VARIABLE } from '../../plain-variable.ts';
import { wholePattern } from '../read-placeholders.ts';
import type { Prompt } from './hook-host.ts';

/** Every call of `variable::prompt` in a script. */
export function findPrompts(script: RhaiScript): NodeOf<'call'>[] {
  return [...walkScript(script)].filter((node): node is NodeOf<'call'> => isPrompt(node));
}

/** All nodes of a script, those of its functions too. */
export function* walkScript({ body, functions }: RhaiScript): Generator<RhaiNode> {
  yield* walkNodes([...body, ...[...functions.values()].map((definition) => definition.body)]);
}

function isPrompt(node: RhaiNode): node is NodeOf<'call'> {
  return node.kind === 'call' && node.module === 'variable' && node.name === 'prompt';
}

/** The question of a call as far as it stands in the script; `undefined` where its text does not. */
export function readPrompt({ args: [text, fallback, rule] }: NodeOf<'call'>): Prompt | undefined {
  const asked = literalText(text);
  if (asked === undefined) return undefined;
  const value = fallback?.kind === 'literal' && typeof fallback.value === 'boolean' ? fallback.value : literalText(fallback);
  const items = rule?.kind === 'array' ? rule.items.map(literalText) : [];
  const choices = items.every((item) => item !== undefined) && items.length > 0 ? items : undefined;
  const regex = literalText(rule);
  return {
    text: asked,
    // A default that is computed is known only when the script runs.
    ...(value !== undefined ? { default: value } : fallback !== undefined && { default: '' }),
    ...(choices && { choices }),
    ...(regex !== undefined && { regex }),
  };
}

function literalText(node: RhaiNode | undefined): string | undefined {
  if (node?.kind === 'literal' && typeof node.value === 'string') return node.value;
  if (node?.kind !== 'template') return undefined;
  return node.parts.every((part) => typeof part === 'string') ? node.parts.join('') : undefined;
}

/** What scripts call the answers to their questions, by the questions' texts: the variable that each is put into, where one is. */
export function nameAnswers(script: RhaiScript): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const note = (value: RhaiNode | undefined, name: string | undefined): void => {
    const text = value !== undefined && isPrompt(value) ? literalText(value.args[0]) : undefined;
    if (text !== undefined && name !== undefined && !names.has(text)) names.set(text, name);
  };
  for (const node of walkScript(script)) {
    if (node.kind === 'call' && node.module === 'variable' && node.name === 'set') note(node.args[1], literalText(node.args[0]));
    else if (node.kind === 'let') note(node.value, node.name);
    else if (node.kind === 'assign' && node.target.kind === 'name') note(node.value, node.target.name);
  }
  return names;
}

/** A name that is free: what the script calls it, or what the question says. */
export function chooseName(text: string, wanted: string | undefined, taken: ReadonlySet<string>): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const said = words.slice(0, 6).join('_').slice(0, 50);
  const candidates = [wanted ?? '', said, `answer_${said}`].filter((name) => /^[A-Za-z_][\w-]{0,99}$/.test(name));
  const free = candidates.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  const base = candidates[0] ?? 'answer';
  for (let number = 2; ; number++) if (!taken.has(`${base}_${number}`)) return `${base}_${number}`;
}

/** A question as a variable. */
export function toDefinition(name: string, { text, default: fallback, choices = [], regex }: Prompt): VariableDefinition {
  const hasChoices = choices.length > 0;
  return {
    ...PLAIN_VARIABLE,
    name,
    type: typeof fallback === 'boolean' ? 'boolean' : hasChoices ? 'choice' : 'string',
    prompt: text,
    default: hasChoices && typeof fallback === 'string' && !choices.includes(fallback) ? choices[0] : fallback,
    required: fallback === undefined,
    choices: choices.map((value) => ({ value, label: value })),
    pattern: regex === undefined || hasChoices ? undefined : wholePattern(regex),
  };
}
