/** Python's `str.capitalize`. */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** Python's `str.title`: every run of letters begins with a capital. */
export function pythonTitle(text: string): string {
  return text.replace(/\p{Alphabetic}+/gu, capitalize);
}

/** Python's `str.swapcase`. */
export function swapCase(text: string): string {
  return text.replace(/\p{Lu}|\p{Ll}/gu, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
}
