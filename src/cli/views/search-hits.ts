import type { Ranked } from '../../core/catalogue/rank-packs.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import type { Terminal } from '../terminal.ts';
import { fitText } from '../text-width.ts';

/** Ranked packs, each with its description and why it matched. */
export function viewSearchHits(query: string, hits: readonly Ranked<CatalogueEntry>[], terminal: Terminal): string {
  if (hits.length === 0) {
    const words = query.trim().split(/\s+/).length;
    const why = words > 1 ? ': a pack must have all of the words, so that fewer find more' : '';
    return `nothing matches ${JSON.stringify(stripControlLine(query))}${why}\n`;
  }
  return hits.map((hit) => viewHit(hit, terminal)).join('\n');
}

function viewHit({ entry, because }: Ranked<CatalogueEntry>, { style, columns = Number.POSITIVE_INFINITY }: Terminal): string {
  const head = `${style.bold(stripControlLine(entry.id))} ${stripControlLine(entry.version)}`;
  const reasons = because.map(({ field, text }) => `${field} has "${stripControlLine(text)}"`).join(', ');
  const line = (text: string) => fitText(text, columns - 2);
  return `${head}\n  ${line(stripControlLine(entry.description))}\n  ${style.dim(line(`because ${reasons}`))}\n`;
}
