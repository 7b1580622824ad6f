import { SECRET_ALLOWANCE, SECRET_NAME } from '../publish/scan-secrets.ts';

/** An assignment of a quoted text; every quantifier is bounded and none stands within another, so that matching is linear. */
const ASSIGNMENT = /([A-Za-z_][A-Za-z0-9_.-]{0,60})["']?\s{0,4}[:=]\s{0,4}["']([A-Za-z0-9+/=_-]{24,120})["']/g;
/** Bits a character. Words and hexadecimal digests of files stay below what base-64 text reaches. */
const RANDOM_BITS = 3.9;
const MAX_LINE = 4000;

/** A text that is assigned to a name of a secret and is random by its look. */
export interface RandomSecret {
  readonly line: number;
  readonly name: string;
}

/**
 * Finds texts that no pattern of a known token covers: 24 characters or more with digits and both cases, as varied as random text is, and given to
 * something whose name says that it is a secret. Never repeats what it found.
 */
export function findRandomSecret(text: string): RandomSecret[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line.length > MAX_LINE || line.includes(SECRET_ALLOWANCE) || lines[index - 1]?.includes(SECRET_ALLOWANCE)) return [];
    return [...line.matchAll(ASSIGNMENT)]
      .filter(([, name = '', value = '']) => SECRET_NAME.test(name) && looksRandom(value))
      .map(([, name = '']) => ({ line: index + 1, name: name.slice(0, 40) }));
  });
}

function looksRandom(value: string): boolean {
  const isMixed = /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
  return isMixed && entropyOf(value) >= RANDOM_BITS && !/(?:example|placeholder|change|your|test|dummy|sample)/i.test(value);
}

/** Shannon entropy of the characters, in bits each. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
