import intersects from 'semver/ranges/intersects.js';
import minVersion from 'semver/ranges/min-version.js';
import type { MigrationDeclaration, PackManifest } from '../pack/pack-manifest.ts';
import { compareVersions, isInRange } from '../pack/versions.ts';

/**
 * The migrations of a pack on the way from one of its versions to another, in the order of the versions that they lead to: those between
 * exactly these two, and, going up, those between versions that are passed.
 */
export function migrationsBetween({ migrations, version }: PackManifest, from: string | undefined): MigrationDeclaration[] {
  if (from === undefined || from === version) return [];
  const way = { from, to: version };
  return migrations
    .filter((migration) => leadsBetween(migration, way) || isPassed(migration, way))
    .map((migration, index) => ({ migration, index }))
    .sort((a, b) => compareRanges(a.migration.to, b.migration.to) || compareRanges(a.migration.from, b.migration.from) || a.index - b.index)
    .map(({ migration }) => migration);
}

interface Way {
  readonly from: string;
  readonly to: string;
}

function leadsBetween(migration: MigrationDeclaration, { from, to }: Way): boolean {
  return isInRange(from, migration.from) && isInRange(to, migration.to);
}

/** Whether the way leads through versions on both sides of a migration, and does not begin behind it. */
function isPassed(migration: MigrationDeclaration, { from, to }: Way): boolean {
  if (compareVersions(from, to) >= 0 || isInRange(from, migration.to)) return false;
  return meets(migration.from, `>=${from} <${to}`) && meets(migration.to, `>${from} <=${to}`);
}

function meets(a: string, b: string): boolean {
  return intersects(a, b, { includePrerelease: true });
}

function compareRanges(a: string, b: string): number {
  return compareVersions(lowest(a), lowest(b));
}

/** The lowest version of a range. */
export function lowest(range: string): string {
  return minVersion(range)?.version ?? '0.0.0';
}
