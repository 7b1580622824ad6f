import type { MigrationDeclaration } from '../pack/pack-manifest.ts';
import { isPackName, type PackName } from '../pack/pack-name.ts';
import { isVersionRange } from '../pack/versions.ts';
import { checkPathOrDirectory } from './check-paths.ts';
import { type KeyPath, quote } from './key-path.ts';
import type { Problems } from './problems.ts';
import { checkPackName, checkRange, RANGE_HINT } from './read-packages.ts';
import { NAME, NAME_EXPECTED } from './schema-parts.ts';
import { isTable, readEntries, readString, readStrings, readTables, type Table } from './table.ts';
import { toValueMap } from './to-value.ts';

/** Reads `[[migrations]]`: between which versions, and what moves, is renamed, defaulted or handed to other packs. */
export function readMigrations(document: Table, problems: Problems): MigrationDeclaration[] {
  return readTables(document, 'migrations').map(({ index, entry }) => {
    const path = ['migrations', index];
    return {
      from: readRange(entry, [...path, 'from'], problems),
      to: readRange(entry, [...path, 'to'], problems),
      rename: readRenames(entry, [...path, 'rename'], problems),
      renameVariables: readVariableRenames(entry, [...path, 'rename_variables'], problems),
      defaults: toValueMap(readEntries(entry, 'defaults'), [...path, 'defaults'], problems),
      values: readValues(entry, [...path, 'values'], problems),
      retype: readStrings(entry, 'retype'),
      addPacks: readAddedPacks(entry, [...path, 'add_packs'], problems),
    };
  });
}

function readRange(entry: Table, path: KeyPath, problems: Problems): string {
  const range = readString(entry, String(path.at(-1))) ?? '';
  if (range !== '' && !isVersionRange(range)) problems.invalid(path, `${quote(range)} is not a version range`, RANGE_HINT);
  return range;
}

function readRenames(entry: Table, path: KeyPath, problems: Problems): Map<string, string> {
  const renames = new Map<string, string>();
  const targets = new Set<string>();
  for (const [old, renamed] of readEntries(entry, 'rename')) {
    if (typeof renamed !== 'string') continue;
    const at = [...path, old];
    checkPathOrDirectory(at, old, problems);
    checkPathOrDirectory(at, renamed, problems);
    if (old.endsWith('/') !== renamed.endsWith('/'))
      problems.conflict(at, 'a directory and a file cannot take each other’s place', 'end both in "/"');
    if (old === renamed) problems.conflict(at, 'the new path is the old one', 'remove it');
    if (targets.has(renamed)) problems.conflict(at, `two paths would become ${quote(renamed)}`, 'give each its own');
    targets.add(renamed);
    renames.set(old, renamed);
  }
  return renames;
}

function readVariableRenames(entry: Table, path: KeyPath, problems: Problems): Map<string, string> {
  const renames = new Map<string, string>();
  for (const [old, renamed] of readEntries(entry, 'rename_variables')) {
    if (typeof renamed !== 'string') continue;
    if (!NAME.test(renamed)) problems.invalid([...path, old], `${quote(renamed)} ${NAME_EXPECTED}`);
    if ([...renames.values()].includes(renamed))
      problems.conflict([...path, old], `two variables would become ${quote(renamed)}`, 'give each its own name');
    renames.set(old, renamed);
  }
  return renames;
}

function readValues(entry: Table, path: KeyPath, problems: Problems): MigrationDeclaration['values'] {
  return new Map(
    readEntries(entry, 'values').flatMap(([variable, mapping]) =>
      isTable(mapping) ? [[variable, toValueMap(Object.entries(mapping), [...path, variable], problems)] as const] : [],
    ),
  );
}

function readAddedPacks(entry: Table, path: KeyPath, problems: Problems): Map<PackName, string> {
  const added = new Map<PackName, string>();
  for (const [id, range] of readEntries(entry, 'add_packs')) {
    const isValid = checkPackName([...path, id], id, problems);
    const version = checkRange([...path, id], range, problems);
    if (isValid && version !== undefined && isPackName(id)) added.set(id, version);
  }
  return added;
}
