import { diffSequences } from './diff-sequences.ts';
import { internAll } from './intern.ts';
import { splitLines } from './text-lines.ts';

/**
 * Gives a text with plain `\n` ends the habits of `original`: its byte order mark, its line ends (line by line where the line is still there,
 * the prevailing one elsewhere), and a final newline exactly when the original has one. An empty original has no habits: the text stays.
 */
export function likeOriginal(text: string, original: string): string {
  const model = splitLines(original);
  if (model.contents.length === 0) return model.mark + text;
  const { contents } = splitLines(text);
  const ends = new Array<string>(contents.length).fill(model.prevailing ?? '\n');
  if (new Set(model.ends.filter((end) => end !== '')).size > 1) {
    for (const [index, from] of unchangedLines(contents, model.contents)) ends[index] = model.ends[from] || (model.prevailing ?? '\n');
  }
  if (contents.length > 0 && model.ends.at(-1) === '') ends[contents.length - 1] = '';
  return model.mark + contents.map((content, index) => content + ends[index]).join('');
}

function unchangedLines(lines: readonly string[], original: readonly string[]): Map<number, number> {
  const [a = new Int32Array(), b = new Int32Array()] = internAll(lines, original);
  const pairs = new Map<number, number>();
  let at = 0;
  let from = 0;
  for (const hunk of [...diffSequences(a, b), { aStart: a.length, aEnd: a.length, bStart: b.length, bEnd: b.length }]) {
    while (at < hunk.aStart) pairs.set(at++, from++);
    at = hunk.aEnd;
    from = hunk.bEnd;
  }
  return pairs;
}
