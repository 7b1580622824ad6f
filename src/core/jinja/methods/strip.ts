/** Removes characters from the ends of a text: white space, or any of those given. */
export function strip(text: string, characters: string | undefined, sides: 'both' | 'left' | 'right'): string {
  if (characters === undefined) return sides === 'both' ? text.trim() : sides === 'left' ? text.trimStart() : text.trimEnd();
  const set = new Set(characters);
  const start = sides === 'right' ? 0 : firstOutside(text, set);
  return text.slice(start, sides === 'left' ? text.length : Math.max(start, lastOutside(text, set)));
}

function firstOutside(text: string, set: ReadonlySet<string>): number {
  let start = 0;
  while (start < text.length && set.has(text[start] ?? '')) start++;
  return start;
}

function lastOutside(text: string, set: ReadonlySet<string>): number {
  let end = text.length;
  while (end > 0 && set.has(text[end - 1] ?? '')) end--;
  return end;
}
