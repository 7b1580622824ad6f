/** The line end of a text's first line, where it is another than the usual one. */
export function newLinesOf(text: string): string | undefined {
  const first = /\r\n?|\n/.exec(text)?.[0];
  return first === '\n' ? undefined : first;
}
