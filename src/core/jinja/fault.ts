import { nearest } from '../text/nearest.ts';

export type TemplateFaultCode = 'TEMPLATE_FAILED' | 'TEMPLATE_UNDEFINED' | 'LIMIT_EXCEEDED';

/**
 * A failure inside the engine that does not know its position yet. The renderer turns it into a `PacksmithError` with the position of
 * the node that was being evaluated; nothing in a template can catch it.
 */
export class TemplateFault extends Error {
  readonly code: TemplateFaultCode;
  readonly hint: string | undefined;
  readonly suggestions: readonly string[];

  constructor(code: TemplateFaultCode, message: string, hint?: string, suggestions: readonly string[] = []) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.suggestions = suggestions;
  }
}

/** Throws a TEMPLATE_FAILED fault. */
export function fail(message: string, hint?: string): never {
  throw new TemplateFault('TEMPLATE_FAILED', message, hint);
}

/** Throws a TEMPLATE_FAILED fault for a name that is not known, with the nearest known ones; without any, with what else may be said. */
export function failUnknown(what: string, name: string, known: Iterable<string>, otherwise?: string): never {
  const { hint, suggestions } = suggest(name, known);
  const shown = suggestions.length === 0 ? (otherwise ?? hint) : hint;
  throw new TemplateFault('TEMPLATE_FAILED', `there is no ${what} named ${quoteName(name)}`, shown, suggestions);
}

/** What to do with text that looks like a template and is none, as files for other programs have it. */
export const TEXT_ADVICE = 'put text that is no template between a "raw" and an "endraw" statement';

const MAX_CANDIDATES = 500;
const MAX_NAME_LENGTH = 64;
const MAX_LISTED = 12;

/** The names nearest to a mistyped one, and a hint that states them; without near names the hint lists what is available. Bounded work whatever the names are. */
export function suggest(name: string, known: Iterable<string>): { hint: string | undefined; suggestions: string[] } {
  const candidates: string[] = [];
  for (const candidate of known) {
    if (candidates.length >= MAX_CANDIDATES) break;
    // Names that begin with a space are the engine's own: no template can write them.
    if (candidate.length <= MAX_NAME_LENGTH && !candidate.startsWith(' ')) candidates.push(candidate);
  }
  const suggestions = name.length <= MAX_NAME_LENGTH ? nearest(name, candidates) : [];
  if (suggestions.length > 0) return { hint: `did you mean ${suggestions.map(quoteName).join(' or ')}?`, suggestions };
  if (candidates.length === 0) return { hint: undefined, suggestions };
  const listed = candidates.sort().slice(0, MAX_LISTED).join(', ');
  return { hint: `available: ${listed}${candidates.length > MAX_LISTED ? ', …' : ''}`, suggestions };
}

/** A name in quotation marks, cut to a length that fits into a message. */
export function quoteName(name: string): string {
  return `"${name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name}"`;
}
