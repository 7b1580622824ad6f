import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { nearest } from '../text/nearest.ts';

/** That nothing has a pack of an id, with what may have been meant. */
export function unknownPack(id: string, known: Iterable<string>): PacksmithError {
  const suggestions = nearest(id, new Set(known));
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : otherMeaning(id);
  return new PacksmithError('PACK_NOT_FOUND', `there is no pack ${JSON.stringify(id)}`, { hint, suggestions });
}

function otherMeaning(id: string): string {
  if (/\.(?:toml|ya?ml|json)$/.test(id)) return `a composition file is given with \`packs compose --file ${id}\``;
  return `\`packs list\` shows every pack that is here; a folder is written as ./${id}; \`packs create ${id}\` begins a new pack`;
}
