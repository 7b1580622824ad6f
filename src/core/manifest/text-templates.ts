/** Tells whether text is a template rather than plain text. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#');
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['{', '}}'],
  ['%', '%}'],
  ['#', '#}'],
]);

/** Replaces every template expression, statement and comment by one letter, so that what is written plainly can be judged. Linear in the text. */
export function maskTemplate(text: string): string {
  let masked = '';
  let at = 0;
  for (;;) {
    const open = findOpening(text, at);
    if (open < 0) return masked + text.slice(at);
    masked += text.slice(at, open);
    const close = text.indexOf(CLOSERS.get(text[open + 1] ?? '') ?? '', open + 2);
    if (close < 0) return `${masked}x`;
    masked += 'x';
    at = close + 2;
  }
}

function findOpening(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    if (CLOSERS.has(text[at + 1] ?? '')) return at;
  }
  return -1;
}
