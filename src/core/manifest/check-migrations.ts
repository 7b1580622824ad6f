import type { MigrationDeclaration, VariableDefinition } from '../pack/pack-manifest.ts';
import { compareVersions, isVersion, isVersionRange } from '../pack/versions.ts';
import { type KeyPath, quote } from './key-path.ts';
import { lowest } from './migration-path.ts';
import type { Problems } from './problems.ts';
import { NAME } from './schema-parts.ts';

interface Migrating {
  readonly version: string;
  readonly variables: readonly VariableDefinition[];
  readonly migrations: readonly MigrationDeclaration[];
}

/** Warns of migrations that can do nothing: that lead to a version after this one, or are about variables that the pack does not have. */
export function checkMigrations({ version, variables, migrations }: Migrating, problems: Problems): void {
  const passing = migrations.flatMap(({ renameVariables }) => [...renameVariables.keys()]);
  const known = new Set([...variables.map(({ name }) => name), ...passing]);
  for (const [index, migration] of migrations.entries()) {
    const path = ['migrations', index];
    const { to, addPacks } = migration;
    if (isVersion(version) && isVersionRange(to) && compareVersions(lowest(to), version) > 0)
      problems.warn(
        [...path, 'to'],
        `${quote(to)} begins after this version, ${version}: no project ever gets here`,
        'raise the version of the pack, or correct the range',
      );
    // What another pack took over has its variables there.
    if (addPacks.size === 0) for (const { at, name } of namedVariables(migration, path)) checkName(at, { name, known, problems });
  }
}

function namedVariables(
  { renameVariables, values, defaults, retype }: MigrationDeclaration,
  path: KeyPath,
): { at: KeyPath; name: string }[] {
  return [
    ...[...renameVariables].map(([old, name]) => ({ at: [...path, 'rename_variables', old], name })),
    ...[...values.keys()].map((name) => ({ at: [...path, 'values', name], name })),
    ...[...defaults.keys()].map((name) => ({ at: [...path, 'defaults', name], name })),
    ...retype.map((name, index) => ({ at: [...path, 'retype', index], name })),
  ];
}

function checkName(at: KeyPath, { name, known, problems }: { name: string; known: ReadonlySet<string>; problems: Problems }): void {
  // What is no name at all is reported where it is read.
  if (known.has(name) || !NAME.test(name)) return;
  problems.unknownName(at, { message: `the pack has no variable ${quote(name)}`, known: [...known], name, severity: 'warning' });
}
