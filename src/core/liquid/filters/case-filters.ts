import { textFilter } from './define-filter.ts';

/** Words as the Rust library `heck` finds them, by what cargo-generate calls each case. */
export const CASE_FUNCTIONS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['kebab_case', toKebabCase],
  ['snake_case', toSnakeCase],
  ['shouty_kebab_case', (text: string) => words(text).join('-').toUpperCase()],
  ['shouty_snake_case', (text: string) => words(text).join('_').toUpperCase()],
  ['title_case', (text: string) => words(text).map(capitalized).join(' ')],
  ['pascal_case', toPascalCase],
  ['upper_camel_case', toPascalCase],
  ['lower_camel_case', toLowerCamelCase],
]);

/** The filters that cargo-generate adds. */
export const CASE_FILTERS = [...CASE_FUNCTIONS].map(([name, change]) => textFilter(name, '|', change));

export function toKebabCase(text: string): string {
  return words(text).join('-').toLowerCase();
}

export function toSnakeCase(text: string): string {
  return words(text).join('_').toLowerCase();
}

function toPascalCase(text: string): string {
  return words(text).map(capitalized).join('');
}

function toLowerCamelCase(text: string): string {
  return words(text)
    .map((word, at) => (at === 0 ? word.toLowerCase() : capitalized(word)))
    .join('');
}

function capitalized(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** Runs of letters and digits, cut before a capital behind a small letter, and before the last of several capitals that a small letter follows. */
function words(text: string): string[] {
  return text.split(/[^\p{Alphabetic}\p{N}]+/u).flatMap((run) => (run === '' ? [] : splitRun([...run])));
}

type Mode = 'boundary' | 'lower' | 'upper';

function splitRun(characters: readonly string[]): string[] {
  const found: string[] = [];
  let start = 0;
  let mode: Mode = 'boundary';
  for (const [at, character] of characters.entries()) {
    const next = characters[at + 1];
    if (next === undefined) break;
    const after: Mode = isLower(character) ? 'lower' : isUpper(character) ? 'upper' : mode;
    if (after === 'lower' && isUpper(next)) {
      found.push(characters.slice(start, at + 1).join(''));
      start = at + 1;
      mode = 'boundary';
    } else if (mode === 'upper' && isUpper(character) && isLower(next)) {
      found.push(characters.slice(start, at).join(''));
      start = at;
      mode = 'boundary';
    } else mode = after;
  }
  return [...found, characters.slice(start).join('')];
}

function isLower(character: string): boolean {
  return /\p{Lowercase}/u.test(character);
}

function isUpper(character: string): boolean {
  return /\p{Uppercase}/u.test(character);
}
