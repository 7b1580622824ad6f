import { TagRewriter, type TeraFinding, type TeraOptions } from './rewrite-tag.ts';
import { findTags, scanTera, type TeraTag } from './tera-tokens.ts';

export interface RewrittenTera {
  readonly text: string;
  readonly findings: readonly TeraFinding[];
}

/** What all operands of one file may have together, in characters. */
const MAX_WRITTEN = 500_000;

/** Holds what is set for the whole template, wherever that is. */
const SHARED = 'tera_shared';

/** Writes a template of Tera in the language of packs: what is between tags stays as it is. */
export function rewriteTera(text: string, given: TeraOptions = {}): RewrittenTera {
  const findings: TeraFinding[] = [];
  const operands = { left: MAX_WRITTEN };
  const tags = findTags(text);
  const shared = findShared(text, tags);
  const options = { ...given, renames: new Map([...(given.renames ?? []), ...shared.map((name) => [name, `${SHARED}.${name}`] as const)]) };
  let written = shared.length === 0 ? '' : `{% set ${SHARED} = namespace(${shared.map((name) => `${name}=none`).join(', ')}) %}`;
  let at = 0;
  for (const { start, end, kind } of tags) {
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

/** The names that are set for the whole template from inside a loop. */
function findShared(text: string, tags: readonly TeraTag[]): string[] {
  const names = tags.flatMap(({ start, end }) => /^\{%-?\s*set_global\s+([A-Za-z_]\w*)/.exec(text.slice(start, end))?.[1] ?? []);
  return [...new Set(names)];
}
