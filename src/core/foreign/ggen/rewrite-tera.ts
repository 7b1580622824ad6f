import { TagRewriter, type TeraFinding, type TeraOptions } from './rewrite-tag.ts';
import { findTags, scanTera } from './tera-tokens.ts';

export interface RewrittenTera {
  readonly text: string;
  readonly findings: readonly TeraFinding[];
}

/** What all operands of one file may have together, in characters. */
const MAX_WRITTEN = 500_000;

/** Writes a template of Tera in the language of packs: what is between tags stays as it is. */
export function rewriteTera(text: string, options: TeraOptions = {}): RewrittenTera {
  const findings: TeraFinding[] = [];
  const operands = { left: MAX_WRITTEN };
  let written = '';
  let at = 0;
  for (const { start, end, kind } of findTags(text)) {
    const open = text[start + 2] === '-' ? '-' : '';
    const close = text[end - 3] === '-' && end - 3 > start + 2 ? '-' : '';
    const from = start + 2 + open.length;
    const tag = new TagRewriter(scanTera(text.slice(from, end - 2 - close.length), from), { options, findings, operands });
    const inside = kind === '{' ? tag.expression() : tag.statement();
    written += `${text.slice(at, start)}{${kind}${open}${inside}${close}${kind === '{' ? '}' : '%'}}`;
    at = end;
  }
  return { text: written + text.slice(at), findings };
}
