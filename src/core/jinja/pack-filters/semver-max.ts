import { fail } from '../fault.ts';

const VERSION =
  /^(0|[1-9]\d{0,15})\.(0|[1-9]\d{0,15})\.(0|[1-9]\d{0,15})(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;
const MAX_LENGTH = 256;

interface Version {
  readonly text: string;
  readonly core: readonly bigint[];
  readonly prerelease: readonly string[];
}

/** The highest of some versions by the precedence of SemVer 2.0.0 (section 11); undefined when there are none. */
export function semverMax(versions: readonly string[]): string | undefined {
  let best: Version | undefined;
  for (const text of versions) {
    const version = parseVersion(text);
    if (best === undefined || compareVersions(version, best) > 0) best = version;
  }
  return best?.text;
}

function parseVersion(text: string): Version {
  const match = text.length <= MAX_LENGTH ? VERSION.exec(text) : null;
  if (match === null) return fail(`"${text.slice(0, 64)}" is not a version as SemVer 2.0.0 defines it`);
  const core = [match[1], match[2], match[3]].map((part) => BigInt(part ?? '0'));
  return { text, core, prerelease: match[4]?.split('.') ?? [] };
}

function compareVersions(a: Version, b: Version): number {
  for (const [index, part] of a.core.entries()) {
    const other = b.core[index] ?? 0n;
    if (part !== other) return part < other ? -1 : 1;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (const [index, part] of a.prerelease.entries()) {
    const other = b.prerelease[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(part, other);
    if (order !== 0) return order;
  }
  return a.prerelease.length - b.prerelease.length;
}

/** Numbers before words, numbers by value, words by ASCII. */
function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOtherNumber) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
