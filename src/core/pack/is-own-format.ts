import type { Pack } from './pack.ts';

/** Whether a pack is written in packsmith's own format, whatever language its templates are in: only such a pack can be judged by its rules. */
export function isOwnFormat({ foreign, translated }: Pack): boolean {
  return (foreign === undefined || foreign.kind === 'pack') && translated === undefined;
}
