import { expect, it } from 'vitest';
import type { Digest } from '../../core/tree/digest.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { RecordedChange, TransactionRecord } from '../../ports/project-dir.ts';
import { readHistory } from './changes-in-effect.ts';

/** `ID: path before after …`, where `-` is nothing. An id that begins with `u` is an undo. */
function record(text: string): TransactionRecord {
  const [id = '', ...words] = text.split(' ');
  const state = (digest = '-') => (digest === '-' ? undefined : { digest: digest as Digest, mode: 0o644 });
  const paths: RecordedChange[] = [];
  for (let at = 0; at < words.length; at += 3) {
    const [before, after] = [state(words[at + 1]), state(words[at + 2])];
    paths.push({ path: words[at] as ProjectPath, ...(before && { before }), ...(after && { after }) });
  }
  return { id, operation: id.startsWith('u') ? 'undo' : 'update', finishedAt: '', paths };
}

it.each<
  readonly [what: string, oldestFirst: readonly string[], inEffect: readonly string[], takenBackBy: Readonly<Record<string, string>>]
>([
  ['nothing was done', [], [], {}],
  ['nothing was taken back', ['a x - 1', 'b x 1 2'], ['b', 'a'], {}],
  ['the last was taken back', ['a x - 1', 'b x 1 2', 'u x 2 1'], ['a'], { b: 'u' }],
  ['it was done again', ['a x - 1', 'b x 1 2', 'u1 x 2 1', 'u2 x 1 2'], ['b', 'a'], { u1: 'u2' }],
  ['it was taken back once more', ['a x - 1', 'b x 1 2', 'u1 x 2 1', 'u2 x 1 2', 'u3 x 2 1'], ['a'], { u1: 'u2', b: 'u3' }],
  ['both were taken back', ['a x - 1', 'b x 1 2', 'u1 x 2 1', 'u2 x 1 -'], [], { b: 'u1', a: 'u2' }],
  ['an older one was taken back, about other files', ['a x - 1', 'b y - 2', 'u x 1 -'], ['b'], { a: 'u' }],
  ['a change was aborted that was edited since', ['a x 1 2 y - 3', 'u x 9 1 z.bak - 9'], [], { a: 'u' }],
  ['what was taken back is not known any more', ['u x 2 1', 'b x 1 3'], ['b'], {}],
])('%s', (_, oldestFirst, inEffect, takenBackBy) => {
  const history = readHistory(oldestFirst.map(record).reverse());
  expect({ inEffect: history.inEffect.map(({ id }) => id), takenBackBy: Object.fromEntries(history.takenBackBy) }).toEqual({
    inEffect,
    takenBackBy,
  });
});
