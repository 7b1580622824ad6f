import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './command-table.ts';
import { formatReference } from './reference.ts';

describe('the reference', () => {
  it.each([...formatReference(COMMANDS.map(({ spec }) => spec))])(
    'docs/reference/%s is what tools/build-reference.mjs writes',
    (name, text) => {
      expect(readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(text);
    },
  );
});
