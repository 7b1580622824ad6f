import { RE2JS, RE2JSException } from 're2js';

/** In UTF-16 code units. */
const MAX_PATTERN_LENGTH = 1000;

/** A compiled `pattern` of a variable. */
export interface Pattern {
  /** Tells whether the pattern matches the whole text, as the `pattern` of an HTML field does. Time is linear in the text. */
  matches(text: string): boolean;
  /** Tells whether the pattern matches somewhere in the text, `^` and `$` being the ends of lines. */
  finds(text: string): boolean;
}

export type CompiledPattern =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Compiles a regular expression of the RE2 syntax, which has neither look-around nor back-references and so no explosive matching.
 * The module is the only one that loads the engine, which is large: import it only where some variable has a pattern.
 */
export function compilePattern(source: string): CompiledPattern {
  if (source.length > MAX_PATTERN_LENGTH) {
    return { kind: 'invalid', reason: `it has ${source.length} characters; at most ${MAX_PATTERN_LENGTH} are allowed` };
  }
  try {
    const compiled = RE2JS.compile(source);
    const finds = (text: string): boolean => RE2JS.compile(source, RE2JS.MULTILINE).matcher(text).find();
    return { kind: 'pattern', pattern: { matches: (text) => compiled.testExact(text), finds } };
  } catch (error) {
    if (error instanceof RE2JSException) return { kind: 'invalid', reason: explain(error.message) };
    throw error;
  }
}

function explain(message: string): string {
  if (message.includes('(?=') || message.includes('(?!') || message.includes('(?<'))
    return `${message} (look-around does not exist in linear time)`;
  return /`\\\d/.test(message) ? `${message} (back-references do not exist in linear time)` : message;
}

/** Replaces every match of a regular expression of the RE2 syntax by a literal text, in linear time; `undefined` when it is none. */
export function replaceMatches(text: string, source: string, replacement: string): string | undefined {
  if (source.length > MAX_PATTERN_LENGTH) return undefined;
  try {
    return RE2JS.compile(source).matcher(text).replaceAll(replacement.replaceAll('$', '$$$$'));
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
