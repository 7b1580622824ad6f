import { isPackName, MAX_PACK_NAME_LENGTH, type PackName } from '../pack/pack-name.ts';
import type { PackReference } from '../pack/pack-reference.ts';
import { isVersion } from '../pack/versions.ts';
import { findMarker, withoutMarker } from './foreign-kind.ts';

/** The version of a template in a folder, which says none. */
export const UNVERSIONED = '0.0.0';

/**
 * The id of a template of another tool: the last name of what it was asked for by, in lower case, without accents, with `-` for what an id cannot have.
 * `gh:owner/cookiecutter-thing` is `cookiecutter-thing`, `gh:owner/templates/api` is `templates-api`, `./My Template` is `my-template`.
 */
export function foreignId(reference: PackReference): PackName {
  const name = nameOf(reference)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, MAX_PACK_NAME_LENGTH)
    .replace(/-+$/, '');
  return isPackName(name) ? name : ('template' as PackName);
}

function nameOf(reference: PackReference): string {
  switch (reference.kind) {
    case 'git': {
      const repository = lastName(reference.url.replace(/\.git$/i, ''));
      return withDirectory(repository, findMarker(reference.path)?.directory ?? reference.path);
    }
    case 'path':
      return lastName(withoutMarker(reference.path));
    case 'archive':
      return withoutEnding(lastName(withoutMarker(reference.path)));
    case 'url':
      return withDirectory(withoutEnding(lastName(reference.url.replace(/[?#].*$/, ''))), withoutMarker(reference.url.split('#')[1] ?? ''));
    case 'oci':
      return lastName(reference.repository);
    default:
      return reference.name;
  }
}

function withDirectory(name: string, directory: string | undefined): string {
  return directory === undefined || directory === '' ? name : `${name}-${directory.replaceAll('/', '-')}`;
}

function lastName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '' && part !== '.' && part !== '..') ?? '';
}

function withoutEnding(name: string): string {
  return name.replace(/\.(?:tgz|tar|tar\.gz|zip)$/i, '').replace(/-v?\d+(?:\.\d+)*$/, '');
}

/**
 * The version that a tag names: `v1.2.0`, `1.2.0`, also `1.2` and `1`, and what PEP 440 has besides. Pre-releases of that come before their release
 * (`2.0.0rc1` is 2.0.0-rc.1), post-releases and more than three numbers after it (`1.2.3.post1` is 1.2.3+post.1, `18.0.1.0.2` is 18.0.1+0.2);
 * `undefined` for any other tag.
 */
export function versionOfTag(tag: string): string | undefined {
  const bare = tag.replace(/^v(?=\d)/i, '');
  const read = readPython(bare);
  const later = read === undefined ? undefined : behindRelease(read);
  if (read !== undefined && later !== undefined) return versionOf(read.numbers.slice(0, 3), later);
  const [, digits = '', rest = ''] = /^(\d+(?:\.\d+){0,2})((?:[-+].*)?)$/.exec(bare) ?? [];
  const earlier = read === undefined ? undefined : beforeRelease(read);
  return versionOf(digits.split('.'), rest) ?? (read === undefined || earlier === undefined ? undefined : versionOf(read.numbers, earlier));
}

/** The same of a ref that stands for a commit, whose own first digits can look like a version: `876b725` is none. */
export function versionOfRef(ref: string, commit: string): string | undefined {
  return commit.startsWith(ref) ? undefined : versionOfTag(ref);
}

function versionOf(numbers: readonly string[], rest: string): string | undefined {
  const parts = numbers.map(withoutZeros);
  const version = `${[...parts, '0', '0'].slice(0, 3).join('.')}${rest}`;
  return isVersion(version) ? version : undefined;
}

/** `05` is 5. */
function withoutZeros(number: string): string {
  return number.replace(/^0+(?=\d)/, '');
}

/** The spellings that PEP 440 takes for one another. */
const PHASES: Readonly<Record<string, string>> = { a: 'a', alpha: 'a', b: 'b', beta: 'b', c: 'rc', rc: 'rc', pre: 'rc', preview: 'rc' };

interface PythonVersion {
  readonly numbers: readonly string[];
  readonly phase: string | undefined;
  readonly count: number;
  readonly post: number | undefined;
  readonly development: number | undefined;
}

/** A version as PEP 440 writes it: `a1`, `b2`, `rc1`, `.post1` and `.dev3` in all their spellings. */
function readPython(bare: string): PythonVersion | undefined {
  const [whole, digits = '', phase, count = '', bareNumber, number, development] =
    /^(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?$/i.exec(
      bare,
    ) ?? [];
  if (whole === undefined) return undefined;
  const post = bareNumber ?? number;
  return {
    numbers: digits.split('.'),
    phase: phase === undefined ? undefined : (PHASES[phase.toLowerCase()] ?? phase),
    count: Number(count),
    post: post === undefined ? undefined : Number(post),
    development: development === undefined ? undefined : Number(development),
  };
}

/** What stands behind three numbers, in the order that PEP 440 gives pre-releases: a development release comes first of all. */
function beforeRelease({ numbers, phase, count, post, development }: PythonVersion): string | undefined {
  if (numbers.length > 3 || post !== undefined || (phase === undefined && development === undefined)) return undefined;
  if (phase === undefined) return `-0.dev.${development ?? 0}`;
  if (development === undefined) return `-${phase}.${count}`;
  // It stands below the pre-release that it leads to, and above the one before that.
  return count === 0 ? `-${phase}.0.dev.${development}` : `-${phase}.${count - 1}.dev.${development}`;
}

/** The same of releases that come after that of the first three numbers. */
function behindRelease({ numbers, phase, post, development }: PythonVersion): string | undefined {
  if (phase !== undefined || development !== undefined || (numbers.length <= 3 && post === undefined)) return undefined;
  const more = numbers.slice(3).map(withoutZeros);
  return `+${[...more, ...(post === undefined ? [] : ['post', post])].join('.')}`;
}

/** A version as PEP 440 writes it, where it was read from that: `2.0.0-rc.1` is 2.0.0rc1, `1.2.3+post.1` is 1.2.3.post1. */
export function toPythonVersion(version: string): string {
  const [, before, more, post] = /^(\d+\.\d+\.\d+)\+(?=\d|post)(\d+(?:\.\d+)*)?(?:\.?post\.(\d+))?$/.exec(version) ?? [];
  if (before !== undefined) return `${before}${more === undefined ? '' : `.${more}`}${post === undefined ? '' : `.post${post}`}`;
  const [, release, phase = '', count = '', development] = /^(\d+\.\d+\.\d+)-(?:(a|b|rc)\.)?(\d+)(?:\.dev\.(\d+))?$/.exec(version) ?? [];
  if (release === undefined) return version;
  if (development === undefined) return phase === '' ? version : `${release}${phase}${count}`;
  // A development release stands below the pre-release that it leads to.
  return phase === '' ? `${release}.dev${development}` : `${release}${phase}${Number(count) + 1}.dev${development}`;
}

/** What PEP 440 makes of a tag, with no more numbers than it has: `v1` is 1, `v2.0.0-beta.3` is 2.0.0b3. */
export function pythonVersionOfTag(tag: string): string {
  const read = readPython(tag.replace(/^v(?=\d)/i, ''));
  if (read === undefined) return toPythonVersion(versionOfTag(tag) ?? tag);
  const { numbers, phase, count, post, development } = read;
  const release = numbers.map(withoutZeros).join('.');
  const parts = [
    phase === undefined ? '' : `${phase}${count}`,
    post === undefined ? '' : `.post${post}`,
    development === undefined ? '' : `.dev${development}`,
  ];
  return release + parts.join('');
}

/** The version of a commit without a tag, later for later commits: `0.0.0-20260305070809.g1a2b3c4d5e6f`. `stamp` is its instant in UTC as fourteen digits. */
export function versionOfCommit(commit: string, stamp: string): string {
  return `${UNVERSIONED}-${stamp}.g${commit.slice(0, 12)}`;
}

/** The instant and the first digits of the commit that `versionOfCommit` made a version of; `undefined` for another version. */
export function readCommitVersion(version: string): { readonly stamp: string; readonly hash: string } | undefined {
  const [, stamp, hash] = /^0\.0\.0-(\d{14})\.g([0-9a-f]{12})$/.exec(version) ?? [];
  return stamp === undefined || hash === undefined ? undefined : { stamp, hash };
}

/** How git describes a commit: `v1.2.0-3-g1a2b3c4` is three behind the tag `v1.2.0`; `undefined` for a tag, or digits. */
export function readDescription(text: string): { readonly tag: string; readonly distance: number; readonly hash: string } | undefined {
  const [, tag, distance, hash] = /^(.*)-(\d+)-g([0-9a-f]{7,40})$/.exec(text) ?? [];
  return tag === undefined || hash === undefined ? undefined : { tag, distance: Number(distance), hash };
}

/** The version of an archive, which says none: it is another one when its content is. */
export function versionOfContent(integrity: string): string {
  return `${UNVERSIONED}-c${integrity
    .replace(/^sha512-/, '')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 12)}`;
}
