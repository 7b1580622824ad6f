/** A sentence as it goes on behind a colon; what begins with an abbreviation stays as it is. */
export function lowerFirst(text: string): string {
  return /^[A-Z](?=[a-z ])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
