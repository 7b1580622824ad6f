import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countText } from '../src/commands/count.js';
import { rankWords } from '../src/commands/words.js';
import { makeFolder } from './support/make-folder.js';
import { runProgram } from './support/run-program.js';

const texts = [
  { text: '', lines: 0, words: 0, characters: 0 },
  { text: 'one', lines: 1, words: 1, characters: 3 },
  { text: 'one two\n', lines: 1, words: 2, characters: 8 },
  { text: '\n\n', lines: 2, words: 0, characters: 2 },
  { text: 'naïve 🎉', lines: 1, words: 2, characters: 7 },
];

test('lines, words and characters are counted', () => {
  for (const { text, ...expected } of texts) assert.deepEqual(countText(text), expected, JSON.stringify(text));
});

test('count reads files in the order they are given, and the standard input for -', async (context) => {
  const cwd = makeFolder(context, { 'a.txt': 'one two\n', 'sub/b.txt': 'three\n' });
  const { code, stdout } = await runProgram(['count', '--json', 'sub/b.txt', '-', 'a.txt'], { cwd, stdin: 'x' });
  assert.equal(code, 0);
  const rows: { name: string; words: number }[] = JSON.parse(stdout);
  assert.deepEqual(
    rows.map(({ name, words }) => [name, words]),
    [
      ['sub/b.txt', 1],
      ['-', 1],
      ['a.txt', 2],
    ],
  );
});

test('count prints a table', async () => {
  const { stdout } = await runProgram(['count'], { stdin: 'one two\n' });
  assert.equal(stdout, '       1       2       8  -\n');
});

test('words are ranked by how often they occur, then by their letters', () => {
  const text = "b a B a don't well-known";
  assert.deepEqual(
    rankWords(text, { ignoreCase: false }).map(({ word, times }) => `${word} ${times}`),
    ['a 2', 'B 1', 'b 1', "don't 1", 'well-known 1'],
  );
  assert.deepEqual(rankWords('b B', { ignoreCase: true }), [{ word: 'b', times: 2 }]);
});

test('words lists as many as asked for', async () => {
  const { stdout } = await runProgram(['words', '-n', '1', '-i'], { stdin: 'The the cat' });
  assert.equal(stdout, '       2  the\n');
  const all = await runProgram(['words', '--json'], { stdin: 'x y' });
  assert.deepEqual(JSON.parse(all.stdout), [
    { word: 'x', times: 1 },
    { word: 'y', times: 1 },
  ]);
});
