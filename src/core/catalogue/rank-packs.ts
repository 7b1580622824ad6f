import { compareText } from '../text/compare-text.ts';
import { editDistance } from '../text/nearest.ts';

/** The texts of a pack that a search looks at. */
export interface SearchableFields {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly category: string | undefined;
  readonly keywords: readonly string[];
}

export type SearchField = 'id' | 'title' | 'keyword' | 'category' | 'description';

/** Why a pack was found: the word that was asked for, where it hit, and the word that stands there. */
export interface SearchReason {
  readonly field: SearchField;
  readonly text: string;
  readonly word: string;
}

export interface Ranked<Entry> {
  readonly entry: Entry;
  /** From 0 to 1, where 1 is the exact id. */
  readonly score: number;
  readonly because: readonly SearchReason[];
}

interface FieldWord {
  readonly field: SearchField;
  readonly text: string;
  readonly weight: number;
}

const WEIGHTS: { readonly [Field in SearchField]: number } = { id: 1, keyword: 0.8, title: 0.7, category: 0.6, description: 0.4 };

const QUALITY = { exact: 1, prefix: 0.8, inside: 0.6, typo: 0.5 } as const;

/**
 * Finds the entries in which every word of the query hits something, best first; ties go by id.
 * A word hits by being equal, by beginning or standing within a word of the pack, or — when `fuzzy` — by one slip in four to seven letters or two in eight and more;
 * of three letters two may be swapped.
 */
export function rankPacks<Entry extends SearchableFields>(entries: readonly Entry[], query: string, fuzzy: boolean): Ranked<Entry>[] {
  const words = splitWords(query);
  const isWholeId = (entry: Entry): boolean => entry.id === query.trim().toLowerCase();
  return entries
    .flatMap((entry): Ranked<Entry>[] => {
      const hits = words.map((word) => bestHit(word, fieldWords(entry), fuzzy));
      if (!isWholeId(entry) && (hits.length === 0 || hits.some((hit) => hit === undefined))) return [];
      const found = hits.filter((hit) => hit !== undefined);
      const mean = found.reduce((sum, hit) => sum + hit.score, 0) / Math.max(found.length, 1);
      return [{ entry, score: isWholeId(entry) ? 1 : Math.min(mean, 0.99), because: found.map((hit) => hit.reason) }];
    })
    .sort((a, b) => b.score - a.score || compareText(a.entry.id, b.entry.id));
}

function fieldWords(entry: SearchableFields): FieldWord[] {
  const texts: [SearchField, readonly string[]][] = [
    ['id', [entry.id, ...splitWords(entry.id)]],
    ['keyword', [...entry.keywords, ...entry.keywords.flatMap(splitWords)]],
    ['title', splitWords(entry.title)],
    ['category', splitWords(entry.category ?? '')],
    ['description', splitWords(entry.description)],
  ];
  return texts.flatMap(([field, found]) => found.map((text) => ({ field, text: text.toLowerCase(), weight: WEIGHTS[field] })));
}

function bestHit(word: string, candidates: readonly FieldWord[], fuzzy: boolean): { score: number; reason: SearchReason } | undefined {
  let best: { score: number; reason: SearchReason } | undefined;
  for (const { field, text, weight } of candidates) {
    const score = matchQuality(word, text, fuzzy) * weight;
    if (score > (best?.score ?? 0)) best = { score, reason: { field, text, word } };
  }
  return best;
}

function matchQuality(word: string, text: string, fuzzy: boolean): number {
  if (word === text) return QUALITY.exact;
  if (text.startsWith(word)) return QUALITY.prefix;
  if (word.length >= 3 && text.includes(word)) return QUALITY.inside;
  if (!fuzzy || word.length < 3 || Math.abs(word.length - text.length) > 2) return 0;
  if (word.length === 3 && sortLetters(word) !== sortLetters(text)) return 0;
  return editDistance(word, text) <= (word.length < 8 ? 1 : 2) ? QUALITY.typo : 0;
}

function sortLetters(word: string): string {
  return [...word].sort().join('');
}

function splitWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
