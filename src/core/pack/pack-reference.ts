import { editDistance } from '../text/nearest.ts';
import { prefixed } from '../text/prefixed.ts';
import { formatGit, GIT_SCHEMES, type GitReference, parseGit, parseHosted, parsePage, parseScpForm } from './git-reference.ts';
import { findPackNameProblem, isPackName, type PackName } from './pack-name.ts';
import { redactUrl } from './redact-url.ts';
import { checkReferenceLetters, invalidReference } from './reference-problem.ts';
import { isVersionRange } from './versions.ts';

/**
 * What names a pack, or a place that has one. `range` is a range in npm's grammar or the name of a tag such as `latest`; a `path` within a git
 * repository is a `ProjectPath`; that of an archive may go on with a directory in it (`pack.zip/dir`), as may the fragment of an address; addresses may still hold credentials and must be shown through `redactUrl` or `formatPackReference` only.
 */
export type PackReference =
  | { readonly kind: 'id'; readonly name: PackName; readonly range?: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'archive'; readonly path: string }
  | GitReference
  | { readonly kind: 'npm'; readonly name: string; readonly range?: string }
  | { readonly kind: 'oci'; readonly host: string; readonly repository: string; readonly tag?: string; readonly digest?: string }
  | { readonly kind: 'url'; readonly url: string };

const MAX_REFERENCE_LENGTH = 2_048;

/**
 * Parses a reference to a pack: an id with a range, a path, an archive, git, npm, OCI, or an address.
 * @throws PacksmithError `REFERENCE_INVALID` with what was expected; credentials are not repeated in it.
 */
export function parsePackReference(text: string): PackReference {
  const trimmed = text.trim();
  if (trimmed === '') throw invalidReference(text, 'it is empty');
  if (trimmed.length > MAX_REFERENCE_LENGTH) throw invalidReference(text, `it is longer than ${MAX_REFERENCE_LENGTH} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/.test(trimmed) || !trimmed.isWellFormed()) {
    throw invalidReference(text, 'it has control characters');
  }
  if (isPathForm(trimmed)) return toPathReference(trimmed);
  const scheme = /^([a-z][a-z0-9+.-]+):(?!$)/i.exec(trimmed)?.[1]?.toLowerCase();
  return scheme === undefined ? parsePlain(trimmed) : parseWithScheme(scheme, trimmed);
}

/** Writes a reference in the form that `parsePackReference` reads, with credentials masked. */
export function formatPackReference(reference: PackReference): string {
  switch (reference.kind) {
    case 'id':
      return withRange(reference.name, reference.range);
    case 'npm':
      return `npm:${withRange(reference.name, reference.range)}`;
    case 'path':
    case 'archive':
      return formatPath(reference);
    case 'git':
      return formatGit(reference);
    case 'oci':
      return `oci://${reference.host}/${reference.repository}${prefixed(':', reference.tag)}${prefixed('@', reference.digest)}`;
    case 'url':
      return redactUrl(reference.url);
    default:
      return reference satisfies never;
  }
}

function withRange(name: string, range: string | undefined): string {
  return `${name}${prefixed('@', range)}`;
}

// Paths and archives

function isPathForm(text: string): boolean {
  return /^(?:\.{1,2}(?:[\\/]|$)|[\\/]|~(?:[\\/]|$)|[a-z]:[\\/])/i.test(text);
}

/** Whether it has the ending of an archive, or a directory behind that. */
function isArchivePath(path: string): boolean {
  return /\.(?:tgz|tar\.gz|tar|zip)(?:$|[\\/]+[^\\/])/i.test(path);
}

function toPathReference(path: string): PackReference {
  return { kind: isArchivePath(path) ? 'archive' : 'path', path };
}

function formatPath({ kind, path }: { kind: 'path' | 'archive'; path: string }): string {
  const isPlainArchive = kind === 'archive' && !path.includes(':');
  return isPathForm(path) || isPlainArchive ? path : `file:${path}`;
}

function parseFile(text: string): PackReference {
  const rest = text.slice('file:'.length);
  if (!rest.startsWith('//')) {
    if (rest.trim() === '') throw invalidReference(text, 'the path is missing', 'write file:../dir');
    return toPathReference(rest.trim());
  }
  if (!/^\/\/(?:localhost)?\//i.test(rest))
    throw invalidReference(text, 'a file address must not name a host', 'write file:///directory or file:../directory');
  return toPathReference(decodePath(text, rest.replace(/^\/\/(?:localhost)?(?=\/)/i, '')));
}

function decodePath(text: string, path: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw invalidReference(text, 'it has a malformed % escape');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f-\u009f]/.test(decoded)) throw invalidReference(text, 'it has control characters');
  return decoded.replace(/^\/(?=[a-z]:[\\/])/i, '');
}

// Ids and npm names

function parsePlain(text: string): PackReference {
  if (/^[\w.+-]+@[\w.-]+:/.test(text)) return parseScpForm(text);
  if (isArchivePath(text) && !text.startsWith('@')) return { kind: 'archive', path: text };
  const { name, range } = splitRange(text);
  checkReferenceLetters(text, name);
  if (!isPackName(name)) throw invalidReference(text, findPackNameProblem(name) ?? 'it is not an id', suggestPlain(name));
  return range === undefined ? { kind: 'id', name } : { kind: 'id', name, range };
}

function suggestPlain(name: string): string | undefined {
  if (/^[^@/][^/]*\//.test(name)) return `for a directory write "./${name}", for a repository "gh:${name}"`;
  const plain = name.toLowerCase();
  return isPackName(plain) ? `write "${plain}"` : 'write for example web-api-starter, @scope/name, ./directory, gh:owner/repo or npm:name';
}

/** Splits `name@range`; the "@" of a scope is part of the name. */
function splitRange(text: string): { name: string; range?: string } {
  const at = text.indexOf('@', 1);
  if (at < 0) return { name: text };
  const range = text.slice(at + 1).trim();
  if (!isRangeOrTag(range)) {
    throw invalidReference(
      text,
      `${range === '' ? 'nothing stands after the "@"' : `"${range}" is not a version range`}`,
      'write for example name@^1.2 or name@latest',
    );
  }
  return { name: text.slice(0, at), range };
}

function isRangeOrTag(range: string): boolean {
  return isVersionRange(range) || /^[a-z][a-z0-9._-]{0,99}$/i.test(range);
}

function parseNpm(text: string): PackReference {
  const { name, range } = splitRange(text.slice('npm:'.length));
  checkReferenceLetters(text, name);
  if (name.length > 214 || !/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name)) {
    throw invalidReference(text, `"${name}" is not the name of an npm package`, 'write npm:name or npm:@scope/name, with @range if wanted');
  }
  return range === undefined ? { kind: 'npm', name } : { kind: 'npm', name, range };
}

// OCI and addresses

function parseOci(text: string): PackReference {
  const form = /^oci:\/\/([a-z0-9.-]+(?::\d{1,5})?|\[[\da-f:]+\](?::\d{1,5})?)\/([^:@]+)(?::([^@]*))?(?:@(.*))?$/i;
  checkReferenceLetters(text, text);
  const [, host, repository = '', tag, digest] = form.exec(text) ?? [];
  const isRepository = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(repository) && repository.length <= 255;
  if (host === undefined || host.startsWith('-') || !isRepository) {
    throw invalidReference(text, 'the host or the repository is missing or malformed', 'write oci://host/path/pack:1.2.0');
  }
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) throw invalidReference(text, `"${tag}" is not a tag`);
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw invalidReference(text, 'the digest must be sha256: and 64 hexadecimal digits');
  return { kind: 'oci', host, repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function parseAddress(text: string, scheme: string): PackReference {
  const host = /^https?:\/\/(?:[^\s/?#]*@)?([^\s/?#@]+)(?:[/?#]\S*)?$/i.exec(text)?.[1];
  if (host === undefined || host.startsWith('-'))
    throw invalidReference(text, 'the host is missing or malformed', 'write https://host/pack-1.2.0.tgz');
  checkReferenceLetters(text, host);
  if (/\.git\?/i.test(text))
    throw invalidReference(text, 'the address of a git repository has no query', 'leave out what begins with the "?"');
  if (/\.git(?:[/#]|$)/i.test(text)) return parseGit(`git+${scheme}`, `git+${text}`);
  return parsePage(text) ?? { kind: 'url', url: text };
}

type SchemeParser = (text: string, scheme: string) => PackReference;

const SCHEMES: ReadonlyMap<string, SchemeParser> = new Map([
  ['file', parseFile],
  ['gh', (text) => parseHosted('gh', text)],
  ['gl', (text) => parseHosted('gl', text)],
  ['bb', (text) => parseHosted('bb', text)],
  ['npm', parseNpm],
  ['oci', parseOci],
  ['http', parseAddress],
  ['https', parseAddress],
  ...GIT_SCHEMES.map((scheme): [string, SchemeParser] => [scheme, (text) => parseGit(scheme, text)]),
]);

const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['github', 'gh'],
  ['gitlab', 'gl'],
  ['bitbucket', 'bb'],
  ['docker', 'oci'],
  ['git+git', 'git'],
  ['pack', 'npm'],
]);

function parseWithScheme(scheme: string, text: string): PackReference {
  const parse = SCHEMES.get(scheme);
  if (parse !== undefined) return parse(`${scheme}${text.slice(scheme.length)}`, scheme);
  const meant = OTHER_NAMES.get(scheme) ?? [...SCHEMES.keys()].find((known) => editDistance(known, scheme) === 1);
  const hint = meant === undefined ? `known are ${[...SCHEMES.keys()].map((known) => `${known}:`).join(' ')}` : `did you mean "${meant}:"?`;
  throw invalidReference(text, `"${scheme}:" is not known`, hint);
}
