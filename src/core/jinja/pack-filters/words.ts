/** The words of a name in lower case, however it is written: `HTTPServer port`, `http-server_port` and `httpServerPort` are the same three. */
export function splitWords(name: string): string[] {
  return name
    .replaceAll("'", '')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((part) => part.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u))
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** A word with a capital. */
export function capitalizeWord(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}

const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };

/** A name for addresses and files: ASCII letters and digits in lower case, joined by hyphens; accents are dropped, other scripts are left out. */
export function slugify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßæøœđðþłı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-');
}
