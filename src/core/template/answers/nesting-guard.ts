/** The most characters of a variables file or of one value. */
export const MAX_INPUT_LENGTH = 1_000_000;
/** The most brackets that may be open at one time. */
export const MAX_NESTING = 64;

/**
 * Refuses text that is too long or too deeply bracketed for a recursive parser, before one sees it. Brackets in quoted text count too;
 * they close again, as a rule.
 */
export function findNestingProblem(
  text: string,
  maximum = MAX_INPUT_LENGTH,
): { readonly problem: string; readonly offset: number } | undefined {
  if (text.length > maximum) {
    return { problem: `it has ${text.length} characters; at most ${maximum} are allowed`, offset: maximum };
  }
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text[offset];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth > 0) depth--;
    if (depth > MAX_NESTING) return { problem: `it has more than ${MAX_NESTING} levels of nesting`, offset };
  }
  return undefined;
}
