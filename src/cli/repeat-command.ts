import { formatArguments } from '../core/text/format-arguments.ts';
import type { GenerationPreview } from '../ops/project/plan-wanted.ts';
import type { CommandSpec } from './command-spec.ts';
import { repeatAnswers } from './repeat-answers.ts';

export interface RepeatedCommand {
  readonly spec: CommandSpec;
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, unknown>>;
  readonly preview: Pick<GenerationPreview, 'answers'>;
}

/** What only shows a change; and what asked, whose answers are given in its place. */
const LEFT_OUT = new Set(['dry-run', 'diff', 'interactive']);

/** The line that does what a line with `--dry-run` or `--diff` showed: with every other flag it had, but no secret. */
export function repeatCommand({ spec, positionals, flags, preview }: RepeatedCommand): string {
  const words = Object.keys(spec.flags).flatMap((name) => {
    const value = flags[name];
    if (LEFT_OUT.has(name) || value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    const values = Array.isArray(value) ? value.map(String) : [String(value)];
    return (name === 'var' ? repeatAnswers(values, preview) : values).flatMap((text) => [`--${name}`, text]);
  });
  return formatArguments(['packs', spec.verb, ...positionals, ...words]);
}
