import type { VariableDefinition } from '../../../pack/pack-manifest.ts';
import type { NodeOf, RhaiNode, RhaiScript } from '../../../rhai/nodes.ts';
import { freeName } from '../../free-name.ts';
import { PLAIN_VARIABLE } from '../../plain-variable.ts';
import { wholePattern } from '../read-placeholders.ts';
import { askForOutput, outputsOf } from './command-outputs.ts';
import type { Prompt } from './prompt.ts';
import { walkScript } from './walk-script.ts';

/** Every call in a script that asks something, with what it asks as far as that stands there. */
export function findPrompts(script: RhaiScript): (readonly [call: NodeOf<'call'>, prompt: Prompt])[] {
  const texts = findTexts(script);
  return [...walkScript(script)].flatMap((node) => {
    const prompt = promptOf(node, script, texts);
    return node.kind === 'call' && prompt !== undefined ? [[node, prompt] as const] : [];
  });
}

function promptOf(node: RhaiNode, script: RhaiScript, texts: ReadonlyMap<string, string>): Prompt | undefined {
  if (node.kind !== 'call') return undefined;
  if (node.module === 'variable' && node.name === 'prompt') return readPrompt(node, texts);
  const need = outputsOf(script).get(node);
  const line = need && readCommand(node, texts);
  return line === undefined || need === undefined ? undefined : askForOutput(line, need);
}

function readCommand({ args: [name, list] }: NodeOf<'call'>, texts: ReadonlyMap<string, string>): string | undefined {
  if (list !== undefined && list.kind !== 'array') return undefined;
  const words = [name, ...(list?.items ?? [])].map((word) => knownText(word, texts));
  return words.some((word) => word === undefined) ? undefined : words.join(' ');
}

/** The texts that names of a script have from where they are declared. */
function findTexts(script: RhaiScript): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const node of walkScript(script)) {
    const text = node.kind === 'let' ? literalText(node.value) : undefined;
    if (node.kind === 'let' && text !== undefined) texts.set(node.name, text);
  }
  return texts;
}

/** The question of a call as far as it stands in the script; `undefined` where its text does not. */
function readPrompt({ args: [text, fallback, rule] }: NodeOf<'call'>, texts: ReadonlyMap<string, string>): Prompt | undefined {
  const asked = knownText(text, texts);
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

function knownText(node: RhaiNode | undefined, texts: ReadonlyMap<string, string>): string | undefined {
  return node?.kind === 'name' ? texts.get(node.name) : literalText(node);
}

function literalText(node: RhaiNode | undefined): string | undefined {
  if (node?.kind === 'literal' && typeof node.value === 'string') return node.value;
  if (node?.kind !== 'template') return undefined;
  return node.parts.every((part) => typeof part === 'string') ? node.parts.join('') : undefined;
}

/**
 * What scripts call the answers to their questions, by the questions' texts: the variable of templates that each is set as, else the one of the
 * script that keeps it.
 */
export function nameAnswers(script: RhaiScript): (text: string) => readonly string[] {
  const texts = findTexts(script);
  const kept = new Map<string, string>();
  const set = new Map<string, string>();
  const keptBy = new Map<string, string[]>();
  for (const node of walkScript(script)) {
    const [name, value] = namedValue(node);
    if (name === undefined || value === undefined) continue;
    const asked = promptOf(value, script, texts)?.text;
    const answers = value.kind === 'name' ? (keptBy.get(value.name) ?? []) : asked === undefined ? [] : [asked];
    const noted = answers.filter((text) => note(node.kind === 'call' ? set : kept, text, name));
    if (node.kind !== 'call' && noted.length > 0) keptBy.set(name, [...(keptBy.get(name) ?? []), ...noted]);
  }
  return (text) => [set.get(text), kept.get(text)].flatMap((name) => name ?? []);
}

/** The first name counts; tells whether it is this one. */
function note(names: Map<string, string>, text: string, name: string): boolean {
  if (names.has(text)) return false;
  names.set(text, name);
  return true;
}

/** The name and value of what gives a variable its value. */
function namedValue(node: RhaiNode): readonly [string | undefined, RhaiNode | undefined] {
  if (node.kind === 'let') return [node.name, node.value];
  if (node.kind === 'assign' && node.target.kind === 'name') return [node.target.name, node.value];
  const isSet = node.kind === 'call' && node.module === 'variable' && node.name === 'set';
  return isSet ? [literalText(node.args[0]), node.args[1]] : [undefined, undefined];
}

/** A name that is free: what the script calls it, or what the question says. */
export function chooseName(text: string, wanted: readonly string[], taken: ReadonlySet<string>): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const said = words.slice(0, 6).join('_').slice(0, 50);
  const candidates = [...wanted, said, `answer_${said}`].filter((name) => /^[A-Za-z_][\w-]{0,99}$/.test(name));
  return candidates.find((name) => !taken.has(name)) ?? freeName(candidates[0] ?? 'answer', taken);
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
