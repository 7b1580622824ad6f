import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import { checkMigrations } from './check-migrations.ts';
import { checkStructure } from './check-structure.ts';
import type { LimitName } from './limits.ts';
import { packSchema } from './pack-schema.ts';
import { Problems, toDiagnostics } from './problems.ts';
import { readExamples, readHealth, readHooks, readMergeRules } from './read-actions.ts';
import { readLanguage } from './read-language.ts';
import { readLint } from './read-lint.ts';
import { readMigrations } from './read-migrations.ts';
import { readPackSection } from './read-pack-section.ts';
import { readDependencies, readPackages } from './read-packages.ts';
import { readData, readQueries } from './read-sources.ts';
import { readTemplates } from './read-templates.ts';
import { readToml } from './read-toml.ts';
import { readVariables } from './read-variables.ts';
import { FORMAT } from './schema-parts.ts';
import { isTable, readKey, type Table } from './table.ts';

export interface ParsedPackManifest {
  /** Absent when any of the diagnostics is an error. */
  readonly manifest: PackManifest | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses the text of a `pack.toml` of format 1. All problems are found at once, each with its position in `file` and, where there is one, a
 * suggestion, in the order of the text. Never throws. Expressions and templates are not parsed, patterns are not compiled (`checkPatterns`),
 * and files that are named need not exist.
 */
export function parsePackManifest(text: string, file = 'pack.toml'): ParsedPackManifest {
  const read = readToml(text, file);
  if (read.table === undefined) return { manifest: undefined, diagnostics: [read.diagnostic] };
  const problems = new Problems();
  const manifest = reportFormat(read.table, problems) ? undefined : readManifest(read.table, problems);
  const diagnostics = toDiagnostics(problems, file, text);
  return { manifest: problems.hasErrors ? undefined : manifest, diagnostics };
}

/** Reports a format of another version, whose other keys are then not judged; tells whether it is one. */
export function reportFormat(document: Table, problems: Problems): boolean {
  const format = readKey(document, 'format');
  if (typeof format !== 'number' || format === FORMAT) return false;
  problems.add({
    code: 'MANIFEST_UNSUPPORTED_FORMAT',
    severity: 'error',
    path: ['format'],
    at: 'value',
    message: `format ${format} is not known; this version of packsmith reads format ${FORMAT}`,
    suggestion: format > FORMAT ? 'use a newer packsmith' : `write format = ${FORMAT}`,
  });
  return true;
}

function readManifest(whole: Table, problems: Problems): PackManifest | undefined {
  const document = dropOversized(whole, problems);
  checkStructure(packSchema, document, problems);
  const { id, ...pack } = readPackSection(document, problems);
  const variables = readVariables(document, problems);
  const sections = {
    dependencies: readDependencies(document, problems),
    packages: readPackages(document, problems),
    variables,
    templates: readTemplates(document, problems),
    queries: readQueries(document, problems),
    data: readData(document, problems),
    hooks: readHooks(document, problems),
    merge: readMergeRules(document, problems),
    examples: readExamples(document, variables, problems),
    health: readHealth(document, problems),
    migrations: readMigrations(document, problems),
    lint: readLint(document),
    ...readLanguage(document, problems),
  };
  checkMigrations({ ...sections, version: pack.version }, problems);
  return id === undefined ? undefined : { format: FORMAT, id, ...pack, ...sections };
}

const LIMITED_SECTIONS: readonly (readonly [string, LimitName])[] = [
  ['dependencies', 'dependencies'],
  ['variables', 'variables'],
  ['templates', 'templates'],
  ['queries', 'queries'],
  ['data', 'data'],
  ['merge', 'mergeRules'],
  ['examples', 'examples'],
  ['health', 'health'],
  ['migrations', 'migrations'],
];

const LIMITED_GROUPS: readonly (readonly [string, LimitName])[] = [
  ['packages', 'packages'],
  ['hooks', 'hooks'],
];

/** Leaves out the sections that are over their limit, so that what follows takes bounded time. */
function dropOversized(document: Table, problems: Problems): Table {
  const kept: Record<string, unknown> = Object.assign(Object.create(null), document);
  for (const [section, limit] of LIMITED_SECTIONS) {
    if (problems.exceeds(limit, [section], countEntries(readKey(document, section)))) kept[section] = undefined;
  }
  for (const [section, limit] of LIMITED_GROUPS) {
    const group = readKey(document, section);
    const count = isTable(group) ? Object.values(group).reduce<number>((sum, entry) => sum + countEntries(entry), 0) : 0;
    if (problems.exceeds(limit, [section], count)) kept[section] = undefined;
  }
  return kept;
}

function countEntries(section: unknown): number {
  if (Array.isArray(section)) return section.length;
  return isTable(section) ? Object.keys(section).length : 0;
}
