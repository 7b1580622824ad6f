import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { ProjectPack } from '../../core/manifest/project-manifest.ts';
import { nearest } from '../../core/text/nearest.ts';

/** @throws PacksmithError `PACK_NOT_IN_PROJECT` with the nearest ids, when packsmith.toml does not list one of these. */
export function requireListed(ids: readonly string[], listed: readonly ProjectPack[]): void {
  const present = listed.map(({ id }) => id as string);
  const unknown = ids.filter((id) => !present.includes(id));
  if (unknown.length === 0) return;
  const suggestions = unknown.flatMap((id) => nearest(id, present));
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : `it lists ${present.join(', ')}`;
  throw new PacksmithError('PACK_NOT_IN_PROJECT', `packsmith.toml does not list ${unknown.join(', ')}`, { hint, suggestions });
}
