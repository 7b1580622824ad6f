import { compilePattern } from '../../text/pattern.ts';
import type { Rule } from '../rule.ts';

/** Texts that no useful pattern accepts all of. */
const PROBES = [' ', '-', '..', '/', '"', '$', 'é', '\n', 'a b', '<x>'];
/** A pattern that accepts so many of them narrows nothing. */
const TOO_MANY = 8;

export const weakPattern: Rule = {
  id: 'weak-pattern',
  severity: 'warning',
  summary: 'A pattern accepts nearly every text',
  reason: 'It looks like a check, and is none: what it lets through breaks files and commands.',
  cure: 'Say which characters are allowed, or remove the pattern.',
  check: ({ pack: { manifest }, locate }) =>
    manifest.variables.flatMap(({ name, pattern }) => {
      const compiled = pattern === undefined ? undefined : compilePattern(pattern);
      if (compiled === undefined || compiled.kind === 'invalid') return [];
      const accepted = PROBES.filter((probe) => compiled.pattern.matches(probe));
      if (accepted.length < TOO_MANY) return [];
      const message = `the pattern of ${name} accepts ${accepted
        .slice(0, 4)
        .map((probe) => JSON.stringify(probe))
        .join(', ')} and more`;
      return [{ message, where: locate(['variables', name, 'pattern']), subject: `variables.${name}` }];
    }),
};
