import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConflictStyle } from '../src/core/reconcile/text/merge-regions.ts';
import { mergeText } from '../src/core/reconcile/text/merge-text.ts';
import { hashMerges, MERGE_KINDS } from '../src/testing/merge-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'merge oracle ä '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STYLES = ['merge', 'diff3', 'zdiff3'] as const;
const LABELS = { ours: 'ours', base: 'base', theirs: 'theirs' };

/** What git makes of three texts. */
function gitMerge(texts: { base: string; ours: string; theirs: string }, style: ConflictStyle): string {
  for (const side of ['ours', 'base', 'theirs'] as const) writeFileSync(join(folder, side), texts[side]);
  const flags = style === 'merge' ? [] : [`--${style}`];
  const args = ['merge-file', '-p', '-q', ...flags, '-L', 'ours', '-L', 'base', '-L', 'theirs', 'ours', 'base', 'theirs'];
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    if (status > 0 && status < 128) return stdout;
    throw error;
  }
}

function ourMerge(texts: { base: string; ours: string; theirs: string }, style: ConflictStyle): string {
  const merge = mergeText({ ...texts, labels: LABELS, style });
  return merge.kind === 'merged' ? merge.text : merge.marked;
}

describe('the text merge gives what git merge-file gives', () => {
  it.each(MERGE_KINDS)('$name', ({ cases, recorded }) => {
    const merges = STYLES.flatMap((style) =>
      cases.map((texts, round) => {
        const byGit = gitMerge(texts, style);
        expect(ourMerge(texts, style), `${style} ${round}: ${JSON.stringify(texts)}`).toBe(byGit);
        return byGit;
      }),
    );
    expect(hashMerges(merges)).toBe(recorded);
  });
});
