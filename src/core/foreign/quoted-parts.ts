import { escapePattern } from '../text/escape-pattern.ts';

/** Tells whether a name stands in quotes, alone or in a path; asked once for each name. */
export function quotedParts(spoken: string): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const isQuoted = spoken.includes(name) && new RegExp(`['"][^'"\\n]*${escapePattern(name)}['"/]`).test(spoken);
    known.set(name, isQuoted);
    return isQuoted;
  };
}
