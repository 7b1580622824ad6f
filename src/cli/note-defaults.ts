import type { GenerationPreview } from '../ops/project/plan-wanted.ts';
import type { CommandContext } from './command.ts';
import { formatCount } from './views/format-value.ts';

/** Tells somebody at a terminal who was not asked that there was something to answer. */
export function noteDefaults(
  { answers }: Pick<GenerationPreview, 'answers'>,
  flags: { readonly interactive: boolean; readonly defaults: boolean },
  { note, globals, isInteractive }: Pick<CommandContext, 'note' | 'globals' | 'isInteractive'>,
): void {
  const count = answers.filter(({ source, status }) => source === 'default' && status === 'settled').length;
  if (count === 0 || !isInteractive || globals.quiet || flags.interactive || flags.defaults) return;
  note(({ style }) =>
    style.dim(`${formatCount(count, 'question')} answered with ${count === 1 ? 'its default' : 'their defaults'}: --interactive asks\n`),
  );
}
