import type { GenerationPreview } from '../ops/project/plan-wanted.ts';
import type { CommandContext } from './command.ts';
import { formatCount } from './views/format-value.ts';

/** Tells somebody at a terminal who was not asked that there was something to answer. */
export function noteDefaults(
  { answers, packs }: Pick<GenerationPreview, 'answers' | 'packs'>,
  flags: { readonly interactive: boolean; readonly defaults: boolean },
  { note, globals, isInteractive }: Pick<CommandContext, 'note' | 'globals' | 'isInteractive'>,
): void {
  const wereAsked = new Set(packs.filter(({ pack }) => pack.foreign?.asksAll).map(({ pack }) => pack.manifest.id));
  const count = answers.filter(({ source, status, pack }) => source === 'default' && status === 'settled' && !wereAsked.has(pack)).length;
  if (count === 0 || !isInteractive || globals.quiet || flags.interactive || flags.defaults) return;
  note(({ style }) =>
    style.dim(`${formatCount(count, 'question')} answered with ${count === 1 ? 'its default' : 'their defaults'}: --interactive asks\n`),
  );
}
