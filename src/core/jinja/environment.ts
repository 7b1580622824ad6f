import type { ValueMap } from '../pack/values.ts';
import type { Hash } from '../tree/digest.ts';
import { type Budget, type JinjaLimits, DEFAULT_LIMITS as LIMITS } from './budget.ts';
import { BUILTIN_FILTERS } from './filters/builtin-filters.ts';
import type { TemplateNode } from './nodes.ts';
import { PACK_FILTERS } from './pack-filters/pack-filters.ts';
import { parseTemplate } from './parse-template.ts';
import type { JinjaSettings } from './settings.ts';
import { BUILTIN_TESTS } from './tests.ts';
import type { JinjaFilter, JinjaTest, JinjaValue, Runtime } from './values.ts';

export type { JinjaLimits } from './budget.ts';
export type { JinjaSettings } from './settings.ts';
export type { JinjaFilter, JinjaTest } from './values.ts';

/** The limits of a pack when nothing else is said. */
export const DEFAULT_LIMITS: JinjaLimits = LIMITS;

export interface JinjaEnvironmentOptions {
  readonly settings?: JinjaSettings;
  /** Finds the source of a template that is included, imported or extended; undefined when there is none. Asked once for each name. */
  readonly loadTemplate?: (name: string) => string | undefined;
  /** What the filter `sha256` uses; without it, that filter fails. */
  readonly hash?: Hash;
  /** Added to the built-in ones, or in their place. */
  readonly filters?: ReadonlyMap<string, JinjaFilter>;
  /** What is said of a filter that is not there, and is called as none that is. */
  readonly missingFilter?: string | undefined;
  readonly tests?: ReadonlyMap<string, JinjaTest>;
  /** Functions that every template sees, made for each render of the named template, so that they can keep count. */
  readonly functions?: MakeFunctions;
  /** Values that every template sees, imported ones included; the context comes before them. */
  readonly globals?: ValueMap;
  /** What templates see in the place of a context: values that follow from it. */
  readonly changeContext?: ChangeContext | undefined;
  /** Reads templates of another language as trees; those see no functions but `functions`. */
  readonly parse?: ParseTemplate;
}

/** Finds a name that is changed, or added; `undefined` for one that stays as the context has it. */
export type ChangeContext = (context: ValueMap, budget: Budget) => (name: string) => JinjaValue | undefined;

export type ParseTemplate = (source: string, name: string) => TemplateNode;

export type MakeFunctions = (runtime: Runtime, template: string) => ReadonlyMap<string, JinjaValue>;

/** Everything that templates share: how they are read, what they can call, and each other. */
export interface JinjaEnvironment {
  readonly settings: JinjaSettings;
  readonly loadTemplate: ((name: string) => string | undefined) | undefined;
  readonly hash: Hash | undefined;
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  readonly missingFilter: string | undefined;
  readonly tests: ReadonlyMap<string, JinjaTest>;
  readonly globals: ValueMap;
  readonly functions: MakeFunctions | undefined;
  readonly changeContext: ChangeContext | undefined;
  readonly parse: ParseTemplate | undefined;
  /** Loads and parses a template, once. Undefined when there is none of that name. @throws PacksmithError TEMPLATE_SYNTAX */
  readonly getTemplate: (name: string) => TemplateNode | undefined;
}

/** Makes an environment. It holds no state but the parsed templates, and can be used for any number of renders. */
export function createEnvironment(options: JinjaEnvironmentOptions = {}): JinjaEnvironment {
  const settings = options.settings ?? {};
  const parsed = new Map<string, TemplateNode | undefined>();
  const withSettings: ParseTemplate = (source, name) => parseTemplate(source, name, settings);
  const getTemplate = (name: string): TemplateNode | undefined => {
    if (!parsed.has(name)) {
      const source = options.loadTemplate?.(name);
      parsed.set(name, source === undefined ? undefined : (options.parse ?? withSettings)(source, name));
    }
    return parsed.get(name);
  };
  return {
    settings,
    loadTemplate: options.loadTemplate,
    hash: options.hash,
    filters: merged(settings.python === true ? new Map(BUILTIN_FILTERS) : allFilters(), options.filters),
    missingFilter: options.missingFilter,
    tests: merged(BUILTIN_TESTS, options.tests),
    globals: options.globals ?? new Map(),
    functions: options.functions,
    changeContext: options.changeContext,
    parse: options.parse,
    getTemplate,
  };
}

let filters: ReadonlyMap<string, JinjaFilter> | undefined;

function allFilters(): ReadonlyMap<string, JinjaFilter> {
  filters ??= new Map([...BUILTIN_FILTERS, ...PACK_FILTERS]);
  return filters;
}

function merged<T>(base: ReadonlyMap<string, T>, extra: ReadonlyMap<string, T> | undefined): ReadonlyMap<string, T> {
  return extra === undefined ? base : new Map([...base, ...extra]);
}
