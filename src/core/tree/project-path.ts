import { PacksmithError } from '../diagnostics/packsmith-error.ts';

declare const brand: unique symbol;

/** A path inside a project or a pack: relative, `/`-separated, portable, and unable to leave its root. Made only by `parseProjectPath`. */
export type ProjectPath = string & { readonly [brand]: 'ProjectPath' };

export const MAX_SEGMENT_BYTES = 255;
export const MAX_PATH_BYTES = 1024;

const RESERVED_WINDOWS_NAME = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/** What nearly every segment is: nothing can be wrong with it but that it is a reserved name. */
const PLAIN_SEGMENT = /^\.?[\w-](?:[\w.-]{0,80}[\w-])?$/;

/**
 * Parses text into a `ProjectPath`.
 *
 * @throws PacksmithError `PATH_ESCAPES_PROJECT` when the path is absolute, has an empty, `.` or `..` segment, a control character,
 * a character or name that Windows reserves, a trailing dot or space, is not in Unicode form C, or is too long.
 */
export function parseProjectPath(text: string): ProjectPath {
  const problem = findPathProblem(text);
  if (problem !== undefined) {
    throw new PacksmithError('PATH_ESCAPES_PROJECT', `${JSON.stringify(text)} is not a path inside the project: ${problem}`);
  }
  return text as ProjectPath;
}

/** Says why text is not a `ProjectPath`, or `undefined` when it is one. */
export function findPathProblem(text: string): string | undefined {
  if (text === '') return 'it is empty';
  if (text.startsWith('/')) return 'it is absolute';
  if (utf8Length(text) > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  if (!isAscii(text) && text.normalize('NFC') !== text) return 'it is not in Unicode normalisation form C';
  for (const segment of text.split('/')) {
    const problem = findSegmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Says why text cannot be the path of a file inside a pack, or `undefined` when it can. The rules are those of a project, except that the
 * characters which templates are made of (`{% if a < b %}`, `{{ name | kebab_case }}`, `"…"`, and `{{ name[:2] }}` inside delimiters) and spaces
 * around them are allowed.
 */
export function findPackPathProblem(text: string): string | undefined {
  const quoted = text.replace(/\{[{%#][^/]*[}%#]\}/g, (template) => template.replace(/[:\\]/g, '_'));
  return findPathProblem(quoted.replace(/[<>"|?*]/g, '_').replace(/(^|\/) +| +(?=\/|$)/g, '$1_'));
}

/** The form under which two paths collide on a file system that ignores case or Unicode form. */
export function foldPath(path: string): string {
  return (isAscii(path) ? path : path.normalize('NFKC')).toLowerCase();
}

function findSegmentProblem(segment: string): string | undefined {
  if (PLAIN_SEGMENT.test(segment) && !RESERVED_WINDOWS_NAME.test(segment)) return undefined;
  if (segment === '') return 'it has an empty segment';
  if (segment === '.' || segment === '..') return `it has a "${segment}" segment`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/.test(segment)) return 'it has a control character';
  if (/[<>:"\\|?*]/.test(segment)) return `"${segment}" has a character that is not portable (one of < > : " \\ | ? *)`;
  if (/[. ]$/.test(segment) || segment.startsWith(' ')) return `"${segment}" begins with a space or ends in a dot or a space`;
  if (RESERVED_WINDOWS_NAME.test(segment)) return `"${segment}" is a name that Windows reserves`;
  if (!segment.isWellFormed()) return 'it has an unpaired surrogate';
  if (utf8Length(segment) > MAX_SEGMENT_BYTES) return `"${segment.slice(0, 40)}…" is longer than ${MAX_SEGMENT_BYTES} bytes`;
  return undefined;
}

/** Every normalisation form leaves such text as it is. */
function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are part of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}

function utf8Length(text: string): number {
  return text.length * 3 <= MAX_SEGMENT_BYTES ? text.length : new TextEncoder().encode(text).length;
}
