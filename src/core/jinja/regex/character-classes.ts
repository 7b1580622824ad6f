import type { CharacterTest } from './regex-nodes.ts';

const SPACE = /^\s$/;

/** What Python has among its blanks besides those of JavaScript: the separators of information, and the next line. */
const MORE_SPACES = ['\u001c', '\u001d', '\u001e', '\u001f', '\u0085'];

const DIGIT = /^\p{Nd}$/u;
const WORD = /^[\p{L}\p{N}_]$/u;

/** Whether a character is one of a word, as Python has it for text. */
export const isWordCharacter: CharacterTest = (character) => WORD.test(character);

const isSpace: CharacterTest = (character) => (SPACE.test(character) && character !== '\ufeff') || MORE_SPACES.includes(character);

/** `\d`, `\w`, `\s` and their opposites, by the letter; `undefined` for other letters. */
export function classOf(letter: string): CharacterTest | undefined {
  switch (letter) {
    case 'd':
      return (character) => DIGIT.test(character);
    case 'D':
      return (character) => !DIGIT.test(character);
    case 's':
      return isSpace;
    case 'S':
      return (character) => !isSpace(character);
    case 'w':
      return isWordCharacter;
    case 'W':
      return (character) => !isWordCharacter(character);
    default:
      return undefined;
  }
}

/** Accepts one character, and its other case where case is ignored. */
export function literal(wanted: string, ignoreCase: boolean): CharacterTest {
  if (!ignoreCase) return (character) => character === wanted;
  const lower = wanted.toLowerCase();
  return (character) => character === wanted || character.toLowerCase() === lower;
}

/** Accepts a range of code points, in any case where case is ignored. */
export function range(from: number, to: number, ignoreCase: boolean): CharacterTest {
  const isWithin = (character: string): boolean => {
    const code = character.codePointAt(0) ?? -1;
    return code >= from && code <= to;
  };
  if (!ignoreCase) return isWithin;
  return (character) => isWithin(character) || isWithin(character.toLowerCase()) || isWithin(character.toUpperCase());
}
