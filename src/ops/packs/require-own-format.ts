import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';

/** Refuses a template of another tool where packs are judged by rules of packsmith, which it was not written to. @throws PacksmithError `INVALID_ARGUMENTS`. */
export function requireOwnFormat({ foreign, translated, manifest }: Pack, judged: 'linted' | 'scored'): void {
  if (foreign === undefined && translated === undefined) return;
  throw new PacksmithError('INVALID_ARGUMENTS', `${manifest.id} is a template of another tool, and only packs are ${judged}`, {
    hint: '`packs validate` says whether it can be used',
  });
}
