import { stripControlLine } from '../../core/text/strip-control.ts';
import type { CategoryCount, PackList } from '../../ops/packs/list-packs.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import type { CommandResult } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** The result of `packs list`, the same from the compiled catalogue as from the packs themselves. */
export function toListResult(list: PackList, showsCategories: boolean, scores?: ReadonlyMap<string, number>): CommandResult {
  if (showsCategories) return { data: { categories: list.categories }, view: (terminal) => viewCategories(list.categories, terminal) };
  const { packs, total } = list;
  const usable = packs.find((entry) => !entry.isBroken && entry.shadowedBy === undefined);
  return {
    data: { packs: packs.map((entry) => describeListed(entry, scores)), total },
    view: (terminal) => viewPackList(packs, terminal, scores),
    next: total === 0 ? ['packs list --categories'] : usable === undefined ? [] : [`packs show ${usable.id}`],
    ...(total > packs.length ? { warnings: [`${total - packs.length} more of ${total} packs are not shown`] } : {}),
  };
}

function describeListed(entry: CatalogueEntry, scores: ReadonlyMap<string, number> | undefined): unknown {
  const described = describeEntry(entry);
  return scores === undefined ? described : { ...described, score: scores.get(entry.provenance.location) ?? null };
}

/** An entry of the catalogue as JSON has it. */
export function describeEntry(entry: CatalogueEntry): object {
  return { ...entry, category: entry.category ?? null, license: entry.license ?? null, shadowedBy: entry.shadowedBy ?? null };
}

/** A table of packs, one a line. */
export function viewPackList(packs: readonly CatalogueEntry[], terminal: Terminal, scores?: ReadonlyMap<string, number>): string {
  if (packs.length === 0) return 'no packs match\n';
  const { style } = terminal;
  return viewTable(
    [
      { title: 'PACK', cells: packs.map((entry) => entry.id), style: style.bold },
      { title: 'VERSION', cells: packs.map((entry) => entry.version) },
      ...(scores === undefined ? [] : [{ title: 'SCORE', cells: packs.map((entry) => showScore(scores.get(entry.provenance.location))) }]),
      { title: 'CATEGORY', cells: packs.map((entry) => entry.category ?? ''), isOptional: true },
      { title: 'SOURCE', cells: packs.map((entry) => entry.provenance.kind), isOptional: true },
      { title: 'NOTE', cells: packs.map(noteOf), style: style.yellow },
      { title: 'DESCRIPTION', cells: packs.map((entry) => entry.description), isFlexible: true },
    ],
    terminal,
  );
}

function showScore(score: number | undefined): string {
  return score === undefined ? '' : String(score);
}

function noteOf({ isBroken, shadowedBy }: CatalogueEntry): string {
  return [isBroken ? 'broken' : '', shadowedBy === undefined ? '' : `hidden by ${shadowedBy.kind}`]
    .filter((note) => note !== '')
    .join(', ');
}

function viewCategories(categories: readonly CategoryCount[], terminal: Terminal): string {
  if (categories.length === 0) return 'no pack has a category\n';
  return viewTable(
    [
      { title: 'CATEGORY', cells: categories.map(({ name }) => stripControlLine(name)), style: terminal.style.bold },
      { title: 'PACKS', cells: categories.map(({ count }) => String(count)) },
    ],
    terminal,
  );
}
