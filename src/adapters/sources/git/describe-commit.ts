import { versionOfTag } from '../../../core/foreign/foreign-identity.ts';
import { compareVersions } from '../../../core/pack/versions.ts';
import type { FetchOptions } from '../../../ports/pack-source.ts';
import type { GitMirror } from './git-mirror.ts';

const SMALL = 1024 * 1024;

/** As many digits as git gives of a commit in all but the largest repositories. */
const DIGITS = 7;

export interface DescribeOptions extends FetchOptions {
  /** Whether what it was called before will do. */
  readonly isKnown: boolean;
}

/**
 * What a repository calls a commit, as `git describe --tags --always` does: its tag, `v1.2.0-3-g1a2b3c4` for the third commit after one, or its
 * first digits. History is fetched only for a commit without a tag in a repository that has some.
 *
 * @returns `undefined` offline, where it was never described.
 * @throws PacksmithError as `GitMirror.resolve` does.
 */
export async function describeCommit(
  mirror: GitMirror,
  commit: string,
  { offline, isKnown, signal }: DescribeOptions,
): Promise<string | undefined> {
  const known = offline || isKnown ? await recall(mirror, commit, signal) : undefined;
  if (offline || known !== undefined) return known;
  const described = await ask(mirror, commit, signal);
  await mirror.read(['config', '--', keyOf(commit), described], { maximumBytes: SMALL, signal });
  return described;
}

async function ask(mirror: GitMirror, commit: string, signal: AbortSignal | undefined): Promise<string> {
  const { tags, exact } = await listTagsAt(mirror, commit, signal);
  const [only, ...others] = exact;
  if (only !== undefined && others.length === 0) return only;
  if (tags.length === 0) return commit.slice(0, DIGITS);
  await mirror.fetchHistory(signal);
  return textOf(await mirror.read(['describe', '--tags', '--always', commit], { maximumBytes: SMALL, signal }));
}

/** All tags, and those that lead to the commit. */
async function listTagsAt(mirror: GitMirror, commit: string, signal: AbortSignal | undefined) {
  const refs = await mirror.listRefs(signal);
  const tags = [...refs.keys()].filter((name) => name.startsWith(TAGS) && !name.endsWith(PEELED));
  const exact = tags.filter((name) => (refs.get(`${name}${PEELED}`) ?? refs.get(name)) === commit);
  return { tags, exact: exact.map((name) => name.slice(TAGS.length)) };
}

/**
 * The version that a tag gives a commit, the newest where several do. The host is asked once for each commit.
 *
 * @returns `undefined` where no tag does, and offline where it was never asked.
 * @throws PacksmithError as `GitMirror.resolve` does.
 */
export async function findVersionAt(mirror: GitMirror, commit: string, { offline, signal }: FetchOptions): Promise<string | undefined> {
  const key = `packsmith.${commit}.version`;
  const known = textOf(await mirror.read(['config', '--default', '', '--get', key], { maximumBytes: SMALL, signal }));
  if (known !== '') return known === NO_VERSION ? undefined : known;
  if (offline) return undefined;
  const { exact } = await listTagsAt(mirror, commit, signal);
  const [newest] = exact.flatMap((tag) => versionOfTag(tag) ?? []).sort((a, b) => compareVersions(b, a));
  await mirror.read(['config', '--', key, newest ?? NO_VERSION], { maximumBytes: SMALL, signal });
  return newest;
}

const NO_VERSION = 'none';

const TAGS = 'refs/tags/';

/** Behind the name of an annotated tag: the commit that it leads to. */
const PEELED = '^{}';

async function recall(mirror: GitMirror, commit: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const listed = textOf(await mirror.read(['config', '--default', '', '--get', keyOf(commit)], { maximumBytes: SMALL, signal }));
  return listed === '' ? undefined : listed;
}

/** Where the mirror keeps it. */
function keyOf(commit: string): string {
  return `packsmith.${commit}.described`;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').trim();
}
