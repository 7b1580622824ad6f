import { decodeText } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { textSimilarity } from './similarity.ts';

/** How like a set of files what a pack gives is. */
export interface Likeness {
  /** From 0 to 1, to three digits: the mean over all files of the pack, where a missing file counts 0 and an identical one 1. */
  readonly score: number;
  readonly files: number;
  /** Line ends and the final newline aside. */
  readonly identical: number;
  /** Half of the lines in common and more. */
  readonly alike: number;
  readonly missing: number;
}

const ALIKE = 0.5;

/** Compares wanted files with those that are there. Files that are no text are like themselves only. */
export function measureLikeness(
  wanted: ReadonlyMap<ProjectPath, { readonly content: Uint8Array }>,
  present: (path: ProjectPath) => Uint8Array | undefined,
): Likeness {
  let [total, identical, alike, missing] = [0, 0, 0, 0];
  for (const [path, { content }] of wanted) {
    const there = present(path);
    if (there === undefined) {
      missing += 1;
      continue;
    }
    const likeness = fileLikeness(content, there);
    total += likeness;
    if (likeness === 1) identical += 1;
    else if (likeness >= ALIKE) alike += 1;
  }
  const score = wanted.size === 0 ? 0 : Math.round((total / wanted.size) * 1000) / 1000;
  return { score, files: wanted.size, identical, alike, missing };
}

/** 1 for the same text, less for any other, however alike. */
function fileLikeness(wanted: Uint8Array, there: Uint8Array): number {
  const [left, right] = [wanted, there].map(decodeText);
  if (left === undefined || right === undefined) return isSame(wanted, there) ? 1 : 0;
  if (plain(left) === plain(right)) return 1;
  return Math.min(0.99, textSimilarity(left, right));
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '');
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
