import { compareVersions } from '../pack/versions.ts';
import { pythonVersionOfTag, readCommitVersion, readDescription, toPythonVersion, UNVERSIONED, versionOfTag } from './foreign-identity.ts';

/** A commit of a template: its version, and what git says of it (`v1.2.0`, `v1.2.0-3-g1a2b3c4`, or its first digits). */
export interface NamedCommit {
  readonly version: string;
  readonly revision?: string | undefined;
}

/** Where a commit stands among the releases of its template: one behind a tag, whose own version says only its time, belongs to that release. */
export function releaseOf(commit: NamedCommit): string {
  const tag = readRevision(commit)?.tag;
  return (tag === undefined ? undefined : versionOfTag(tag)) ?? commit.version;
}

/** The same as PEP 440 has it: `v1` is 1, three commits behind `v1.2` are 1.2.post3.dev0+1a2b3c4. */
export function pythonVersionOf(commit: NamedCommit): string {
  const read = readRevision(commit);
  if (read !== undefined) return pythonVersionOfTag(read.tag) + (read.distance === 0 ? '' : `.post${read.distance}.dev0+${read.hash}`);
  const own = readCommitVersion(commit.version);
  return own === undefined ? toPythonVersion(commit.version) : `${UNVERSIONED}.post${own.stamp}.dev0+${own.hash.slice(0, 7)}`;
}

/** Whether going to a release would go back from a commit, which came after it or after a newer one. */
export function isBehind(release: NamedCommit, commit: NamedCommit): boolean {
  const { distance } = readRevision(commit) ?? {};
  if (distance === undefined || readCommitVersion(release.version) !== undefined) return false;
  const order = compareVersions(releaseOf(release), releaseOf(commit));
  return order < 0 || (order === 0 && distance > 0);
}

interface Revision {
  readonly tag: string;
  /** How many commits stand between. */
  readonly distance: number;
  readonly hash: string;
}

/** The tag of a version at a commit, or before it. */
function readRevision(commit: NamedCommit): Revision | undefined {
  const { version, revision } = commit;
  const own = readCommitVersion(version);
  if (revision === undefined || own?.hash.startsWith(revision) === true) return undefined;
  const read = readDescription(revision) ?? { tag: revision, distance: 0, hash: '' };
  const named = versionOfTag(read.tag);
  // One commit can have several tags, of which git names any.
  const isOther = own === undefined && (named !== version || read.hash !== '');
  return named === undefined || isOther ? undefined : read;
}
