/** What a scalar is written to. */
export interface YamlOutput {
  readonly column: number;
  /** Columns after which a line is broken at the next blank. */
  readonly width: number;
  put(text: string): void;
  /** Begins a line with this indentation. */
  newLine(indent: number): void;
  /** Ends a line, without indentation. */
  breakLine(): void;
}

export interface ScalarPlace {
  /** Of the lines after the first. */
  readonly indent: number;
  readonly mayBreak: boolean;
}

/** Writes text without quotes: broken at single blanks behind the width. */
export function writePlain(text: string, { indent, mayBreak }: ScalarPlace, output: YamlOutput): void {
  for (const part of text.match(/ +|[^ ]+/g) ?? []) {
    if (part === ' ' && mayBreak && output.column > output.width) output.newLine(indent);
    else output.put(part);
  }
}

/** Writes text between apostrophes: a line break is an empty line, an apostrophe two. */
export function writeSingleQuoted(text: string, { indent, mayBreak }: ScalarPlace, output: YamlOutput): void {
  output.put("'");
  let at = 0;
  for (const part of text.match(/ +|[\n\x85\u2028\u2029]+|'|[^ \n\x85\u2028\u2029']+/g) ?? []) {
    const end = at + part.length;
    if (part === ' ' && mayBreak && output.column > output.width && at !== 0 && end !== text.length) output.newLine(indent);
    else if (/^[\n\x85\u2028\u2029]/.test(part)) writeBreaks(part, indent, output);
    else output.put(part === "'" ? "''" : part);
    at = end;
  }
  output.put("'");
}

/** One break more than the text has: a single one would be read as a blank. */
function writeBreaks(part: string, indent: number, output: YamlOutput): void {
  const more = part.startsWith('\n') ? part.length : part.length - 1;
  for (let count = 0; count < more; count++) output.breakLine();
  output.newLine(indent);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\x08': 'b',
  '\t': 't',
  '\n': 'n',
  '\x0b': 'v',
  '\x0c': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

/** Writes text between quotation marks, with escapes; broken behind the width with a backslash. */
export function writeDoubleQuoted(text: string, { indent, mayBreak }: ScalarPlace, output: YamlOutput): void {
  const characters = [...text];
  output.put('"');
  let pending = '';
  characters.forEach((character, index) => {
    const isEscaped = needsEscape(character);
    if (isEscaped) {
      output.put(pending + escapeOf(character));
      pending = '';
    }
    const isBreakable = character === ' ' || isEscaped;
    if (isBreakable && mayBreak && index > 0 && index < characters.length - 1 && output.column + pending.length > output.width) {
      output.put(`${pending}\\`);
      pending = '';
      output.newLine(indent);
      if ((isEscaped ? characters[index + 1] : character) === ' ') output.put('\\');
    }
    if (!isEscaped) pending += character;
  });
  output.put(`${pending}"`);
}

function needsEscape(character: string): boolean {
  return /^["\\\x85\u2028\u2029\ufeff]$/.test(character) || !/^[\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]$/.test(character);
}

function escapeOf(character: string): string {
  const short = ESCAPES[character];
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
