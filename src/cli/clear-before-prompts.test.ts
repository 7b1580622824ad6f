import { expect, it } from 'vitest';
import { ScriptedPrompter } from '../testing/scripted-prompter.ts';
import { clearBeforePrompts } from './clear-before-prompts.ts';

it('removes the progress line before anything is shown or asked, and hands on what was said', async () => {
  const inner = new ScriptedPrompter([{ enter: 'Ada' }]);
  const shownAtClear: number[] = [];
  const prompter = clearBeforePrompts({ clear: () => shownAtClear.push(inner.seen.length) }, inner);
  prompter.start('a');
  prompter.heading('b');
  prompter.note('c', 'd');
  expect(await prompter.ask({ kind: 'text', message: 'Who?' })).toEqual({ kind: 'answer', value: 'Ada' });
  prompter.finish('e');
  expect(shownAtClear).toEqual([0, 1, 2, 3, 4]);
  expect(inner.seen.map((event) => event.kind)).toEqual(['start', 'heading', 'note', 'prompt', 'finish']);
  expect({ columns: prompter.columns, hint: prompter.backHint }).toEqual({ columns: 80, hint: inner.backHint });
});
