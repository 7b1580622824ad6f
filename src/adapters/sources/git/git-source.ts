import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { foreignId, versionOfCommit, versionOfRef, versionOfTag } from '../../../core/foreign/foreign-identity.ts';
import { checkNested, isGgenManifest } from '../../../core/foreign/foreign-kind.ts';
import type { GitReference } from '../../../core/pack/git-reference.ts';
import { formatPackReference, type PackReference } from '../../../core/pack/pack-reference.ts';
import { compareVersions } from '../../../core/pack/versions.ts';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../../../ports/pack-source.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import { checkIsVersion, describeManifest, foreignFacts, parseManifestBytes } from '../archive/describe-pack.ts';
import { computeTreeIntegrity } from '../tree-integrity.ts';
import { describeCommit, findVersionAt } from './describe-commit.ts';
import { GitMirror } from './git-mirror.ts';
import { findGitKind, listGitFiles, packsAmong, readGitFile, readGitTree } from './read-git-tree.ts';
import type { GitSettings } from './run-git.ts';

export interface GitSourceSettings {
  /** Absolute; holds one bare repository for each address. */
  readonly cacheDirectory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `git` on the PATH where nothing is said. */
  readonly program?: string;
  /** For each run of git. */
  readonly timeoutMilliseconds?: number;
}

const DEFAULT_TIMEOUT = 180_000;

/**
 * Packs in git repositories, by the user's own git and its credentials. A ref is pinned to a commit; the version is that of the manifest,
 * whatever the tag says, and what is compared with a lockfile is the content, so that a tag that was moved is noticed.
 */
export class GitSource implements PackSource {
  readonly kind = 'git';
  readonly #git: GitSettings;
  readonly #cacheDirectory: string;

  constructor({ cacheDirectory, env, program = 'git', timeoutMilliseconds = DEFAULT_TIMEOUT }: GitSourceSettings) {
    this.#cacheDirectory = cacheDirectory;
    this.#git = { program, env, timeoutMilliseconds };
  }

  accepts(reference: PackReference): boolean {
    return reference.kind === 'git';
  }

  async listVersions(reference: PackReference, options: FetchOptions): Promise<readonly AvailableVersion[]> {
    throwIfAborted(options.signal);
    const git = asGit(reference);
    const mirror = this.#mirrorOf(git);
    const commit = await mirror.resolve(git.ref, options);
    const shown = formatPackReference(git);
    const path = git.path === undefined ? 'pack.toml' : `${git.path}/pack.toml`;
    const bytes = await readGitFile(mirror, { commit, path }, options.signal);
    const isForeign = bytes === undefined || isGgenManifest(decodeUtf8(bytes) ?? '');
    if (isForeign) return [await this.#describeForeign(git, mirror, commit, options)];
    const manifest = parseManifestBytes(bytes, shown);
    const pinned: GitReference = { ...git, ref: commit };
    return [describeManifest(manifest, { integrity: undefined, pinned, provenance: { kind: this.kind, location: shown } })];
  }

  async listReleases(reference: PackReference, { offline, signal }: FetchOptions): Promise<readonly GitReference[]> {
    const git = asGit(reference);
    if (git.ref !== undefined || offline) return [];
    return releasesAmong(await this.#mirrorOf(git).listTags(signal)).map((ref) => ({ ...git, ref }));
  }

  async fetch(version: AvailableVersion, options: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(options.signal);
    const git = asGit(version.pinned);
    const mirror = this.#mirrorOf(git);
    const commit = await mirror.resolve(git.ref, options);
    const shown = formatPackReference(git);
    const kind = version.isDerived === true ? await findGitKind(mirror, { commit, path: git.path, shown }, options.signal) : undefined;
    const files = await readGitTree(mirror, { commit, path: git.path, shown, kind }, options.signal);
    if (files === undefined) throw new PacksmithError('PACK_NOT_FOUND', `${shown} has no such directory`);
    checkIsVersion(files, version);
    return { files, integrity: computeTreeIntegrity(files), archiveIntegrity: undefined };
  }

  /** A template of another tool: without a ref the newest release among the tags, where there is one, as those tools' updates have it. */
  async #describeForeign(git: GitReference, mirror: GitMirror, commit: string, options: FetchOptions): Promise<AvailableVersion> {
    const { signal } = options;
    const shown = formatPackReference(git);
    const tagged = git.ref === undefined ? await mirror.resolveTag((tags) => releasesAmong(tags)[0], options) : undefined;
    const found = tagged?.commit ?? commit;
    const kind = await findGitKind(mirror, { commit: found, path: git.path, shown }, signal);
    if (kind === undefined) throw noPackThere({ path: git.path, shown }, await listGitFiles(mirror, found, signal));
    const named = tagged?.tag ?? git.ref;
    const tagVersion = named === undefined ? undefined : versionOfRef(named, found);
    // A commit that is named in full, as records of other tools name it, may be a release.
    const released = tagVersion ?? (git.ref === found ? await findVersionAt(mirror, found, options) : undefined);
    const version = released ?? versionOfCommit(found, stampOf(await mirror.timeOf(found, signal)));
    const facts = foreignFacts({ id: foreignId(git), version, ...(tagVersion !== undefined && { followsTags: true }) });
    const pinned: GitReference = { ...git, ref: found };
    // Copier writes it into the project. What a full commit was called when it was found is not asked for again.
    const revision = kind === 'copier' ? await describeCommit(mirror, found, { ...options, isKnown: git.ref === found }) : undefined;
    const provenance = { kind: this.kind, location: shown, ...(revision !== undefined && { revision }) } as const;
    return describeManifest(facts, { integrity: undefined, pinned, provenance });
  }

  #mirrorOf({ url }: GitReference): GitMirror {
    return new GitMirror(url, this.#cacheDirectory, this.#git);
  }
}

/** The releases among tags, newest first; pre-releases are for those who name them. */
function releasesAmong(tags: readonly string[]): string[] {
  const releases = tags.flatMap((tag) => {
    const version = versionOfTag(tag);
    return version === undefined || version.includes('-') ? [] : [{ tag, version }];
  });
  return releases.sort((a, b) => compareVersions(b.version, a.version)).map(({ tag }) => tag);
}

/** Fourteen digits in UTC. */
function stampOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function asGit(reference: PackReference): GitReference {
  if (reference.kind === 'git') return reference;
  throw new PacksmithError('SOURCE_UNSUPPORTED', 'only git repositories are read here');
}

/** @throws SeveralTemplates where templates stand in directories of it. */
function noPackThere(
  { path, shown }: { readonly path: string | undefined; readonly shown: string },
  files: readonly string[],
): PacksmithError {
  const prefix = path === undefined ? '' : `${path}/`;
  checkNested(
    files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length)),
    shown,
  );
  const directories = packsAmong(files);
  const hint = directories.length === 0 ? 'no directory of it has a pack.toml' : `it has packs in ${directories.slice(0, 20).join(', ')}`;
  return new PacksmithError('PACK_NOT_FOUND', `there is no pack at ${shown}`, { hint, suggestions: directories.slice(0, 20) });
}
