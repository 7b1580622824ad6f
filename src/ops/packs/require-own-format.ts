import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isOwnFormat } from '../../core/pack/is-own-format.ts';
import type { Pack } from '../../core/pack/pack.ts';

/** Refuses templates of other tools where packs are judged by rules of packsmith, which they were not written to. @throws PacksmithError `INVALID_ARGUMENTS`. */
export function requireOwnFormat(pack: Pack, judged: 'linted' | 'scored'): void {
  if (isOwnFormat(pack)) return;
  throw new PacksmithError('INVALID_ARGUMENTS', `${pack.manifest.id} is a template of another tool, and only packs are ${judged}`, {
    hint: '`packs validate` says whether it can be used; `packs import DIR --as ID` makes a pack of it',
  });
}
