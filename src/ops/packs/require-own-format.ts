import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isOwnFormat } from '../../core/pack/is-own-format.ts';
import type { Pack } from '../../core/pack/pack.ts';

/** Refuses templates of other tools where packs are judged by rules of packsmith, which they were not written to. @throws PacksmithError `INVALID_ARGUMENTS`. */
export function requireOwnFormat(pack: Pack, judged: 'linted' | 'scored'): void {
  if (isOwnFormat(pack)) return;
  const { id, language } = pack.manifest;
  const what =
    language === undefined
      ? 'is a template of another tool, and only packs'
      : 'has templates in the language of another tool, and only those of packsmith';
  throw new PacksmithError('INVALID_ARGUMENTS', `${id} ${what} are ${judged}`, { hint: '`packs validate` says whether it can be used' });
}
