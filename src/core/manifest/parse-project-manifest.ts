import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { isPackName, type PackName } from '../pack/pack-name.ts';
import { parsePackReference } from '../pack/pack-reference.ts';
import { checkGlob } from './check-paths.ts';
import { checkStructure } from './check-structure.ts';
import { type KeyPath, quote } from './key-path.ts';
import { reportFormat } from './parse-pack-manifest.ts';
import { Problems, toDiagnostics } from './problems.ts';
import type { ProjectManifest, ProjectMerge, ProjectMergeRule, ProjectPack } from './project-manifest.ts';
import { MERGE_MODES, projectSchema } from './project-schema.ts';
import { checkPackName, checkRange } from './read-packages.ts';
import { readToml } from './read-toml.ts';
import { FORMAT } from './schema-parts.ts';
import { isTable, readArray, readEntries, readKey, readString, readStrings, readTable, readTables, type Table } from './table.ts';
import { toValueMap } from './to-value.ts';

export interface ParsedProjectManifest {
  /** Absent when any of the diagnostics is an error. */
  readonly manifest: ProjectManifest | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the text of a `packsmith.toml` or of a composition file in TOML, as strictly as `parsePackManifest`. Never throws. */
export function parseProjectManifest(text: string, file = 'packsmith.toml'): ParsedProjectManifest {
  const read = readToml(text, file);
  return read.table === undefined ? { manifest: undefined, diagnostics: [read.diagnostic] } : readDocument(read.table, file, text);
}

/** Checks a composition file that was read from YAML or JSON: the same rules, without line and column. Never throws. */
export function parseProjectManifestValue(value: unknown, file: string): ParsedProjectManifest {
  if (isTable(value)) return readDocument(value, file);
  const message = 'the document must be a table of keys and values';
  return { manifest: undefined, diagnostics: [{ code: 'MANIFEST_INVALID_VALUE', severity: 'error', message, where: { file } }] };
}

function readDocument(document: Table, file: string, text?: string): ParsedProjectManifest {
  const problems = new Problems();
  const manifest = reportFormat(document, problems) ? undefined : readManifest(document, problems);
  const diagnostics = toDiagnostics(problems, file, text);
  return { manifest: problems.hasErrors ? undefined : manifest, diagnostics };
}

function readManifest(document: Table, problems: Problems): ProjectManifest {
  checkStructure(projectSchema, document, problems);
  return {
    format: FORMAT,
    name: readString(readTable(document, 'project'), 'name'),
    packs: readPacks(document, problems),
    variables: readVariables(readTable(document, 'variables'), ['variables'], problems),
    merge: readMerge(document, problems),
    preserve: readPreserve(document, problems),
    ...readFormatters(document, problems),
    overrides: readOverrides(document, problems),
  };
}

function readPacks(document: Table, problems: Problems): ProjectPack[] {
  const entries = readEntries(document, 'packs');
  if (problems.exceeds('resolutionPacks', ['packs'], entries.length)) return [];
  return entries.flatMap(([id, entry]) => {
    const path = ['packs', id];
    const isValid = checkPackName(path, id, problems);
    const table = isTable(entry) ? entry : {};
    const version = checkRange(path, entry, problems);
    const source = checkSource([...path, 'source'], readString(table, 'source'), problems);
    if (isTable(entry) && readKey(entry, 'version') === undefined && readKey(entry, 'source') === undefined) {
      problems.conflict(path, 'it needs version or source', 'add version = "*" for any version');
    }
    const variables = readVariables(readTable(table, 'variables'), [...path, 'variables'], problems);
    return isValid && isPackName(id) ? [{ id, version, source, variables }] : [];
  });
}

function checkSource(path: KeyPath, source: string | undefined, problems: Problems): string | undefined {
  if (source === undefined) return undefined;
  try {
    if (parsePackReference(source).kind === 'id') {
      problems.invalid(
        path,
        `${quote(source)} is an id, not a place`,
        'leave source out, or write "./directory", "gh:owner/repo" or "npm:name"',
      );
    }
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    problems.invalid(path, error.message, error.hint);
  }
  return source;
}

/** Templates of other tools ask by names that a pack could not have, such as `project-name`. */
const VARIABLE_KEY = /^(?:[@a-z0-9][a-z0-9._/-]*\.)?[A-Za-z_][\w-]*$/;

function readVariables(table: Table, path: KeyPath, problems: Problems): ProjectManifest['variables'] {
  for (const name of Object.keys(table)) {
    if (VARIABLE_KEY.test(name) && name.length <= 200) continue;
    const message = `${quote(name)} is not the name of a variable`;
    const suggestion = 'write name or "pack.name", in ASCII letters, digits, "_" and "-"';
    problems.add({ code: 'MANIFEST_INVALID_VALUE', severity: 'error', at: 'key', path: [...path, name], message, suggestion });
  }
  return toValueMap(Object.entries(table), path, problems);
}

function readMerge(document: Table, problems: Problems): ProjectMerge {
  const merge = readTable(document, 'merge');
  const packs = readEntries(document, 'packs').map(([id]) => id);
  if (problems.exceeds('mergeRules', ['merge', 'rules'], readArray(merge, 'rules').length)) return { mode: 'merge', rules: [] };
  const rules = readTables(merge, 'rules').map(({ index, entry }): ProjectMergeRule => {
    const path = ['merge', 'rules', index];
    const pattern = readString(entry, 'path') ?? '';
    if (pattern !== '') checkGlob([...path, 'path'], pattern, problems);
    const prefer = readPreferred(entry, path, { packs, problems });
    return { path: pattern, action: MERGE_MODES.find((mode) => mode === readKey(entry, 'action')) ?? 'merge', prefer };
  });
  return { mode: MERGE_MODES.find((mode) => mode === readKey(merge, 'mode')) ?? 'merge', rules };
}

/** A pack that is not asked for may still come as a dependency, so that its name is only doubtful. */
function readPreferred(entry: Table, path: KeyPath, context: { packs: readonly string[]; problems: Problems }): PackName | undefined {
  const { packs, problems } = context;
  const name = readString(entry, 'prefer');
  if (name === undefined) return undefined;
  const at = [...path, 'prefer'];
  if (!isPackName(name)) problems.invalid(at, `${quote(name)} is not a pack id`);
  else if (!packs.includes(name)) {
    problems.unknownName(at, { message: `${quote(name)} is not among the packs`, known: packs, name, severity: 'warning' });
  }
  return isPackName(name) ? name : undefined;
}

function readPreserve(document: Table, problems: Problems): string[] {
  const globs = readStrings(readTable(document, 'update'), 'preserve');
  for (const [index, glob] of globs.entries()) checkGlob(['update', 'preserve', index], glob, problems);
  return globs;
}

function readFormatters(document: Table, problems: Problems): Pick<ProjectManifest, 'formatters'> {
  const formatters = readTables(readTable(document, 'update'), 'format').map(({ index, entry }) => {
    const path = ['update', 'format', index];
    const files = readStrings(entry, 'files');
    const run = readStrings(entry, 'run');
    for (const [at, glob] of files.entries()) checkGlob([...path, 'files', at], glob, problems);
    if (run.length === 0)
      problems.invalid(
        [...path, 'run'],
        'it must name a program',
        'write a list such as ["npx", "prettier", "--stdin-filepath", "{path}"]',
      );
    return { files, run };
  });
  return formatters.length === 0 ? {} : { formatters };
}

function readOverrides(document: Table, problems: Problems): ProjectManifest['overrides'] {
  const overrides = new Map<PackName, string>();
  for (const [id, entry] of readEntries(document, 'overrides')) {
    const isValid = checkPackName(['overrides', id], id, problems);
    const range = checkRange(['overrides', id], entry, problems);
    if (isValid && range !== undefined && isPackName(id)) overrides.set(id, range);
  }
  return overrides;
}
