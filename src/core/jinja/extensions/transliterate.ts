/** Letters that Unicode does not take apart into an ASCII letter and marks, with their usual Latin spelling. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'Ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŋ: 'ng',
  Ŋ: 'NG',
  ŧ: 't',
  Ŧ: 'T',
  ĸ: 'k',
  ſ: 's',
  ŉ: "'n",
  ə: '@',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: "'",
  ы: 'y',
  ь: "'",
  э: 'e',
  ю: 'iu',
  я: 'ia',
  ё: 'io',
  ђ: 'dj',
  ѓ: 'gj',
  є: 'ie',
  ѕ: 'dz',
  і: 'i',
  ї: 'yi',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'tsh',
  ќ: 'kj',
  ў: 'u',
  џ: 'dzh',
  ґ: 'g',
  α: 'a',
  β: 'b',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'e',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'u',
  φ: 'ph',
  χ: 'kh',
  ψ: 'ps',
  ω: 'o',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '--',
  '―': '--',
  '‘': "'",
  '’': "'",
  '‚': ',',
  '“': '"',
  '”': '"',
  '„': ',,',
  '…': '...',
  '•': '*',
  '«': '<<',
  '»': '>>',
  '¡': '!',
  '¿': '?',
  '©': '(c)',
  '®': '(r)',
  '™': '(tm)',
  '°': 'deg',
  '±': '+-',
  '×': 'x',
  '÷': '/',
  '£': 'PS',
  '€': 'EUR',
  '¥': 'Y=',
  '§': 'SS',
  '¶': 'P',
  '·': '*',
  '¢': 'C/',
  '¤': '$?',
  '¦': '|',
  '¬': '!',
  '¨': '"',
  '¯': '-',
  '´': "'",
  '¸': ',',
  µ: 'u',
  '\u00a0': ' ',
  '\u00ad': '',
  ª: 'a',
  º: 'o',
  '²': '2',
  '³': '3',
  '¹': '1',
  '¼': ' 1/4 ',
  '½': ' 1/2 ',
  '¾': ' 3/4 ',
};

/**
 * Spells text in ASCII as Python's `unidecode` does for Latin, Cyrillic and Greek letters and common signs.
 * Returns the first character it has no spelling for as `unknown`.
 */
export function transliterate(text: string): { readonly text: string; readonly unknown: string | undefined } {
  let result = '';
  let unknown: string | undefined;
  for (const character of text) {
    if (character <= '\u007f') {
      result += character;
      continue;
    }
    const spelled = spell(character);
    if (spelled === undefined) unknown ??= character;
    else result += spelled;
  }
  return { text: result, unknown };
}

function spell(character: string): string | undefined {
  const known = spellLetter(character);
  if (known !== undefined) return known;
  if (/\p{M}/u.test(character)) return '';
  // Symbols and pictures have no letters in them.
  if (/[\p{Extended_Pictographic}\p{So}\p{Cf}]/u.test(character)) return '';
  const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
  if (bare === character) return undefined;
  let result = '';
  for (const part of bare) {
    const spelled = part <= '\u007f' ? part : spellLetter(part);
    if (spelled === undefined) return undefined;
    result += spelled;
  }
  return result;
}

function spellLetter(character: string): string | undefined {
  const known = LETTERS[character];
  if (known !== undefined) return known;
  const lower = character.toLowerCase();
  const spelled = lower === character ? undefined : LETTERS[lower];
  if (spelled === undefined) return undefined;
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
