/** The text behind its mark; nothing where there is none. */
export function prefixed(mark: string, text: string | undefined): string {
  return text === undefined ? '' : `${mark}${text}`;
}
