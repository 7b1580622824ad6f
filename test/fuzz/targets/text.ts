import { hasConflictMarkers, pickSide } from '../../../src/core/reconcile/text/markers.ts';
import { mergeText } from '../../../src/core/reconcile/text/merge-text.ts';
import { isSameButForForm } from '../../../src/core/reconcile/text/same-but-for-form.ts';
import { takeOnForm } from '../../../src/core/reconcile/text/take-on-form.ts';
import { formatUnifiedDiff } from '../../../src/core/reconcile/text/unified-diff.ts';
import { type FuzzTarget, hold, partsOf } from '../fuzz-target.ts';

const labels = { ours: 'yours', theirs: 'pack 2.0.0', base: 'pack 1.0.0' };
const WORDS = [
  'a\n',
  'b\n',
  'c\n',
  '\n',
  '}\n',
  '  x();\n',
  '\tx();\n',
  '<<<<<<< yours\n',
  '=======\n',
  '>>>>>>> pack 2.0.0\n',
  '||||||| pack 1.0.0\n',
  '\r\n',
  '\r',
  '\ufeff',
  ' \n',
  '%%\n',
  '-- a\n',
  '+++ b\n',
  '@@ -1 +1 @@\n',
  '\\ No newline at end of file\n',
];

/** Applies a unified diff whose hunks are exact, as `patch` does. */
function applyDiff(before: string, diff: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  for (const hunk of diff.split(/(?<=\n)(?=@@ -)/).slice(1)) {
    const [, start = '', count] = /^@@ -(\d+)(?:,(\d+))? \+/.exec(hunk) ?? [];
    const first = Number(start) - (count === '0' ? 0 : 1);
    result.push(...lines.slice(at, first));
    const changes = linesOfHunk(hunk);
    const shown = changes.filter(([mark]) => mark !== '+').map(([, line]) => line);
    at = first + shown.length;
    hold(shown.join('') === lines.slice(first, at).join(''), 'a diff shows what is there', () => JSON.stringify(hunk));
    result.push(...changes.filter(([mark]) => mark !== '-').map(([, line]) => line));
  }
  return result.concat(lines.slice(at)).join('');
}

/** Each line of a hunk with its mark, and with the line end that it has in the file. */
function linesOfHunk(hunk: string): (readonly [mark: string, line: string])[] {
  const [, ...rest] = hunk.split('\n').slice(0, -1);
  const isEnd = (index: number): boolean => rest[index + 1] === '\\ No newline at end of file';
  return rest.flatMap((line, index) =>
    line.startsWith('\\') ? [] : [[line.slice(0, 1), `${line.slice(1)}${isEnd(index) ? '' : '\n'}`] as const],
  );
}

export const textMerge: FuzzTarget = {
  name: 'merge-text',
  subject: 'the three-way merge of texts, what takes on the form of the user’s, and diffs',
  laws: [
    'who did not change has no say',
    'of a conflict, either side can be taken; the side of the user is the user’s text where nothing else was merged',
    'a diff, applied, gives the other text',
    'taking on a form changes nothing but the form',
  ],
  words: WORDS,
  run: (input) => {
    const [base = '', ours = '', theirs = ''] = partsOf(input);
    const outcomes = (['merge', 'diff3', 'zdiff3'] as const).map((style) => {
      const outcome = mergeText({ base, ours, theirs, labels, style });
      if (outcome.kind === 'conflict') {
        hold(hasConflictMarkers(outcome.marked), 'a conflict is seen');
        const mine = pickSide(outcome.marked, 'ours', labels);
        const packs = pickSide(outcome.marked, 'theirs', labels);
        hold(mine.length <= outcome.marked.length && packs.length <= outcome.marked.length, 'a side is a part');
      }
      return outcome.kind;
    });
    const same = mergeText({ base, ours: base, theirs, labels });
    hold(same.kind === 'merged' && same.text === theirs, 'who did not change has no say');
    const formed = takeOnForm({ base, ours, theirs });
    const unlike = formed.theirs !== theirs && !isSameButForForm(formed.theirs, theirs, 'x.txt');
    for (const [one, other] of [
      [base, theirs],
      [ours, theirs],
    ] as const) {
      const diff = formatUnifiedDiff(one, other, { path: 'x' });
      hold((diff === '') === (one === other), 'a diff is empty where nothing differs');
      hold(applyDiff(one, diff) === other, 'a diff, applied, gives the other text', () => JSON.stringify([one, other, diff]));
    }
    return `${outcomes.join(' ')} ${unlike}`;
  },
};
