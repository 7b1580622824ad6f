import type { JinjaFilter } from '../values.ts';
import { DATA_FILTERS } from './data-filters.ts';
import { HTML_FILTERS } from './html-filters.ts';
import { LIST_FILTERS } from './list-filters.ts';
import { NUMBER_FILTERS } from './number-filters.ts';
import { TEXT_FILTERS } from './text-filters.ts';

/** All of Jinja's own filters, by name. `random` is there to refuse with the reason. */
export const BUILTIN_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  ...TEXT_FILTERS,
  ...NUMBER_FILTERS,
  ...LIST_FILTERS,
  ...HTML_FILTERS,
  ...DATA_FILTERS,
];
