import { RE2JS, RE2JSException } from 're2js';

/** A compiled `pattern` of a variable. */
export interface Pattern {
  /** Tells whether the pattern is found in the text; `^` and `$` are its ends. Time is linear in the text. */
  matches(text: string): boolean;
}

export type CompiledPattern =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Compiles a regular expression of the RE2 syntax, which has neither look-around nor back-references and so no explosive matching.
 * The module is the only one that loads the engine, which is large: import it only where some variable has a pattern.
 */
export function compilePattern(source: string): CompiledPattern {
  try {
    const compiled = RE2JS.compile(source);
    return { kind: 'pattern', pattern: { matches: (text) => compiled.matcher(text).find() } };
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
