/** Python's `str.capitalize`. */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return titleCase(first) + text.slice(first.length).toLowerCase();
}

/** Python's `str.title`: every run of letters that have a case begins with a capital. */
export function pythonTitle(text: string): string {
  return text.replace(/\p{Cased}+/gu, capitalize);
}

/** Python's `str.istitle`. */
export function isTitle(text: string): boolean {
  return /\p{Cased}/u.test(text) && !/(?<!\p{Cased})\p{Lowercase}|\p{Cased}[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Python's `str.swapcase`. */
export function swapCase(text: string): string {
  return text.replace(/\p{Uppercase}|\p{Lowercase}/gu, (letter) =>
    /\p{Uppercase}/u.test(letter) ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** Python's `str.islower`. */
export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Python's `str.isupper`. */
export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Python's `str.casefold`: forms that differ only in case become one. */
export function caseFold(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return [...text].map((letter) => (letter === 'ı' ? letter : letter.toLowerCase().toUpperCase().toLowerCase())).join('');
}

/** Letters that are two in one have a form between the capital and the small one; it follows the first of each group. */
const DIGRAPHS = 'ǄǅǆǇǈǉǊǋǌǱǲǳ';

/** Georgian letters have capitals, which no word begins with. */
const GEORGIAN = /[\u10d0-\u10ff]/;

/** A letter as the first one of a word: of several letters that its capital is written with, only the first is one. */
function titleCase(letter: string): string {
  const digraph = DIGRAPHS.indexOf(letter);
  if (digraph >= 0 && letter !== '') return DIGRAPHS[digraph - (digraph % 3) + 1] ?? letter;
  if (GEORGIAN.test(letter)) return letter;
  const capital = letter.toUpperCase();
  const [first = '', ...rest] = capital;
  if (rest.length === 0) return capital;
  const [base = '', ...marks] = letter.normalize('NFD');
  if (marks.length > 0 && rest.at(-1) === 'Ι') return (base.toUpperCase() + marks.join('')).normalize('NFC');
  return /\p{Cased}/u.test(first) ? first + rest.join('').toLowerCase() : capital;
}
