export type LineEnd = '\n' | '\r\n';

/** A text cut into lines: contents without their line ends, each line's own end, and which end prevails. */
export interface TextLines {
  /** The byte order mark, when the text begins with one. */
  readonly mark: '' | '\uFEFF';
  readonly contents: readonly string[];
  /** Parallel to `contents`; only the last may be empty. */
  readonly ends: readonly (LineEnd | '')[];
  /** The end that most lines have; `undefined` when there is none. */
  readonly prevailing: LineEnd | undefined;
}

/** Cuts a text at `\n` and `\r\n`; joining contents and ends gives the text back. The empty text has no line. */
export function splitLines(text: string): TextLines {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const contents: string[] = [];
  const ends: (LineEnd | '')[] = [];
  let windows = 0;
  for (let start = mark.length; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    if (newline === -1) {
      contents.push(text.slice(start));
      ends.push('');
      break;
    }
    const isWindows = newline > start && text[newline - 1] === '\r';
    contents.push(text.slice(start, isWindows ? newline - 1 : newline));
    ends.push(isWindows ? '\r\n' : '\n');
    if (isWindows) windows++;
    start = newline + 1;
  }
  const ended = ends.at(-1) === '' ? ends.length - 1 : ends.length;
  return { mark, contents, ends, prevailing: ended === 0 ? undefined : windows * 2 > ended ? '\r\n' : '\n' };
}

/** The text with `\n` ends, without byte order mark, and with a final newline unless it is empty: what comparisons and structured merges see. */
export function plainText(text: string): string {
  const { contents } = splitLines(text);
  return contents.length === 0 ? '' : `${contents.join('\n')}\n`;
}
