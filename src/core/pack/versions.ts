import compareBuild from 'semver/functions/compare-build.js';
import parse from 'semver/functions/parse.js';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';

const MAX_LENGTH = 256;

/** Tells whether text is a version by SemVer 2.0.0, with nothing around it. */
export function isVersion(text: string): boolean {
  return text.length <= MAX_LENGTH && /^\d\S*$/.test(text) && parse(text) !== null;
}

/** Tells whether text is a range in npm's grammar that says something: `^1.2`, `>=1 <3`, `1.x || 2.x`, `*`, an exact version. */
export function isVersionRange(text: string): boolean {
  return text.trim() !== '' && text.length <= MAX_LENGTH && validRange(text) !== null;
}

/** Tells whether a version lies in a range; pre-releases only where the range names one of the same triple. False for malformed text. */
export function isInRange(version: string, range: string): boolean {
  return isVersion(version) && isVersionRange(range) && satisfies(version, range);
}

/** Tells whether a version of packsmith is one that a pack's `requires` accepts; a pre-release counts as the release it leads to. False for malformed text. */
export function isToolInRange(tool: string, requires: string): boolean {
  return isVersion(tool) && isVersionRange(requires) && satisfies(tool, requires, { includePrerelease: true });
}

/** Orders two versions by SemVer precedence, older first; versions that differ only in build metadata by its parts, numbers by their size, so that the order is total. */
export function compareVersions(a: string, b: string): number {
  return compareBuild(a, b) || (a === b ? 0 : a < b ? -1 : 1);
}
