/** Removes characters from the ends of a text: white space, or any of those given. */
export function strip(text: string, characters: string | undefined, sides: 'both' | 'left' | 'right'): string {
  if (characters === undefined) return sides === 'both' ? text.trim() : sides === 'left' ? text.trimStart() : text.trimEnd();
  const set = new Set(characters);
  let start = 0;
  let end = text.length;
  if (sides !== 'right') while (start < end && set.has(text[start] ?? '')) start++;
  if (sides !== 'left') while (end > start && set.has(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}
