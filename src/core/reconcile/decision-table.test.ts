import { describe, expect, it } from 'vitest';
import { decide } from './decision-table.ts';

// Digests as single letters: W wanted, G generated last time, D on disk; '-' is no file.
const ROWS: readonly [wanted: string, generated: string, onDisk: string, pathClass: string, action: string][] = [
  ['a', '-', '-', 'new', 'create'],
  ['a', '-', 'a', 'unchanged', 'keep'],
  ['a', '-', 'u', 'in-the-way', 'conflict'],
  ['a', 'a', '-', 'missing', 'keep'],
  ['a', 'a', 'a', 'unchanged', 'keep'],
  ['a', 'a', 'u', 'edited', 'keep'],
  ['b', 'a', '-', 'deleted-changed', 'keep'],
  ['b', 'a', 'a', 'refreshed', 'update'],
  ['b', 'a', 'b', 'unchanged', 'keep'],
  ['b', 'a', 'u', 'both-changed', 'merge'],
  ['-', 'a', '-', 'gone', 'keep'],
  ['-', 'a', 'a', 'obsolete', 'delete'],
  ['-', 'a', 'u', 'obsolete-edited', 'keep'],
];

const digest = (letter: string): string | undefined => (letter === '-' ? undefined : letter);

describe('decide', () => {
  it.each(ROWS)('wanted %s, generated %s, on disk %s: %s, %s', (wanted, generated, onDisk, pathClass, action) => {
    const decision = decide({ wanted: digest(wanted), generated: digest(generated), onDisk: digest(onDisk) });
    expect([decision.class, decision.action]).toEqual([pathClass, action]);
  });

  it('never deletes or overwrites bytes that are not the last generation', () => {
    const letters = ['-', 'a', 'b', 'u'];
    for (const wanted of letters) {
      for (const generated of letters) {
        const { action } = decide({ wanted: digest(wanted), generated: digest(generated), onDisk: 'u' });
        if (wanted !== 'u' && generated !== 'u') expect(['keep', 'conflict', 'merge']).toContain(action);
      }
    }
  });
});
