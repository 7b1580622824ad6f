import { expect, it } from 'vitest';
import type { Digest } from '../../core/tree/digest.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { RecordedChange, TransactionRecord } from '../../ports/project-dir.ts';
import { changesInEffect } from './changes-in-effect.ts';

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

it.each<readonly [what: string, oldestFirst: readonly string[], inEffect: readonly string[]]>([
  ['nothing was done', [], []],
  ['nothing was taken back', ['a x - 1', 'b x 1 2'], ['b', 'a']],
  ['the last was taken back', ['a x - 1', 'b x 1 2', 'u x 2 1'], ['a']],
  ['it was done again', ['a x - 1', 'b x 1 2', 'u1 x 2 1', 'u2 x 1 2'], ['b', 'a']],
  ['it was taken back once more', ['a x - 1', 'b x 1 2', 'u1 x 2 1', 'u2 x 1 2', 'u3 x 2 1'], ['a']],
  ['both were taken back', ['a x - 1', 'b x 1 2', 'u1 x 2 1', 'u2 x 1 -'], []],
  ['an older one was taken back, about other files', ['a x - 1', 'b y - 2', 'u x 1 -'], ['b']],
  ['a change was aborted that was edited since', ['a x 1 2 y - 3', 'u x 9 1 z.bak - 9'], []],
  ['what was taken back is not known any more', ['u x 2 1', 'b x 1 3'], ['b']],
])('%s', (_, oldestFirst, inEffect) => expect(changesInEffect(oldestFirst.map(record).reverse()).map(({ id }) => id)).toEqual(inEffect));
