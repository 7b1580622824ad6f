import { unlessItFails } from '../../diagnostics/unless-it-fails.ts';
import { evaluateExpression } from '../../jinja/render-template.ts';
import { toKebabCase, toSnakeCase } from '../../liquid/filters/case-filters.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { ForeignRun } from '../foreign-template.ts';
import type { CargoConfig, Conditional } from './read-config.ts';

/** The system that a project is made for: a project is the same everywhere. */
export const OS_ARCH = 'linux-x86_64';

export interface ContextRequest extends Omit<ForeignRun, 'context'> {
  readonly answers: ValueMap;
  /** What scripts set before anything was asked: it stands for an answer. */
  readonly initial?: ValueMap;
}

/** What is there before anything is asked. */
export function firstNames(config: CargoConfig, answers: ValueMap): Map<string, Value> {
  return new Map<string, Value>([
    ['os-arch', OS_ARCH],
    ['is_init', config.isInit],
    ['crate_type', answers.get('crate_type') ?? 'bin'],
    ['authors', answers.get('authors') ?? ''],
    ['username', answers.get('username') ?? ''],
  ]);
}

/**
 * The names that templates see: what cargo-generate sets itself, the answers to its placeholders, and those of the conditions that hold, which
 * may make further conditions hold. What is not answered yet is left out.
 */
export function makeContext(config: CargoConfig, { answers, environment, budget, initial }: ContextRequest): ValueMap {
  const context = new Map(initial ?? firstNames(config, answers));
  context.set('within_cargo_project', answers.get('within_cargo_project') ?? false);
  const name = context.get('project-name') ?? answers.get('project-name');
  if (typeof name === 'string') {
    context.set('project-name', sanitizeProjectName(name));
    context.set('crate_name', toSnakeCase(sanitizeProjectName(name)));
  }
  const take = (placeholder: { readonly name: string }): void => {
    const answer = answers.get(placeholder.name);
    if (answer !== undefined && initial?.has(placeholder.name) !== true) context.set(placeholder.name, answer);
  };
  for (const placeholder of config.placeholders) take(placeholder);
  addConditional(config.conditionals, { context, environment, budget }, take);
  return context;
}

function addConditional(
  conditionals: readonly Conditional[],
  run: ForeignRun,
  take: (placeholder: { readonly name: string }) => void,
): void {
  let waiting = conditionals.filter(({ placeholders }) => placeholders.length > 0);
  for (;;) {
    const held = waiting.filter((conditional) => holds(conditional, run));
    if (held.length === 0) return;
    for (const { placeholders } of held) for (const placeholder of placeholders) take(placeholder);
    waiting = waiting.filter((conditional) => !held.includes(conditional));
  }
}

/** Whether a condition is true; one that fails is not. */
export function holds({ expression, program }: Pick<Conditional, 'expression' | 'program'>, run: ForeignRun): boolean {
  if (program !== undefined) return program(run);
  return unlessItFails(
    () => evaluateExpression(expression, { ...run, name: 'cargo-generate.toml conditional' }) === true,
    () => false,
  );
}

/** Names in snake case stay; any other becomes one in kebab case. */
export function sanitizeProjectName(name: string): string {
  const snake = toSnakeCase(name);
  return snake === name ? snake : toKebabCase(name);
}
