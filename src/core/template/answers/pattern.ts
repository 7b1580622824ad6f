import { RE2JS, RE2JSException } from 're2js';

/** The longest `pattern` of a variable, in UTF-16 code units. */
export const MAX_PATTERN_LENGTH = 1000;

/** A regular expression from a pack. It matches the whole text, as the `pattern` of an HTML field does, in time linear in its length. */
export interface Pattern {
  matches(text: string): boolean;
}

/** Compiles a regular expression in RE2's grammar (no look-around, no back-references), or says why it cannot. */
export function compilePattern(source: string): Pattern | { readonly problem: string } {
  if (source.length > MAX_PATTERN_LENGTH)
    return { problem: `it has ${source.length} characters; at most ${MAX_PATTERN_LENGTH} are allowed` };
  try {
    const compiled = RE2JS.compile(source);
    return { matches: (text) => compiled.testExact(text) };
  } catch (error) {
    if (error instanceof RE2JSException) return { problem: error.message };
    throw error;
  }
}
