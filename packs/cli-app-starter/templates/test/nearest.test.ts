import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../src/nearest.js';

const cases = [
  { word: 'count', candidates: ['count', 'words'], expected: 'count' },
  { word: 'word', candidates: ['count', 'words'], expected: 'words' },
  { word: 'cnt', candidates: ['count', 'words'], expected: undefined },
  { word: 'x', candidates: [], expected: undefined },
];

test('the nearest candidate is found when it is near', () => {
  for (const { word, candidates, expected } of cases) assert.equal(nearest(word, candidates), expected, word);
});
