import { splitLines } from './text-lines.ts';

/**
 * Whether two texts differ at most in their form: line ends, byte order mark, blanks at line ends, empty lines at the end; in JSON, white
 * space between tokens as well.
 */
export function isSameButForForm(a: string, b: string, path: string): boolean {
  if (JSON_FILE.test(path)) {
    const left = withoutWhiteSpace(a);
    if (left !== undefined && left === withoutWhiteSpace(b)) return true;
  }
  return withoutForm(a) === withoutForm(b);
}

const JSON_FILE = /\.(?:json|jsonc|code-workspace|webmanifest)$/i;

function withoutForm(text: string): string {
  return splitLines(text)
    .contents.map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

/** JSON without white space between its tokens; `undefined` where there are comments, which end with their line. */
function withoutWhiteSpace(text: string): string | undefined {
  const hasComments = /\/[/*]/.test(text.replace(STRING_OR_SPACE, ''));
  return hasComments ? undefined : text.replace(STRING_OR_SPACE, (found) => (found.startsWith('"') ? found : ''));
}

const STRING_OR_SPACE = /"(?:[^"\\\n]|\\.)*"|[\s\ufeff]+/g;
