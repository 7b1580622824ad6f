import { prefixed } from '../text/prefixed.ts';
import { findPathProblem } from '../tree/project-path.ts';
import { redactUrl } from './redact-url.ts';
import { checkReferenceLetters, invalidReference } from './reference-problem.ts';

/** A repository of git, or a directory in it; the `path` is a `ProjectPath`. The address may hold credentials. */
export interface GitReference {
  readonly kind: 'git';
  readonly url: string;
  readonly path?: string;
  readonly ref?: string;
}

const GITHUB = 'https://github.com/';
const GIT_HOSTS = { gh: GITHUB, gl: 'https://gitlab.com/', bb: 'https://bitbucket.org/' } as const;

/** `gh:owner/repository`, `gl:…`, `bb:…`, with a directory; a repository in a group of GitLab's groups is written with its `.git`. */
export function parseHosted(host: keyof typeof GIT_HOSTS, text: string): GitReference {
  const { address, ref } = splitRef(text.slice(host.length + 1), text);
  checkReferenceLetters(text, address);
  const [, groups = '', grouped = ''] = (host === 'gl' ? /^(.+\/)([^/]+\.git(?:\/.*)?)$/.exec(address) : null) ?? [];
  const [first = '', ...rest] = (grouped === '' ? address : grouped).replace(/\/$/, '').split('/');
  const owner = grouped === '' ? first : groups.slice(0, -1);
  const [repository = '', ...directories] = grouped === '' ? rest : [first, ...rest];
  const name = repository.replace(/\.git$/, '');
  const isOwner = (host === 'gh' ? /^[a-z0-9][a-z0-9-]{0,99}$/i : /^[a-z0-9_][\w-]*(?:[./][a-z0-9_][\w-]*){0,20}$/i).test(owner);
  if (!isOwner || !/^[\w.-]{1,100}$/.test(name) || /^\.+$/.test(name)) {
    throw invalidReference(text, 'the owner or the repository is missing or malformed', `write ${host}:owner/repository/directory#v1.2.0`);
  }
  return toGit({ text, url: `${GIT_HOSTS[host]}${owner}/${name}.git`, path: directories.join('/'), ref });
}

export const GIT_SCHEMES = ['git+https', 'git+http', 'git+ssh', 'git+file', 'git', 'ssh'];

export function parseGit(scheme: string, text: string): GitReference {
  const { address, ref } = splitRef(text.slice(scheme.length + 1), text);
  const transport = scheme === 'git+file' ? /^\/\/(?:localhost)?(\/[^/].*)$/i : /^\/\/(?:[^\s/@]*@)?([^\s/@]+\/.*)$/;
  const rest = transport.exec(address)?.[1];
  if (rest === undefined || /(?:^|@)-/.test(address.slice(2))) {
    throw invalidReference(
      text,
      'the host or the path of the repository is missing or malformed',
      /^git\+file:/i.test(text) ? 'write git+file:///absolute/path/of/the/repository#ref' : 'write git+https://host/repository.git#ref',
    );
  }
  checkReferenceLetters(text, scheme === 'git+file' ? '' : rest);
  const end = address.search(/\.git\//i);
  const repository = end < 0 ? address : address.slice(0, end + '.git'.length);
  const path = end < 0 ? '' : address.slice(end + '.git/'.length).replace(/\/$/, '');
  return toGit({ text, url: `${scheme.replace(/^git\+/, '')}:${repository}`, path, ref });
}

/** `git@host:owner/repository.git`, as git itself writes it for ssh. */
export function parseScpForm(text: string): GitReference {
  const { address, ref } = splitRef(text, text);
  const [, user = '', host = '', rest = ''] = /^([\w.+-]+)@([\w.-]+):(.*)$/.exec(address) ?? [];
  return parseGit('ssh', `ssh://${user}@${host}/${rest.replace(/^\/+/, '')}${prefixed('#', ref)}`);
}

function splitRef(address: string, text: string): { address: string; ref?: string } {
  const at = address.indexOf('#');
  if (at < 0) return { address };
  const ref = address.slice(at + 1);
  const isRef = /^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/.test(ref) && ref.length <= 255 && !/\.\.|@\{|\/\/|\/$|\.$|\.lock$/.test(ref);
  if (!isRef) throw invalidReference(text, `"${ref}" is not a branch, tag or commit`, 'write for example #v1.2.0');
  return { address: address.slice(0, at), ref };
}

function toGit(git: { text: string; url: string; path: string; ref: string | undefined }): GitReference {
  const problem = git.path === '' ? undefined : findPathProblem(git.path);
  if (problem !== undefined) throw invalidReference(git.text, `the directory in the repository is refused: ${problem}`);
  return {
    kind: 'git',
    url: git.url,
    ...(git.path === '' ? {} : { path: git.path }),
    ...(git.ref === undefined ? {} : { ref: git.ref }),
  };
}

export function formatGit({ url, path, ref }: { url: string; path?: string; ref?: string }): string {
  const short = url.startsWith(GITHUB) ? /^([a-z0-9][a-z0-9-]*\/[\w.-]+)\.git$/i.exec(url.slice(GITHUB.length))?.[1] : undefined;
  const long = /^(?:git|ssh):/.test(url) ? url : `git+${url}`;
  return `${short === undefined ? redactUrl(long) : `gh:${short}`}${prefixed('/', path)}${prefixed('#', ref)}`;
}

/** A repository as a browser shows it: nothing but the site tells its address from that of an archive. */
export function parsePage(text: string): GitReference | undefined {
  const [, site = '', owner = '', repository = '', rest = ''] =
    /^https?:\/\/(?:www\.)?([^/]+)\/([^/?#]+)\/([^/?#]+)(.*)$/i.exec(text) ?? [];
  const host = SITES.get(site.toLowerCase());
  if (host === undefined) return undefined;
  const [, ref, directory = ''] = /^(?:\/-)?\/(?:tree|src)\/([^/?#]+)(\/[^?#]*[^?#/])?\/?$/.exec(rest) ?? [];
  // The name of a branch may have slashes, so that where it ends cannot be told from the address alone.
  if (ref !== undefined)
    throw invalidReference(text, 'this is a page about a repository', `write ${host}:${owner}/${repository}${directory}#${ref}`);
  return /^\/?(?:#|$)/.test(rest) ? parseHosted(host, `${host}:${owner}/${repository}${rest.replace(/^\//, '')}`) : undefined;
}

const SITES: ReadonlyMap<string, keyof typeof GIT_HOSTS> = new Map([
  ['github.com', 'gh'],
  ['gitlab.com', 'gl'],
  ['bitbucket.org', 'bb'],
]);
