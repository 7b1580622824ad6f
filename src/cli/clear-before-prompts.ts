import type { Prompter } from '../ports/prompter.ts';
import type { Progress } from './terminal-progress.ts';

/** A prompter that has the line to itself: progress that was drawn on it is removed first. */
export function clearBeforePrompts(progress: Pick<Progress, 'clear'>, prompter: Prompter): Prompter {
  const cleared = (): Prompter => {
    progress.clear();
    return prompter;
  };
  return {
    get columns() {
      return prompter.columns;
    },
    backHint: prompter.backHint,
    start: (title) => cleared().start(title),
    heading: (text) => cleared().heading(text),
    note: (title, text) => cleared().note(title, text),
    ask: (prompt, signal) => cleared().ask(prompt, signal),
    finish: (text) => cleared().finish(text),
  };
}
