import { expect, it } from 'vitest';
import { splitLine } from './split-line.ts';

it.each([
  ['', ['']],
  ['   ', ['']],
  ['packs ge', ['packs', 'ge']],
  ['packs generate ', ['packs', 'generate', '']],
  ['packs  show\t@acme/t', ['packs', 'show', '@acme/t']],
  [`a 'b c' "d \\" e" f\\ g`, ['a', 'b c', 'd " e', 'f g']],
  ["--var name='open and ", ['--var', 'name=open and ']],
  [`x "still open `, ['x', 'still open ']],
  ['end\\', ['end']],
])('%j is split as a shell does', (line, words) => {
  expect(splitLine(line)).toEqual(words);
});
