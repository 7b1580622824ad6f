import type { Ranked } from '../../core/catalogue/rank-packs.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { FoundPack } from '../../ops/packs/search-packs.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import type { Terminal } from '../terminal.ts';
import { fitText } from '../text-width.ts';
import { describeEntry } from './pack-list.ts';

/** Whether a pack is on this machine, and not only in a registry. */
export function isHere(pack: FoundPack): pack is CatalogueEntry {
  return 'counts' in pack;
}

/** A pack that was found as JSON has it; what a registry does not say is null. */
export function describeFound(pack: FoundPack): object {
  if (isHere(pack)) return describeEntry(pack);
  return { ...pack, category: pack.category ?? null, license: null, counts: null, shadowedBy: null, isBroken: false, diagnostics: [] };
}

/** Ranked packs, each with its description, where it is when that is a registry, and why it matched. */
export function viewSearchHits(query: string, hits: readonly Ranked<FoundPack>[], terminal: Terminal): string {
  if (hits.length === 0) {
    const words = query.trim().split(/\s+/).length;
    const why = words > 1 ? ': a pack must have all of the words, so that fewer find more' : '';
    return `nothing matches ${JSON.stringify(stripControlLine(query))}${why}\n`;
  }
  return hits.map((hit) => viewHit(hit, terminal)).join('\n');
}

function viewHit({ entry, because }: Ranked<FoundPack>, { style, columns = Number.POSITIVE_INFINITY }: Terminal): string {
  const head = `${style.bold(stripControlLine(entry.id))} ${stripControlLine(entry.version)}`;
  const reasons = because.map(({ field, text }) => `${field} has "${stripControlLine(text)}"`).join(', ');
  const line = (text: string) => fitText(text, columns - 2);
  const place = isHere(entry) ? [] : [`in the registry ${stripControlLine(entry.provenance.location)}`];
  const lines = [stripControlLine(entry.description), ...place].filter((text) => text !== '').map((text) => `  ${line(text)}\n`);
  return `${head}\n${lines.join('')}  ${style.dim(line(`because ${reasons}`))}\n`;
}
