import { createEnvironment, type JinjaEnvironment } from '../jinja/environment.ts';
import type { JinjaFilter } from '../jinja/values.ts';
import type { Hash } from '../tree/digest.ts';
import { ENGINE_FILTERS, ENGINE_TESTS, engineFunctions } from './engine-parts.ts';
import { CASE_FILTERS } from './filters/case-filters.ts';
import { dateFilter } from './filters/date-filter.ts';
import { LIST_FILTERS } from './filters/list-filters.ts';
import { NUMBER_FILTERS } from './filters/number-filters.ts';
import { TEXT_FILTERS } from './filters/text-filters.ts';
import { parseLiquid } from './parse-liquid.ts';

export interface LiquidFacts {
  /** ISO 8601 in UTC: what `now` is. */
  readonly now: string;
  readonly hash?: Hash;
}

/** An environment whose templates are Liquid, with the filters and tags of liquid-rust's standard library and of cargo-generate. */
export function createLiquidEnvironment({ now, hash }: LiquidFacts): JinjaEnvironment {
  const filters = liquidFilters(now);
  return createEnvironment({
    ...(hash && { hash }),
    filters: new Map([...filters, ...ENGINE_FILTERS]),
    tests: new Map(ENGINE_TESTS),
    functions: engineFunctions,
    parse: (source, name) => parseLiquid(source, name, filters),
  });
}

/** The filters that a template can name. */
function liquidFilters(now: string): ReadonlyMap<string, JinjaFilter> {
  return new Map([...TEXT_FILTERS, ...LIST_FILTERS, ...NUMBER_FILTERS, ...CASE_FILTERS, dateFilter(now)]);
}
