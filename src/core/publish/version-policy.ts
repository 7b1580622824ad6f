import parse from 'semver/functions/parse.js';
import { compareVersions } from '../pack/versions.ts';

/** A version that a registry has. */
export interface PublishedVersion {
  readonly version: string;
  readonly status: 'available' | 'deprecated' | 'yanked';
}

/**
 * Whether going from one version to a newer one tells users that something may break: another major version, and before 1.0.0 another minor
 * version (before 0.1.0: another patch version). This is what a range such as `^1.2.0` keeps out.
 */
export function announcesBreakage(before: string, after: string): boolean {
  const [old, now] = [parse(before), parse(after)];
  if (old === null || now === null) return false;
  if (now.major !== old.major) return now.major > old.major;
  if (old.major > 0) return false;
  if (now.minor !== old.minor) return now.minor > old.minor;
  return old.minor === 0 && now.patch > old.patch;
}

/** The newest release below a version, which its changes are measured against; a pre-release where there is no release. Yanked ones do not count. */
export function findPredecessor<Published extends PublishedVersion>(
  version: string,
  published: readonly Published[],
): Published | undefined {
  const older = published
    .filter((candidate) => candidate.status !== 'yanked' && compareVersions(candidate.version, version) < 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  return older.find((candidate) => !isPrerelease(candidate.version)) ?? older[0];
}

/** The tag that a version gets where none is asked for: `latest`, and `next` for a pre-release. */
export function chooseTag(version: string): string {
  return isPrerelease(version) ? 'next' : 'latest';
}

/** Tells whether a version is a pre-release. */
export function isPrerelease(version: string): boolean {
  return (parse(version)?.prerelease.length ?? 0) > 0;
}
