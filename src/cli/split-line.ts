/** A word of a shell: plain letters, escaped ones, and parts in quotes, of which the last may still be open. */
const WORD = /(?:[^\s"'\\]|\\[\s\S]?|"(?:[^"\\]|\\[\s\S])*"?|'[^']*'?)+/g;

/** The words of a command line as shells split it, quotes taken away; the last one is what is being typed, and empty behind a space. */
export function splitLine(line: string): string[] {
  const words = [...line.matchAll(WORD)].map(([word]) => unquote(word));
  return words.length === 0 || endsOutside(line) ? [...words, ''] : words;
}

function endsOutside(line: string): boolean {
  const [last] = [...line.matchAll(WORD)].slice(-1);
  return last !== undefined && last.index + last[0].length < line.length;
}

function unquote(word: string): string {
  return word.replaceAll(/'([^']*)'?|"((?:[^"\\]|\\[\s\S])*)"?|\\([\s\S]?)/g, (_, single?: string, double?: string, escaped?: string) =>
    double === undefined ? (single ?? escaped ?? '') : double.replaceAll(/\\(["\\$`])/g, '$1'),
  );
}
