import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../../diagnostics/packsmith-error.ts';
import { createBudget } from '../../../jinja/budget.ts';
import { LIMITS } from '../../../manifest/limits.ts';
import type { Value } from '../../../pack/values.ts';
import { EVALUATION_LIMITS } from '../../../template/evaluator.ts';
import { compilePattern } from '../../../text/pattern.ts';
import type { FileTree } from '../../../tree/file-tree.ts';
import { firstNames } from '../make-context.ts';
import { type CargoConfig, CONFIG_FILE, HOOK_STAGES } from '../read-config.ts';
import { RESERVED } from '../read-placeholders.ts';
import { chooseName, findPrompts, nameAnswers, toDefinition } from './find-questions.ts';
import { treeOf } from './hook-program.ts';
import { type HookScript, makeRunner, type StagedQuestion } from './hook-runner.ts';
import type { Prompt } from './prompt.ts';

interface QuestionRequest {
  readonly files: FileTree;
  readonly config: CargoConfig;
  readonly diagnostics: Diagnostic[];
}

/** The questions of scripts, each once, in the order in which they are met: first with the defaults of everything, then as they stand. */
export function findQuestions(scripts: readonly HookScript[], { files, config, diagnostics }: QuestionRequest): StagedQuestion[] {
  const asked = [config, ...config.conditionals].flatMap(({ placeholders }) => placeholders.map(({ name }) => name));
  const taken = new Set([...RESERVED, 'username', ...asked]);
  const questions = new Map<string, StagedQuestion>();
  const namers = new Map(scripts.map(({ script }) => [script, nameAnswers(script)]));
  const add = ({ stage, script }: HookScript, prompt: Prompt): void => {
    if (questions.has(prompt.text) || questions.size > LIMITS.variables.maximum) return;
    const name = chooseName(prompt.text, namers.get(script)?.(prompt.text) ?? [], taken);
    taken.add(name);
    questions.set(prompt.text, { stage, text: prompt.text, definition: toDefinition(name, prompt) });
  };
  for (const [script, prompt] of tryOut(scripts, config, files)) add(script, prompt);
  for (const script of scripts) {
    for (const [call, prompt] of findPrompts(script.script)) {
      add(script, prompt);
      const problem = problemOf(prompt);
      if (problem === undefined) continue;
      const where = { file: script.script.name, line: call.line, column: call.column };
      diagnostics.push({
        code: 'FOREIGN_UNSUPPORTED',
        severity: 'error',
        message: problem,
        where,
        suggestion: 'write it in the syntax of RE2',
      });
    }
  }
  if (questions.size > LIMITS.variables.maximum) {
    const message = `scripts ask more than ${LIMITS.variables.maximum} questions`;
    diagnostics.push({ code: 'FOREIGN_UNSUPPORTED', severity: 'error', message, where: { file: CONFIG_FILE } });
  }
  return [...questions.values()];
}

function problemOf(prompt: Prompt): string | undefined {
  const { pattern } = toDefinition('x', prompt);
  const compiled = pattern === undefined ? undefined : compilePattern(pattern);
  return compiled?.kind === 'invalid' ? `the regex of a question cannot be used: ${compiled.reason}` : undefined;
}

/** What scripts ask where everything has its default: the order of it, and questions whose text they make themselves. */
function tryOut(scripts: readonly HookScript[], config: CargoConfig, files: FileTree): (readonly [HookScript, Prompt])[] {
  const asked: (readonly [HookScript, Prompt])[] = [];
  const runner = makeRunner(scripts, [], (script, prompt) => asked.push([script, prompt]));
  let variables = new Map<string, Value>(firstNames(config, new Map()));
  let found = files;
  for (const stage of HOOK_STAGES) {
    const budget = createBudget(EVALUATION_LIMITS);
    try {
      const result = runner.run(stage, { variables, answers: new Map(), now: '', budget, files: found });
      variables = new Map(result.variables);
      found = treeOf(result);
    } catch (error) {
      if (!(error instanceof PacksmithError)) throw error;
    }
    if (stage !== 'init') continue;
    for (const [name, value] of defaultsOf(config)) if (!variables.has(name)) variables.set(name, value);
  }
  return asked;
}

function defaultsOf({ placeholders, conditionals }: CargoConfig): [string, Value][] {
  const own: [string, Value][] = [
    ['project-name', 'my-project'],
    ['crate_name', 'my_project'],
    ['within_cargo_project', false],
  ];
  const all = [...placeholders, ...conditionals.flatMap((conditional) => conditional.placeholders)];
  return [...own, ...all.map(({ name, default: fallback, type }): [string, Value] => [name, fallback ?? (type === 'bool' ? false : '')])];
}
