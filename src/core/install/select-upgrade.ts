import satisfies from 'semver/functions/satisfies.js';
import { compareVersions, isVersion, isVersionRange } from '../pack/versions.ts';

/** How far an upgrade may go: within what was asked for, to whatever is newest, within the major version, or within the minor version. */
export type UpgradeReach = 'range' | 'latest' | 'minor' | 'patch';

/** A version that a place has, as far as choosing one needs it. */
export interface UpgradeCandidate {
  readonly version: string;
  readonly status: 'available' | 'deprecated' | 'yanked';
}

export interface UpgradeChoice {
  /** The newest version that is allowed; `undefined` when none is newer than the installed one. */
  readonly wanted: string | undefined;
  /** The newest release there is, allowed or not; `undefined` when none is newer. */
  readonly latest: string | undefined;
}

export interface UpgradeQuestion {
  readonly installed: string;
  readonly versions: readonly UpgradeCandidate[];
  readonly reach: UpgradeReach;
  /** What was asked for at installation; any release when `undefined`. */
  readonly range: string | undefined;
}

/**
 * Chooses what an installed version could be replaced by. Yanked versions never count, pre-releases only where the installed version is one
 * of the same release or the range names one, and nothing older than what is installed is ever chosen.
 */
export function selectUpgrade({ installed, versions, reach, range }: UpgradeQuestion): UpgradeChoice {
  const newer = versions
    .filter(({ version, status }) => status !== 'yanked' && isVersion(version) && compareVersions(version, installed) > 0)
    .map(({ version }) => version)
    .sort((a, b) => compareVersions(b, a));
  const allowed = upgradeRange(installed, reach, range);
  return {
    wanted: newer.find((version) => satisfies(version, allowed)),
    latest: newer.find((version) => satisfies(version, `>=${installed}`)),
  };
}

/** The range an upgrade may stay in, in npm's grammar. What was asked for binds everything but `latest`. */
export function upgradeRange(installed: string, reach: UpgradeReach, range: string | undefined): string {
  const asked = range !== undefined && isVersionRange(range) ? range : '*';
  const [major = '0', minor = '0'] = installed.split('.');
  const limit = { range: '', latest: '', minor: `<${Number(major) + 1}.0.0-0`, patch: `<${major}.${Number(minor) + 1}.0-0` }[reach];
  const floor = `>=${installed} ${limit}`.trim();
  if (reach === 'latest' || asked === '*') return floor;
  return asked
    .split('||')
    .map((part) => `${floor} ${part.trim()}`.trim())
    .join(' || ');
}
