import { describe, expect, it } from 'vitest';
import { findMarkers, locateMarkers } from './markers.ts';

const BLOCK = ['<<<<<<< yours', 'mine', '||||||| web 1.0.0', 'base', '=======', 'theirs', '>>>>>>> web 1.1.0'];
const MARKED = ['title', ...BLOCK, 'end', ''].join('\n');
const PLACE = { length: 7, above: 1, below: 2 };

describe('locateMarkers', () => {
  it.each([
    ['one conflict', MARKED, PLACE],
    ['two', [...BLOCK, 'between', ...BLOCK].join('\n'), { length: 7, above: 0, below: 0 }],
    ['CRLF and a byte order mark', `\uFEFF${MARKED.replaceAll('\n', '\r\n')}`, PLACE],
    [
      'markers longer than what the text has',
      ['=======', '<<<<<<<< a', 'x', '========', 'y', '>>>>>>>> b', '<<<<<<<'].join('\n'),
      { length: 8, above: 1, below: 1 },
    ],
    ['none', 'title\n=====\n', undefined],
    ['the empty text', '', undefined],
  ])('%s', (_, text, place) => expect(locateMarkers(text)).toEqual(place));
});

describe('findMarkers', () => {
  it.each<readonly [what: string, lines: readonly string[], found: readonly number[]]>([
    ['all of a conflict', ['title', ...BLOCK, 'end', ''], [2, 4, 6, 8]],
    ['nothing where it is settled', ['title', 'mine', 'end', ''], []],
    ['a middle marker that is left', ['title', 'mine', '=======', 'theirs', 'end', ''], [3]],
    ['a middle marker below lines that were added', ['title', 'new', 'new', 'mine', '=======', 'end', ''], [5]],
    ['an opening, or a closing marker that is left', ['title', 'mine', '>>>>>>> web 1.1.0', 'end', '', '<<<<<<< yours'], [3, 6]],
    ['no heading above where the conflict was', ['=======', 'mine', 'end', ''], []],
    ['no heading below where it was', ['title', 'mine', 'end', '======='], []],
    ['no underline of another length', ['title', '======', 'mine', '========', '=== ====', 'end', ''], []],
    ['no middle marker with text behind it', ['title', '======= a', 'end', ''], []],
  ])('%s', (_, lines, found) => {
    expect(findMarkers(lines.join('\n'), PLACE)).toEqual(found);
    expect(findMarkers(`\uFEFF${lines.join('\r\n')}`, PLACE)).toEqual(found);
  });
});
