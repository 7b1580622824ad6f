import type { Spelling } from './proposals.ts';

export interface Templatized {
  /** The text as a template. */
  readonly template: string;
  /** How often each spelling was replaced, by its expression. */
  readonly replaced: ReadonlyMap<string, number>;
  /** Whether it has syntax of templates that stands for itself. */
  readonly hasEscapes: boolean;
}

/**
 * Makes a template that gives a text: spellings become expressions, the longest first, and what would be syntax of templates is escaped. One pass,
 * so that no expression is replaced again.
 */
export function templatize(text: string, spellings: readonly Spelling[]): Templatized {
  const ordered = [...spellings].sort((a, b) => b.text.length - a.text.length);
  const firsts = new Set(ordered.map((spelling) => spelling.text.charAt(0)));
  const replaced = new Map<string, number>();
  let template = '';
  let hasEscapes = false;
  for (let at = 0; at < text.length; ) {
    const found = firsts.has(text.charAt(at))
      ? ordered.find((spelling) => text.startsWith(spelling.text, at) && fitsAt(text, at, spelling))
      : undefined;
    if (found !== undefined) {
      // A brace before an expression would be read with it.
      if (template.endsWith('{')) template = `${template.slice(0, -1)}{{ '{' }}`;
      template += found.expression;
      replaced.set(found.expression, (replaced.get(found.expression) ?? 0) + 1);
      at += found.text.length;
    } else if (/^\{[{%#]/.test(text.slice(at, at + 2))) {
      template += `{{ '${text.slice(at, at + 2)}' }}`;
      hasEscapes = true;
      at += 2;
    } else {
      template += text.charAt(at);
      at += 1;
    }
  }
  return { template, replaced, hasEscapes };
}

/** A text as a template that gives it. */
export function escapeTemplate(text: string): string {
  return templatize(text, []).template;
}

const REACH = 300;

function fitsAt(text: string, at: number, { text: spelling, fits }: Spelling): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at + spelling.length);
  const before = at === 0 ? '' : text.slice(Math.max(start, at - REACH), at);
  const after = text.slice(at + spelling.length, Math.min(end === -1 ? text.length : end, at + spelling.length + REACH));
  return fits(before, after);
}
