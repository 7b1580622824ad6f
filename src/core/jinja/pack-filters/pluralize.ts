const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['mouse', 'mice'],
  ['goose', 'geese'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
  ['ox', 'oxen'],
  ['quiz', 'quizzes'],
  ['datum', 'data'],
  ['criterion', 'criteria'],
  ['phenomenon', 'phenomena'],
  ['medium', 'media'],
  ['matrix', 'matrices'],
  ['vertex', 'vertices'],
  ['index', 'indices'],
  ['hero', 'heroes'],
  ['potato', 'potatoes'],
  ['tomato', 'tomatoes'],
  ['echo', 'echoes'],
  ['leaf', 'leaves'],
  ['loaf', 'loaves'],
  ['half', 'halves'],
  ['calf', 'calves'],
  ['shelf', 'shelves'],
  ['self', 'selves'],
  ['wolf', 'wolves'],
  ['thief', 'thieves'],
  ['knife', 'knives'],
  ['life', 'lives'],
  ['wife', 'wives'],
]);

const UNCHANGED: ReadonlySet<string> = new Set([
  'sheep',
  'fish',
  'deer',
  'series',
  'species',
  'news',
  'information',
  'equipment',
  'money',
  'rice',
  'software',
  'hardware',
  'metadata',
  'data',
  'media',
]);

/** The English plural of a noun; of a compound, its last word changes (`orderItem`, `order_line`). Words that are plural already may gain another ending. */
export function pluralize(noun: string): string {
  const start = lastWordStart(noun);
  const word = noun.slice(start);
  return word === '' ? noun : noun.slice(0, start) + matchCase(word, pluralOf(word.toLowerCase()));
}

function lastWordStart(noun: string): number {
  for (let index = noun.length - 1; index > 0; index--) {
    const [before = '', here = ''] = [noun[index - 1], noun[index]];
    if (/[^A-Za-z]/.test(before) && /[A-Za-z]/.test(here)) return index;
    if (/[a-z]/.test(before) && /[A-Z]/.test(here)) return index;
  }
  return 0;
}

function pluralOf(word: string): string {
  if (UNCHANGED.has(word)) return word;
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (word.endsWith('sis')) return `${word.slice(0, -2)}es`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function matchCase(word: string, plural: string): string {
  if (word.length > 1 && word === word.toUpperCase()) return plural.toUpperCase();
  const [first = ''] = word;
  return first === first.toUpperCase() ? plural.slice(0, 1).toUpperCase() + plural.slice(1) : plural;
}
