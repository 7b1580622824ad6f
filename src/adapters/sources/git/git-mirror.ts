import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { FetchOptions } from '../../../ports/pack-source.ts';
import { isErrno, toDiskError } from '../../files/errno.ts';
import { ProcessLock } from '../../files/process-lock.ts';
import { type GitAddress, readAddress } from './git-address.ts';
import { toGitError } from './git-error.ts';
import { type GitOutcome, type GitRun, type GitSettings, runGit } from './run-git.ts';

const FULL_COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const SHORT_COMMIT = /^[0-9a-f]{7,63}$/;
const SMALL = 1024 * 1024;
const MAX_REFS_BYTES = 32 * 1024 * 1024;
const LOCK_WAIT_MILLISECONDS = 300_000;
const ALL_REFS = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];

/**
 * A repository on some host, and the bare one in the cache that holds what was fetched of it: single commits, without their history where the
 * host allows that. Never checked out. The commit that a name led to is kept as a ref of its own, so that it is found without network.
 */
export class GitMirror {
  readonly directory: string;
  readonly #address: GitAddress;
  readonly #settings: GitSettings;
  #refs: Promise<ReadonlyMap<string, string>> | undefined;

  /** @param url as in a reference; credentials in it are kept out of arguments, files and messages. */
  constructor(url: string, cacheDirectory: string, settings: GitSettings) {
    this.#settings = settings;
    this.#address = readAddress(url);
    this.directory = join(cacheDirectory, `${createHash('sha256').update(this.#address.url).digest('hex')}.git`);
  }

  /**
   * Finds the commit that a ref means now, and sees that it is in the cache. A full commit that is there already is not asked for.
   *
   * @param ref a tag, branch or commit; `undefined` for the default branch.
   * @throws PacksmithError `PACK_NOT_FOUND` for a ref that is not there; `SOURCE_UNREACHABLE`, `SOURCE_DENIED`, `OFFLINE_MISSING`, `GIT_MISSING`.
   */
  async resolve(ref: string | undefined, options: FetchOptions): Promise<string> {
    if (ref?.startsWith('-') === true)
      throw new PacksmithError('REFERENCE_INVALID', `${JSON.stringify(ref)} is not a branch, tag or commit`);
    const { signal } = options;
    const known = existsSync(this.directory) ? await this.#findKnown(ref, signal) : undefined;
    if (known !== undefined && (options.offline || ref === known)) return known;
    if (options.offline) {
      throw new PacksmithError('OFFLINE_MISSING', `${ref ?? 'the default branch'} of ${this.#address.shown} was never fetched`);
    }
    return this.#locked(signal, async () => {
      await this.#create(signal);
      const commit = await this.#fetch(ref, signal);
      await this.#git(['update-ref', keptRef(ref), commit], signal);
      return commit;
    });
  }

  /**
   * The newest of the tags that `pick` chooses from, where it chooses one, with its commit in the cache. Offline, the one that was chosen last.
   *
   * @throws PacksmithError as `resolve` does.
   */
  async resolveTag(
    pick: (tags: readonly string[]) => string | undefined,
    options: FetchOptions,
  ): Promise<{ readonly tag: string; readonly commit: string } | undefined> {
    if (options.offline) {
      const listed = await this.read(['for-each-ref', '--format=%(refname)', CHOSEN_TAGS], { maximumBytes: SMALL, signal: options.signal });
      const tag = pick(
        textOf(listed)
          .split('\n')
          .filter((name) => name !== '')
          .map((name) => name.slice(CHOSEN_TAGS.length)),
      );
      return tag === undefined ? undefined : { tag, commit: await this.resolve(tag, options) };
    }
    const tag = pick(await this.listTags(options.signal));
    if (tag === undefined) return undefined;
    const commit = await this.resolve(tag, options);
    await this.#git(['update-ref', `${CHOSEN_TAGS}${tag}`, commit], options.signal);
    return { tag, commit };
  }

  /** The names of all tags that the host has. */
  async listTags(signal: AbortSignal | undefined): Promise<string[]> {
    const refs = [...(await this.listRefs(signal)).keys()];
    return refs.flatMap((name) => (/^refs\/tags\/.*(?<!\^\{\})$/.test(name) ? [name.slice('refs/tags/'.length)] : []));
  }

  /** When a commit that is in the cache was made, in seconds since 1970. */
  async timeOf(commit: string, signal: AbortSignal | undefined): Promise<number> {
    return Number(textOf(await this.#git(['show', '-s', '--format=%ct', '--end-of-options', commit], signal)).trim());
  }

  /** Runs git in the cached repository. @throws PacksmithError `SOURCE_UNREACHABLE` and others as git's own words say. */
  async read(args: readonly string[], options: Pick<GitRun, 'input' | 'maximumBytes' | 'signal'>): Promise<Uint8Array> {
    return this.#judge(await runGit({ args, directory: this.directory, ...options }, this.#settings));
  }

  async #findKnown(ref: string | undefined, signal: AbortSignal | undefined): Promise<string | undefined> {
    const candidate = ref !== undefined && FULL_COMMIT.test(ref) ? ref : keptRef(ref);
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`];
    const outcome = await runGit({ args, directory: this.directory, maximumBytes: SMALL, signal }, this.#settings);
    return outcome.kind === 'done' ? textOf(outcome.output).trim() : undefined;
  }

  async #create(signal: AbortSignal | undefined): Promise<void> {
    if (existsSync(join(this.directory, 'HEAD'))) return;
    const staged = `${this.directory}.new`;
    rmSync(staged, { recursive: true, force: true });
    const args = ['init', '--quiet', '--bare', '--template=', '--', staged];
    this.#judge(await runGit({ args, maximumBytes: SMALL, signal }, this.#settings));
    rmSync(this.directory, { recursive: true, force: true });
    renameSync(staged, this.directory);
  }

  async #fetch(ref: string | undefined, signal: AbortSignal | undefined): Promise<string> {
    const refs = await this.listRefs(signal);
    const found = findRef(refs, ref);
    if (found !== undefined) {
      await this.#fetchShallow(found.name, signal);
      return this.#commitOf(found.object, signal);
    }
    if (ref === undefined)
      throw new PacksmithError('PACK_NOT_FOUND', `${this.#address.shown} has no commits`, { hint: 'commit the pack there first' });
    if (FULL_COMMIT.test(ref)) return this.#fetchCommit(ref, signal);
    if (SHORT_COMMIT.test(ref)) {
      await this.#fetchAll(signal);
      const commit = await this.#tryCommitOf(ref, signal);
      if (commit !== undefined) return commit;
    }
    throw this.#unknownRef(ref, refs);
  }

  /** Some hosts give any commit that is asked for; from the others everything is fetched to have it. */
  async #fetchCommit(commit: string, signal: AbortSignal | undefined): Promise<string> {
    const args = ['fetch', '--quiet', '--no-tags', '--depth=1', '--no-write-fetch-head', '--', this.#address.url, commit];
    const outcome = await this.#ask(args, signal);
    if (outcome.kind !== 'done') await this.#fetchAll(signal);
    const found = await this.#tryCommitOf(commit, signal);
    if (found !== undefined) return found;
    throw new PacksmithError('PACK_NOT_FOUND', `${this.#address.shown} has no commit ${commit}`);
  }

  async #fetchShallow(name: string, signal: AbortSignal | undefined): Promise<void> {
    const args = ['fetch', '--quiet', '--no-tags', '--depth=1', '--no-write-fetch-head', '--', this.#address.url, name];
    this.#judge(await this.#ask(args, signal));
  }

  /** Fetches every branch and tag, with all their history. */
  async fetchHistory(signal: AbortSignal | undefined): Promise<void> {
    await this.#locked(signal, () => this.#fetchAll(signal));
  }

  async #fetchAll(signal: AbortSignal | undefined): Promise<void> {
    const isShallow = existsSync(join(this.directory, 'shallow'));
    const depth = isShallow ? ['--unshallow'] : [];
    const args = ['fetch', '--quiet', '--no-tags', '--prune', ...depth, '--no-write-fetch-head', '--', this.#address.url, ...ALL_REFS];
    this.#judge(await this.#ask(args, signal));
  }

  /** The objects of all refs that the host has, by name; asked for once. That of an annotated tag is the tag, and `^{}` behind its name its commit. */
  listRefs(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, string>> {
    this.#refs ??= this.#askRefs(signal);
    return this.#refs;
  }

  async #askRefs(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, string>> {
    const args = ['ls-remote', '--quiet', '--', this.#address.url];
    const lines = textOf(this.#judge(await this.#ask(args, signal))).split('\n');
    const refs = lines.map((line) => /^([0-9a-f]{40,64})\t(.+)$/.exec(line)).filter((match) => match !== null);
    return new Map(refs.map(([, object = '', name = '']) => [name, object]));
  }

  async #commitOf(object: string, signal: AbortSignal | undefined): Promise<string> {
    const commit = await this.#tryCommitOf(object, signal);
    if (commit !== undefined) return commit;
    throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${this.#address.shown} names an object that it does not have`);
  }

  async #tryCommitOf(object: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${object}^{commit}`];
    const outcome = await runGit({ args, directory: this.directory, maximumBytes: SMALL, signal }, this.#settings);
    return outcome.kind === 'done' ? textOf(outcome.output).trim() : undefined;
  }

  /** Speaks to the host. */
  #ask(args: readonly string[], signal: AbortSignal | undefined): Promise<GitOutcome> {
    const { config } = this.#address;
    return runGit({ args, directory: this.directory, config, maximumBytes: MAX_REFS_BYTES, signal }, this.#settings);
  }

  async #git(args: readonly string[], signal: AbortSignal | undefined): Promise<Uint8Array> {
    return this.read(args, { maximumBytes: SMALL, signal });
  }

  #judge(outcome: GitOutcome): Uint8Array {
    if (outcome.kind === 'done') return outcome.output;
    throw toGitError(outcome, this.#address.shown);
  }

  #unknownRef(ref: string, refs: ReadonlyMap<string, string>): PacksmithError {
    const names = [...refs.keys()]
      .map((name) => name.replace(/^refs\/(?:heads|tags)\//, ''))
      .filter((name) => !/^HEAD$|\^\{\}$|^refs\//.test(name));
    const suggestions = nearest(ref, new Set(names));
    const hint =
      suggestions.length === 0
        ? names.length === 0
          ? 'it has no commits'
          : `there is ${names.slice(-5).join(', ')}`
        : `did you mean ${suggestions.join(' or ')}?`;
    return new PacksmithError('PACK_NOT_FOUND', `${this.#address.shown} has no branch, tag or commit ${JSON.stringify(ref)}`, {
      hint,
      suggestions,
    });
  }

  async #locked<Result>(signal: AbortSignal | undefined, run: () => Promise<Result>): Promise<Result> {
    const parent = join(this.directory, '..');
    const lock = new ProcessLock(`${this.directory}.lock`, {
      command: 'packs',
      what: `the cache of ${this.#address.shown}`,
      lockedCode: 'SOURCE_UNREACHABLE',
      waitMilliseconds: LOCK_WAIT_MILLISECONDS,
      prepare: () => mkdirSync(parent, { recursive: true, mode: 0o700 }),
    });
    try {
      const held = await lock.acquire({ signal });
      try {
        return await run();
      } finally {
        held.release();
      }
    } catch (error) {
      throw isErrno(error, 'EACCES', 'EROFS', 'ENOSPC', 'EPERM') ? toDiskError(error, `keep ${this.#address.shown} in the cache`) : error;
    }
  }
}

/** Below it, each tag that was chosen as the newest. */
const CHOSEN_TAGS = 'refs/packsmith-tags/';

/** The ref under which the commit of a name is kept; hashed, since the names of some are directories to others. */
function keptRef(ref: string | undefined): string {
  return `refs/packsmith/${createHash('sha256')
    .update(ref ?? 'HEAD')
    .digest('hex')}`;
}

/** `HEAD` is the default branch. Tags win over branches, as they do for git; an annotated tag is followed to its commit when it is there. */
function findRef(
  refs: ReadonlyMap<string, string>,
  ref: string | undefined,
): { readonly name: string; readonly object: string } | undefined {
  const names =
    ref === undefined || ref === 'HEAD'
      ? ['HEAD']
      : [
          `refs/tags/${ref}`,
          `refs/heads/${ref}`,
          ...(ref.startsWith('refs/') ? [ref] : []),
          ...(/^\d/.test(ref) ? [`refs/tags/v${ref}`] : []),
        ];
  for (const name of names) {
    const object = refs.get(name);
    if (object !== undefined) return { name, object };
  }
  return undefined;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
