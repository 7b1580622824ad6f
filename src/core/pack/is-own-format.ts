import type { Pack } from './pack.ts';

/** Whether a pack is written in packsmith's own format and template language: only such a pack can be judged by its rules. */
export function isOwnFormat({ foreign, translated, manifest }: Pack): boolean {
  return foreign === undefined && translated === undefined && manifest.language === undefined;
}
