import type { Budget } from '../../../jinja/budget.ts';
import { utf8Length } from '../../../jinja/text.ts';
import { CASE_FUNCTIONS } from '../../../liquid/filters/case-filters.ts';
import { LIMITS } from '../../../manifest/limits.ts';
import type { Value } from '../../../pack/values.ts';
import type { RhaiNode, RhaiScript } from '../../../rhai/nodes.ts';
import { failHost } from '../../../rhai/rhai-fault.ts';
import { builtin, type RhaiHost } from '../../../rhai/rhai-run.ts';
import { joinTexts, plainText, RhaiArray, RhaiMap, type RhaiValue, toText } from '../../../rhai/values.ts';
import { encodeUtf8 } from '../../../text/utf8.ts';
import { askForOutput, type OutputNeed, outputsOf } from './command-outputs.ts';
import { fromRhaiValue, toRhaiValue } from './convert-value.ts';
import type { HookCommand } from './hook-program.ts';
import type { Prompt } from './prompt.ts';
import type { WorkingTree } from './working-tree.ts';

/** What a script changes, and what it is told. */
export interface HookState {
  readonly variables: Map<string, Value>;
  readonly tree: WorkingTree;
  readonly printed: string[];
  readonly commands: HookCommand[];
  readonly now: string;
  readonly budget: Budget;
  /** The answer to a question. */
  readonly ask: (prompt: Prompt) => Value;
}

/** The modules and functions that cargo-generate adds to Rhai. */
export const MODULES: ReadonlyMap<string, readonly string[]> = new Map([
  ['variable', ['is_set', 'get', 'set', 'prompt']],
  ['file', ['exists', 'rename', 'delete', 'write', 'listdir']],
  ['system', ['command', 'date']],
  ['env', ['working_directory', 'destination_directory']],
]);

export function makeHost(script: RhaiScript, state: HookState): RhaiHost {
  const functions = new Map([
    ...[...CASE_FUNCTIONS].map(([name, change]) =>
      builtin(`to_${name}`, ({ self, run }) => changeCase(plainText(self) ?? failHost('a text is expected'), change, run.budget)),
    ),
    builtin('abort', ({ self, run }) => failHost(toText(self, run.budget))),
  ]);
  return {
    functions,
    print: (text) => state.printed.push(text),
    // Both stand for the directory in which commands run: a project is the same wherever it is made.
    member: (module, name) => (module === 'env' && MODULES.get(module)?.includes(name) === true ? '.' : undefined),
    call: (module, name, args, node) => CALLS.get(`${module}::${name}`)?.({ args, state, script, node }),
  };
}

/** Every character is looked at, and those of words are taken apart. */
function changeCase(text: string, change: (text: string) => string, budget: Budget): string {
  budget.spendSteps(text.length);
  budget.allocate(text.length * 8);
  return change(text);
}

interface ModuleCall {
  readonly args: readonly RhaiValue[];
  readonly state: HookState;
  readonly script: RhaiScript;
  readonly node: RhaiNode;
}

/** What a call gives; `undefined` where it has not the right arguments. */
const CALLS: ReadonlyMap<string, (call: ModuleCall) => RhaiValue | undefined> = new Map<
  string,
  (call: ModuleCall) => RhaiValue | undefined
>([
  ['variable::is_set', ({ args: [name], state }) => (typeof name === 'string' ? state.variables.has(name) : undefined)],
  [
    'variable::get',
    ({ args: [name], state }) => (typeof name === 'string' ? toRhaiValue(state.variables.get(name) ?? '', state.budget) : undefined),
  ],
  ['variable::set', setVariable],
  ['variable::prompt', prompt],
  ['file::exists', ({ args: [path], state }) => (typeof path === 'string' ? state.tree.exists(path) : undefined)],
  ['file::delete', ({ args: [path], state }) => (typeof path === 'string' ? done(() => state.tree.delete(path)) : undefined)],
  [
    'file::rename',
    ({ args: [from, to], state }) =>
      typeof from === 'string' && typeof to === 'string' ? done(() => state.tree.rename(from, to)) : undefined,
  ],
  ['file::write', writeFile],
  ['file::listdir', ({ args: [path = '.'], state }) => (typeof path === 'string' ? new RhaiArray(state.tree.list(path)) : undefined)],
  ['system::command', command],
  ['system::date', ({ args, state }) => (args.length === 0 ? dateOf(state.now) : undefined)],
]);

function done(change: () => void): null {
  change();
  return null;
}

/** A variable keeps its type. */
function setVariable({ args: [name, given], state }: ModuleCall): RhaiValue | undefined {
  if (typeof name !== 'string' || given === undefined) return undefined;
  const value = fromRhaiValue(given);
  const before = state.variables.get(name);
  const isScalar = typeof before === 'string' || typeof before === 'boolean';
  if (isScalar && typeof before !== typeof value)
    return failHost(`the variable "${name}" is ${kindOf(before)}, and cannot become ${kindOf(value)}`);
  state.budget.allocate(name.length + 32);
  state.variables.set(name, value);
  return null;
}

function kindOf(value: Value): string {
  if (typeof value === 'boolean') return 'a truth value';
  return typeof value === 'string' ? 'text' : 'a list';
}

function prompt({ args: [text, fallback, rule, ...rest], state }: ModuleCall): RhaiValue | undefined {
  if (typeof text !== 'string' || rest.length > 0) return undefined;
  if (fallback === undefined) return answer({ text }, state);
  if (typeof fallback === 'boolean' && rule === undefined) return answer({ text, default: fallback }, state);
  if (typeof fallback !== 'string') return undefined;
  if (rule instanceof RhaiArray) {
    const choices = rule.items.map((item) => plainText(item) ?? failHost('choices are texts'));
    return answer({ text, default: fallback, choices }, state);
  }
  if (rule !== undefined && typeof rule !== 'string') return undefined;
  return answer({ text, default: fallback, ...(rule !== undefined && { regex: rule }) }, state);
}

function answer(asked: Prompt, { ask, budget }: HookState): RhaiValue {
  return toRhaiValue(ask(asked), budget);
}

/** A list is written line by line. */
function writeFile({ args: [path, content], state, script }: ModuleCall): RhaiValue | undefined {
  if (typeof path !== 'string') return undefined;
  const text = content instanceof RhaiArray ? linesOf(content, state.budget) : plainText(content);
  if (text === undefined) return undefined;
  state.budget.spendOutput(utf8Length(text));
  state.budget.allocate(text.length);
  return done(() => state.tree.write(path, encodeUtf8(text), script.name));
}

function linesOf({ items }: RhaiArray, budget: Budget): string {
  return joinTexts([...items.map((item) => toText(item, budget)), ''], '\n', budget);
}

/** The command is only noted: it runs with consent, once the files are there; of more than can be looked at, none does. */
function command({ args: [name, list], state, script, node }: ModuleCall): RhaiValue | undefined {
  if (typeof name !== 'string' || (list !== undefined && !(list instanceof RhaiArray))) return undefined;
  const words = (list?.items ?? []).map((item) => toText(item, state.budget));
  const line = joinTexts([name, ...words], ' ', state.budget);
  const need = outputsOf(script).get(node);
  if (need !== undefined) return output(line, need, state);
  if (state.commands.length >= LIMITS.hooks.maximum) return failHost(`it asks for more than ${LIMITS.hooks.maximum} commands`);
  state.budget.allocate(64);
  return done(() => state.commands.push({ script: script.name, line }));
}

function output(line: string, need: OutputNeed, state: HookState): RhaiValue {
  const printed = answer(askForOutput(line, need), state);
  return printed === '' && need === 'optional' ? failHost(`the command ${JSON.stringify(line)} was not run`) : printed;
}

function dateOf(now: string): RhaiMap {
  const [year = 0n, month = 0n, day = 0n] = (/^(\d{4})-(\d\d)-(\d\d)/.exec(now) ?? []).slice(1).map(BigInt);
  return new RhaiMap(
    new Map([
      ['year', year],
      ['month', month],
      ['day', day],
    ]),
  );
}
