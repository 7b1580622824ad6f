declare const brand: unique symbol;

/** The id of a pack without its version: `web-api-starter` or `@scope/name`. Made only by `parsePackName`. */
export type PackName = string & { readonly [brand]: 'PackName' };

export const MAX_PACK_NAME_LENGTH = 100;

const SEGMENT = /^[a-z0-9][a-z0-9._-]*$/;

/** Says why text is not a `PackName`, or `undefined` when it is one. Names are ASCII, so that look-alike alphabets cannot pass. */
export function findPackNameProblem(text: string): string | undefined {
  if (text.length > MAX_PACK_NAME_LENGTH) return `it is longer than ${MAX_PACK_NAME_LENGTH} characters`;
  const scoped = /^@([^/]*)\/([^/]*)$/.exec(text);
  const segments = scoped === null ? [text] : [scoped[1] ?? '', scoped[2] ?? ''];
  if (!segments.every((segment) => SEGMENT.test(segment))) {
    return 'a pack id is lower-case ASCII letters, digits, ".", "_" and "-", begins with a letter or digit, and may have one "@scope/" before it';
  }
  return undefined;
}

/** Tells whether text is a `PackName`. */
export function isPackName(text: string): text is PackName {
  return findPackNameProblem(text) === undefined;
}

/** Describes the first letter that is not ASCII, since it may look like one that is; `undefined` when there is none. */
export function findForeignLetter(text: string): string | undefined {
  const foreign = [...text].find((char) => (char.codePointAt(0) ?? 0) > 0x7e);
  if (foreign === undefined) return undefined;
  const point = (foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `"${foreign}" (U+${point}) is not an ASCII character, though it may look like one`;
}
