import { intersectNpmRanges } from './npm-ranges.ts';

/** The versions that two Cargo requirements share, as a requirement: a bare version is a caret range, and commas join. `undefined` when there is none. */
export function intersectCargoRanges(ours: string, theirs: string): string | undefined {
  const shared = intersectNpmRanges(toNpm(ours), toNpm(theirs));
  if (shared === undefined || shared.includes('||')) return undefined;
  if (shared === toNpm(ours)) return ours;
  if (shared === toNpm(theirs)) return theirs;
  return shared.replace(/^\^/, '').replaceAll(' ', ', ');
}

/** The same requirement in npm's grammar, where a bare version is exact and white space joins. */
function toNpm(requirement: string): string {
  return requirement
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^(?=\d)/, '^')
        .replace(/^([<>=~^]+)\s+/, '$1')
        .replace(/^\^(?=.*\*)/, ''),
    )
    .join(' ');
}
