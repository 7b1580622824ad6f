import { join } from 'node:path';
import type { RegistryKeySetting, UserConfig } from '../../core/manifest/user-config.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import { HttpClient, type HttpLimits } from '../http/http-client.ts';
import { firstProxies, proxiesFromEnvironment } from '../http/proxies.ts';
import { ResponseCache } from '../http/response-cache.ts';
import { ArchiveCache } from './archive/archive-cache.ts';
import { ArchiveFileSource } from './archive/archive-file-source.ts';
import { ArchiveUrlSource } from './archive/archive-url-source.ts';
import { DirectorySource } from './directory/directory-source.ts';
import { FolderRegistrySource } from './folder-registry/folder-registry-source.ts';
import { GitSource } from './git/git-source.ts';
import { loadNpmConfig, type NpmConfig, withSlash } from './npm/npm-config.ts';
import { NpmSource } from './npm/npm-source.ts';

export interface PackSourcesSettings {
  /** The version of packsmith, for the name that servers are told. */
  readonly version: string;
  readonly workingDirectory: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Of the running Node. */
  readonly nodePath: string;
  readonly cacheDirectory: string;
  readonly config: Pick<UserConfig, 'registries' | 'proxies'>;
  readonly limits?: Partial<HttpLimits>;
  readonly now: () => number;
}

export interface PackSources {
  /** First those that read one place, then the registries in the order of the settings. */
  readonly sources: readonly PackSource[];
  /** For whoever publishes. */
  readonly http: HttpClient;
  readonly npmConfig: NpmConfig;
  readonly responses: ResponseCache;
  readonly archives: ArchiveCache;
  /** Closes connections that are kept open. */
  close(): void;
}

/** By address; two registries of one address have the keys of both. */
function signatureKeysOf({ registries }: Pick<UserConfig, 'registries'>): ReadonlyMap<string, readonly RegistryKeySetting[]> {
  const keys = new Map<string, readonly RegistryKeySetting[]>();
  for (const { url, keys: own } of registries) {
    if (own !== undefined) keys.set(withSlash(url), [...(keys.get(withSlash(url)) ?? []), ...own]);
  }
  return keys;
}

/** Everything that packs can come from, by the user's settings. Nothing is contacted until a source is asked. */
export function createPackSources(settings: PackSourcesSettings): PackSources {
  const { env, home, platform, nodePath, workingDirectory, cacheDirectory, config, now } = settings;
  const place = { projectDirectory: workingDirectory, home, env, platform, nodePath };
  const npmConfig = loadNpmConfig({ ...place, registries: config.registries.filter(({ type }) => type === 'npm') });
  const http = new HttpClient({
    userAgent: `packsmith/${settings.version} node/${process.versions.node}`,
    proxies: firstProxies(config.proxies, npmConfig.proxies, proxiesFromEnvironment(env)),
    tls: npmConfig.tls,
    ...(settings.limits === undefined ? {} : { limits: settings.limits }),
  });
  const responses = new ResponseCache(join(cacheDirectory, 'http'));
  const archives = new ArchiveCache(join(cacheDirectory, 'archives'));
  const npm = { http, config: npmConfig, responses, archives, now, signatureKeys: signatureKeysOf(config) };
  const authorize = (url: URL): Readonly<Record<string, string>> => npmConfig.authorize(url);
  const registries = config.registries.flatMap(({ type, url, scopes }): PackSource[] => {
    if (type === 'npm') return [new NpmSource({ ...npm, registry: { url, scopes } })];
    if (type === 'folder') return [new FolderRegistrySource({ url, scopes, workingDirectory, http, responses, archives, authorize })];
    return [];
  });
  const sources = [
    new DirectorySource({ workingDirectory }),
    new ArchiveFileSource({ workingDirectory }),
    new ArchiveUrlSource({ http, responses, archives }),
    new GitSource({ cacheDirectory: join(cacheDirectory, 'git'), env }),
    new NpmSource(npm),
    ...registries,
  ];
  return { sources, http, npmConfig, responses, archives, close: () => http.close() };
}
