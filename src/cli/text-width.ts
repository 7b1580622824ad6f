import { stripVTControlCharacters } from 'node:util';

/** The columns that text takes on a terminal: none for combining marks, two for East Asian wide letters and most emoji. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Shortens text to at most so many columns, ending in `…` where something was cut. */
export function fitText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let fitted = '';
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    fitted += character;
  }
  return `${fitted.trimEnd()}…`;
}

/** Breaks text at spaces into lines of at most so many columns; a word longer than that stands alone. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/**
 * Breaks the lines of prose that are longer than so many columns at spaces; what goes on stands two columns further in than its line began.
 * What is between backticks stays whole, so that it can be copied, and so does a word that is too long. Colours take no columns.
 */
export function foldText(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split('\n')
    .flatMap((line) => foldLine(line, columns))
    .join('\n');
}

function foldLine(line: string, columns: number): string[] {
  if (shownWidth(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = indent;
  let isBegun = false;
  for (const word of line.match(/(?:`[^`]*`|[^ ])+/g) ?? []) {
    if (isBegun && shownWidth(current) + 1 + shownWidth(word) > columns) {
      lines.push(current);
      current = `${indent}  ${word}`;
    } else {
      current += isBegun ? ` ${word}` : word;
    }
    isBegun = true;
  }
  return [...lines, current];
}

function shownWidth(text: string): number {
  return textWidth(stripVTControlCharacters(text));
}

const WIDE = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
] as const;

function characterWidth(character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0;
  const code = character.codePointAt(0) ?? 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
