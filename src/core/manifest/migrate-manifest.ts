import type { MigrationDeclaration, PackManifest, VariableDefinition } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';
import { coerceText } from '../template/answers/coerce-text.ts';
import type { DocumentEdit } from './edit-toml.ts';
import { migrationsBetween } from './migration-path.ts';
import type { ProjectManifest } from './project-manifest.ts';

export interface ManifestMigration {
  /** The manifest with the answers that the new versions understand. */
  readonly manifest: ProjectManifest;
  /** The same as edits to the user's file. */
  readonly edits: readonly DocumentEdit[];
  /** Packs that took over a part of another one, with their ranges. */
  readonly addPacks: ReadonlyMap<PackName, string>;
}

/**
 * Carries the answers of a project over to new versions of its packs: variables get their new names, old values become new ones,
 * and variables without an answer get the default that the migration gives. Answers under `pack.name` are carried over as well.
 */
export function migrateManifest(
  manifest: ProjectManifest,
  packs: readonly PackManifest[],
  lockedVersion: (id: PackName) => string | undefined,
): ManifestMigration {
  const variables = new Map(manifest.variables);
  const addPacks = new Map<PackName, string>();
  for (const pack of packs) {
    for (const migration of migrationsBetween(pack, lockedVersion(pack.id))) {
      applyTo(variables, pack, migration);
      for (const [id, range] of migration.addPacks) if (!manifest.packs.some((listed) => listed.id === id)) addPacks.set(id, range);
    }
  }
  const removed = [...manifest.variables.keys()].filter((key) => !variables.has(key));
  const changed = [...variables].filter(([key, value]) => manifest.variables.get(key) !== value);
  const edits: DocumentEdit[] = [
    ...removed.map((key) => ({ kind: 'unset' as const, path: ['variables', ...key.split('.')] })),
    ...changed.map(([key, value]) => ({ kind: 'set' as const, path: ['variables', ...key.split('.')], value })),
    ...[...addPacks].map(([id, range]) => ({ kind: 'set' as const, path: ['packs', id], value: range })),
  ];
  return { manifest: { ...manifest, variables }, edits, addPacks };
}

function applyTo(variables: Map<string, Value>, { id: pack, variables: definitions }: PackManifest, migration: MigrationDeclaration): void {
  const { renameVariables, values, retype, defaults } = migration;
  for (const [old, renamed] of renameVariables) {
    renameKey(variables, old, renamed);
    renameKey(variables, `${pack}.${old}`, `${pack}.${renamed}`);
  }
  for (const [name, table] of values) {
    replaceValue(variables, name, table);
    replaceValue(variables, `${pack}.${name}`, table);
  }
  for (const name of retype) {
    const definition = definitions.find((variable) => variable.name === name);
    for (const key of definition === undefined ? [] : [name, `${pack}.${name}`])
      retypeValue(variables, key, definition as VariableDefinition);
  }
  for (const [name, value] of defaults) if (!variables.has(name) && !variables.has(`${pack}.${name}`)) variables.set(name, value);
}

function renameKey(variables: Map<string, Value>, from: string, to: string): void {
  const value = variables.get(from);
  if (value === undefined) return;
  variables.delete(from);
  if (!variables.has(to)) variables.set(to, value);
}

function replaceValue(variables: Map<string, Value>, key: string, table: ReadonlyMap<string, Value>): void {
  const current = variables.get(key);
  if (current === undefined || (typeof current === 'object' && current !== null)) return;
  const renewed = table.get(String(current));
  if (renewed !== undefined) variables.set(key, renewed);
}

/** Reads an answer as if it had been given as text. What cannot be read stays, and is reported as an answer of the wrong type. */
function retypeValue(variables: Map<string, Value>, key: string, definition: VariableDefinition): void {
  const current = variables.get(key);
  const text = Array.isArray(current) && (current as readonly Value[]).every(isPlain) ? current.map(String).join(',') : current;
  if (!isPlain(text)) return;
  const read = coerceText(String(text), definition);
  if (read.kind === 'valid') variables.set(key, read.value);
}

function isPlain(value: Value | undefined): value is string | number | bigint | boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}
