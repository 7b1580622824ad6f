import { unlessItFails } from '../../../diagnostics/unless-it-fails.ts';
import type { VariableDefinition } from '../../../pack/pack-manifest.ts';
import type { Value } from '../../../pack/values.ts';
import type { RhaiScript } from '../../../rhai/nodes.ts';
import { failHost } from '../../../rhai/rhai-fault.ts';
import { runRhai } from '../../../rhai/run-rhai.ts';
import { plainText } from '../../../rhai/values.ts';
import type { HookStage } from '../read-config.ts';
import { toDefinition } from './find-questions.ts';
import { type HookState, makeHost } from './hook-host.ts';
import type { HookCommand, HookProgram, HookRequest, HookResult } from './hook-program.ts';
import type { Prompt } from './prompt.ts';
import { WorkingTree } from './working-tree.ts';

export interface HookScript {
  readonly stage: HookStage;
  readonly script: RhaiScript;
}

/** A question, and the stage that asks it first. */
export interface StagedQuestion {
  readonly stage: HookStage;
  readonly text: string;
  readonly definition: VariableDefinition;
}

/** A script that puts one question so often does not take its answer. */
const MOST_TIMES = 20;

type NotePrompt = (script: HookScript, prompt: Prompt) => void;

/** What runs the scripts of a template; with `note`, every question has its default. */
export function makeRunner(
  scripts: readonly HookScript[],
  questions: readonly StagedQuestion[],
  note?: NotePrompt,
): Pick<HookProgram, 'run' | 'findAsked'> {
  const names = new Map(questions.map(({ text, definition }) => [text, definition.name]));
  const run = (stage: HookStage, request: HookRequest, onAsk: NotePrompt = note ?? (() => undefined)): HookResult => {
    const { variables, now, budget, files } = request;
    const tree = new WorkingTree(files, budget);
    const printed: string[] = [];
    const commands: HookCommand[] = [];
    const state = { variables: new Map(variables), tree, printed, commands, now, budget };
    for (const hook of scripts) {
      if (hook.stage !== stage) continue;
      const ask = counted((prompt) => {
        onAsk(hook, prompt);
        const name = names.get(prompt.text);
        if (name === undefined && note === undefined) return failUnknown(prompt);
        return answerTo(prompt, name === undefined ? undefined : request.answers.get(name));
      });
      runOne(hook.script, { ...state, ask });
    }
    return { variables: state.variables, files: tree.toFinished(), printed, commands };
  };
  const findAsked = (stage: HookStage, request: HookRequest): ReadonlyMap<string, VariableDefinition> => {
    const asked = new Map<string, VariableDefinition>();
    const onAsk: NotePrompt = (_script, prompt) => {
      const name = names.get(prompt.text);
      if (name !== undefined && !asked.has(name)) asked.set(name, toDefinition(name, prompt));
    };
    // What fails is told when it is rendered.
    unlessItFails(
      () => run(stage, request, onAsk),
      () => undefined,
    );
    return asked;
  };
  return { run, findAsked };
}

/** What a script gives is shown, as cargo-generate does, where it is a text. */
function runOne(script: RhaiScript, state: HookState): void {
  const result = plainText(runRhai(script, makeHost(script, state), state.budget));
  if (result !== undefined && result !== '') state.printed.push(result);
}

function counted(ask: HookState['ask']): HookState['ask'] {
  const times = new Map<string, number>();
  return (prompt) => {
    const count = (times.get(prompt.text) ?? 0) + 1;
    times.set(prompt.text, count);
    const answer = ask(prompt);
    if (count > MOST_TIMES) failHost(`it asks ${JSON.stringify(prompt.text)} again and again: it does not take ${JSON.stringify(answer)}`);
    return answer;
  };
}

function failUnknown({ text }: Prompt): never {
  return failHost(`it asks ${JSON.stringify(text)}, which was not known when the template was read: ask that in [placeholders]`);
}

/** A question that has no answer has its default. */
function answerTo({ default: fallback, choices }: Prompt, given: Value | undefined): Value {
  if (typeof fallback === 'boolean') return typeof given === 'boolean' ? given : fallback;
  if (typeof given === 'string' && (choices === undefined || choices.includes(given))) return given;
  return fallback ?? '';
}
