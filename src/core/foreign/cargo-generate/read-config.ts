import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Problems, toDiagnostics } from '../../manifest/problems.ts';
import { readToml } from '../../manifest/read-toml.ts';
import { isTable, readBoolean, readEntries, readKey, readString, readStrings, readTable, type Table } from '../../manifest/table.ts';
import { compareVersions, isVersion } from '../../pack/versions.ts';
import { utf8At } from '../../tree/file-text.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { NestedTemplate } from '../several-templates.ts';
import type { ProgramCondition, ReadCondition } from './program-condition.ts';
import { type Placeholder, readPlaceholders } from './read-placeholders.ts';
import { type NameUse, translateCondition } from './translate-condition.ts';

export const CONFIG_FILE = 'cargo-generate.toml' as ProjectPath;

/** Which files are rendered, copied, and left out. `include` and `exclude` are patterns as in `.gitignore`, `ignore` are paths. */
export interface FileLists {
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly ignore: readonly string[];
}

/** A section that counts only where an expression is true. */
export interface Conditional {
  /** As an expression of the template engine; `false` where it is a program. */
  readonly expression: string;
  /** Whether it holds, where it is a program. */
  readonly program?: ProgramCondition['holds'];
  /** As it is written. */
  readonly source: string;
  /** The names in it. */
  readonly names: readonly string[];
  readonly lists: FileLists;
  readonly placeholders: readonly Placeholder[];
}

/** When scripts run: before everything, before rendering, and behind it. */
export const HOOK_STAGES = ['init', 'pre', 'post'] as const;
export type HookStage = (typeof HOOK_STAGES)[number];

export interface CargoConfig {
  /** The templates that it lists in the place of being one. */
  readonly subTemplates: readonly NestedTemplate[];
  readonly lists: FileLists;
  readonly isInit: boolean;
  readonly placeholders: readonly Placeholder[];
  readonly conditionals: readonly Conditional[];
  /** Paths of Rhai scripts, as they are named. */
  readonly hooks: Readonly<Record<HookStage, readonly string[]>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What cargo-generate itself sets, where conditions may ask for it. */
const BUILT_IN = new Set(['crate_name', 'crate_type', 'authors', 'username', 'is_init', 'within_cargo_project']);

/** The newest version whose templates are known. */
const KNOWN_VERSION = '0.26.999';

/** Reads `cargo-generate.toml`; a template may have none. */
export function readConfig(files: FileTree, readCondition?: ReadCondition): CargoConfig {
  const text = utf8At(files, CONFIG_FILE);
  const read = readToml(text ?? '\0', CONFIG_FILE);
  if (read.table === undefined) return { ...EMPTY, diagnostics: [{ ...read.diagnostic, code: 'FOREIGN_INVALID' }] };
  const problems = new Problems();
  const template = readTable(read.table, 'template');
  checkVersion(readString(template, 'cargo_generate_version'), problems);
  const placeholders = readPlaceholders(read.table, [], problems);
  const conditionals = readConditionals(read.table, { placeholders, problems, readCondition });
  const hooks = readTable(read.table, 'hooks');
  return {
    subTemplates: readSubTemplates(template),
    lists: readLists(template),
    isInit: readBoolean(template, 'init') ?? false,
    placeholders,
    conditionals,
    hooks: { init: readHooks(hooks, 'init'), pre: readHooks(hooks, 'pre'), post: readHooks(hooks, 'post') },
    diagnostics: toDiagnostics(problems, CONFIG_FILE, text ?? ''),
  };
}

const EMPTY: Omit<CargoConfig, 'diagnostics'> = {
  subTemplates: [],
  lists: { include: undefined, exclude: undefined, ignore: [] },
  isInit: false,
  placeholders: [],
  conditionals: [],
  hooks: { init: [], pre: [], post: [] },
};

/** `fmt` is no script: it formats what was made. */
function readHooks(table: Table, stage: HookStage): string[] {
  return readStrings(table, stage).filter((name) => name !== 'fmt');
}

function readLists(table: Table): FileLists {
  const optional = (key: string): readonly string[] | undefined =>
    readKey(table, key) === undefined ? undefined : readStrings(table, key);
  return { include: optional('include'), exclude: optional('exclude'), ignore: readStrings(table, 'ignore') };
}

/** A lower bound beyond what is known is refused; what was written for an older version is still read. */
function checkVersion(requirement: string | undefined, problems: Problems): void {
  for (const part of (requirement ?? '').split(',')) {
    const [, operator = '', digits = ''] = /^\s*([<>=^~]*)\s*(\d+(?:\.\d+)*)/.exec(part) ?? [];
    const version = [...digits.split('.'), '0', '0'].slice(0, 3).join('.');
    if (operator.startsWith('<') || !isVersion(version) || compareVersions(version, KNOWN_VERSION) <= 0) continue;
    problems.add({
      code: 'FOREIGN_UNSUPPORTED',
      severity: 'error',
      path: ['template', 'cargo_generate_version'],
      at: 'value',
      message: `the template asks for cargo-generate ${requirement ?? ''}, whose templates are not known`,
      suggestion: 'use an older version of the template, or lower cargo_generate_version if it needs nothing new',
    });
    return;
  }
}

/** Only directories below the repository are templates of it. */
function readSubTemplates(template: Table): NestedTemplate[] {
  return readStrings(template, 'sub_templates').flatMap((label) => {
    const segments = plainSegments(label);
    return segments.length === 0 || label.startsWith('/') || segments.includes('..') ? [] : [{ path: segments.join('/'), label }];
  });
}

interface ConditionalFacts {
  readonly placeholders: readonly Placeholder[];
  readonly problems: Problems;
  readonly readCondition: ReadCondition | undefined;
}

function readConditionals(document: Table, { placeholders, problems, readCondition }: ConditionalFacts): Conditional[] {
  const sections = readEntries(document, 'conditional').flatMap(([source, table]) => (isTable(table) ? [{ source, table }] : []));
  const own = sections.map(({ source, table }) => readPlaceholders(table, ['conditional', source], problems));
  const always = new Set(placeholders.map(({ name }) => name));
  const optional = new Set(own.flat().map(({ name }) => name));
  const useOf = (name: string): NameUse => {
    if (BUILT_IN.has(name) || always.has(name)) return 'always';
    return optional.has(name) ? 'optional' : 'unknown';
  };
  return sections.flatMap(({ source, table }, at): Conditional[] => {
    const translated = translateCondition(source, useOf);
    const rest = { source, lists: readLists(table), placeholders: own[at] ?? [] };
    if (translated.kind === 'expression') return [{ expression: translated.text, names: translated.names, ...rest }];
    const program = readCondition?.(source);
    if (program !== undefined) return [{ expression: 'false', names: program.names, program: program.holds, ...rest }];
    problems.add({
      code: 'FOREIGN_UNSUPPORTED',
      severity: 'error',
      path: ['conditional', source],
      at: 'key',
      message: `the condition has ${JSON.stringify(translated.found)}, which is no expression of Rhai`,
      suggestion: 'compare placeholders with ==, !=, <, >, in, .contains("…"), joined by &&, || and !',
    });
    return [];
  });
}
