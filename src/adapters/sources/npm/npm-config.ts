import { readFileSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import { isErrno, toDiskError } from '../../files/errno.ts';
import type { TlsSettings } from '../../http/agents.ts';
import type { ProxySettings } from '../../http/proxies.ts';
import { parseNpmrc, readNpmEnvironment } from './npmrc.ts';

export interface NpmConfigPlace {
  /** Absolute; its `.npmrc` is the project's. */
  readonly projectDirectory: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Of the running Node: the global `npmrc` is found from it. */
  readonly nodePath: string;
  /** Registries of the npm protocol in packsmith's own settings, in order: they stand in where npm's settings name none. */
  readonly registries?: readonly { readonly url: string; readonly scopes: readonly string[] }[];
}

/**
 * Reads npm's settings: the environment before the project's `.npmrc` before the user's before the global one.
 *
 * @throws PacksmithError `PERMISSION_DENIED`, `DISK_FAILED` for a file that is there and cannot be read.
 */
export function loadNpmConfig(place: NpmConfigPlace): NpmConfig {
  const { env, home, projectDirectory, platform } = place;
  const { join } = platform === 'win32' ? win32 : posix;
  const fromEnvironment = readNpmEnvironment(env);
  const userFile = fromEnvironment.get('userconfig') ?? join(home, '.npmrc');
  const projectFile = join(projectDirectory, '.npmrc');
  const files = [fromEnvironment.get('globalconfig') ?? globalFile(place, fromEnvironment.get('prefix')), userFile];
  if (projectFile !== userFile) files.push(projectFile);
  const settings = files.map((file) => parseNpmrc(readOptional(file), env));
  const own = ownSettings(place.registries ?? []);
  return new NpmConfig(new Map([own, ...settings, fromEnvironment].flatMap((layer) => [...layer])), env);
}

/** Registries in the words of npm's settings; the first that claims a scope has it. */
function ownSettings(registries: NonNullable<NpmConfigPlace['registries']>): Map<string, string> {
  const lastFirst = registries.toReversed();
  return new Map(
    lastFirst.flatMap(({ url, scopes }) => {
      const names = scopes.length === 0 ? ['registry'] : scopes.map((scope) => `${scope}:registry`);
      return names.map((name) => [name, url] as const);
    }),
  );
}

function globalFile({ platform, env, nodePath }: NpmConfigPlace, prefix: string | undefined): string {
  const { join, dirname } = platform === 'win32' ? win32 : posix;
  const standard = platform === 'win32' ? join(env['APPDATA'] ?? '', 'npm') : dirname(dirname(nodePath));
  return join(prefix ?? env['PREFIX'] ?? standard, 'etc', 'npmrc');
}

function readOptional(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return '';
    throw toDiskError(error, `read ${file}`);
  }
}

/** What npm's settings say about registries: where a name comes from, with which credentials, through which proxy. */
export class NpmConfig {
  readonly #settings: ReadonlyMap<string, string>;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(settings: ReadonlyMap<string, string>, env: Readonly<Record<string, string | undefined>> = {}) {
    this.#settings = settings;
    this.#env = env;
  }

  /**
   * The registry of a package, by its scope where that has one; ends in a slash.
   *
   * @throws PacksmithError `SOURCE_UNSUPPORTED` where no setting names one, or it is not an http or https address.
   */
  registryFor(name: string): string {
    const scope = /^(@[^/]+)\//.exec(name)?.[1];
    const scoped = scope === undefined ? undefined : this.#settings.get(`${scope}:registry`);
    const registry = scoped ?? this.#settings.get('registry');
    if (registry !== undefined && /^https?:\/\//i.test(registry) && URL.canParse(registry)) return withSlash(registry);
    const reason =
      registry === undefined ? 'no registry is configured' : `${JSON.stringify(redactUrl(registry))} is not an http or https address`;
    throw new PacksmithError('SOURCE_UNSUPPORTED', `the package ${name} cannot be looked for: ${reason}`, {
      hint: 'set `registry` in .npmrc, or add a registry of the type npm to config.toml',
    });
  }

  /**
   * The headers for an address: those of the longest path of its host that has credentials (`//host/path/:_authToken`). Credentials that belong
   * to no host are never sent.
   */
  authorize(url: URL): Readonly<Record<string, string>> {
    for (const place of placesOf(url)) {
      const header = this.#authorization(place);
      if (header !== undefined) return { authorization: header };
    }
    return {};
  }

  get proxies(): ProxySettings {
    const http = this.#address('proxy') ?? this.#address('http-proxy');
    const noProxy = this.#settings.get('noproxy') ?? this.#settings.get('no-proxy') ?? '';
    return { http, https: this.#address('https-proxy') ?? http, noProxy: noProxy.split(/[\s,]+/).filter((host) => host !== '') };
  }

  /** @throws PacksmithError `PERMISSION_DENIED`, `DISK_FAILED` when the `cafile` cannot be read. */
  get tls(): TlsSettings {
    const strict = this.#settings.get('strict-ssl') !== 'false';
    const ca = this.#certificates();
    return { ...(strict ? {} : { rejectUnauthorized: false }), ...(ca === undefined ? {} : { ca }) };
  }

  #certificates(): readonly string[] | undefined {
    const inline = this.#settings.get('ca')?.replaceAll('\\n', '\n');
    const file = this.#settings.get('cafile');
    const texts = [inline, file === undefined || file === '' || file === 'null' ? undefined : readCertificates(file)];
    const certificates = texts.flatMap((text) => text?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
    return certificates.length === 0 ? undefined : certificates;
  }

  #address(name: string): string | undefined {
    const value = this.#settings.get(name);
    return value === undefined || /^(?:null|false|)$/.test(value) ? undefined : value;
  }

  #authorization(place: string): string | undefined {
    const token = this.#credential(`${place}:_authToken`);
    if (token !== undefined) return `Bearer ${token}`;
    const pair = this.#credential(`${place}:_auth`);
    if (pair !== undefined) return `Basic ${pair}`;
    const username = this.#credential(`${place}:username`);
    const password = this.#credential(`${place}:_password`);
    if (username === undefined || password === undefined) return undefined;
    return `Basic ${Buffer.from(`${username}:${Buffer.from(password, 'base64').toString('utf8')}`).toString('base64')}`;
  }

  /** A credential that still names an unset variable, or could end a header, is none. */
  #credential(key: string): string | undefined {
    const value = this.#settings.get(key);
    if (value === undefined || value === '' || !/^[\x21-\x7e]+$/.test(value)) return undefined;
    const variable = /\$\{([^}]+)\}/.exec(value)?.[1];
    return variable !== undefined && this.#env[variable] === undefined ? undefined : value;
  }
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw toDiskError(error, `read the certificates that .npmrc names`);
  }
}

/** An address as it is compared: ending in a slash. */
export function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** `//host/a/b`, `//host/a/`, `//host/a`, … up to `//host`: with and without a slash at the end, longest first. */
function* placesOf({ host, pathname }: URL): Generator<string> {
  let path = pathname;
  while (path !== '') {
    yield `//${host}${path}`;
    path = path.endsWith('/') ? path.slice(0, -1) : path.slice(0, path.lastIndexOf('/') + 1);
  }
  yield `//${host}`;
}
