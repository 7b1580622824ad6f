import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findPackNameProblem, isPackName, type PackName } from '../pack/pack-name.ts';
import { hasCredentials, redactUrl } from '../pack/redact-url.ts';
import { checkStructure } from './check-structure.ts';
import { configSchema, REGISTRY_TYPES, SIGNATURE_POLICIES } from './config-schema.ts';
import { type KeyPath, quote } from './key-path.ts';
import { reportFormat } from './parse-pack-manifest.ts';
import { Problems, toDiagnostics } from './problems.ts';
import { readToml } from './read-toml.ts';
import { HTTP_ADDRESS } from './schema-parts.ts';
import { isTable, readEntries, readKey, readString, readStrings, readTable, readTables, type Table } from './table.ts';
import { toValueMap } from './to-value.ts';
import type {
  OwnPack,
  RegistryKeySetting,
  RegistrySetting,
  RegistryType,
  SigningKey,
  TrustedFormatter,
  TrustedPack,
  UserConfig,
} from './user-config.ts';

export interface ParsedUserConfig {
  /** Absent when any of the diagnostics is an error. */
  readonly config: UserConfig | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the text of a `config.toml`, as strictly as `parsePackManifest`; the empty text gives the defaults. Never throws. */
export function parseUserConfig(text: string, file = 'config.toml'): ParsedUserConfig {
  const read = readToml(text, file);
  if (read.table === undefined) return { config: undefined, diagnostics: [read.diagnostic] };
  const problems = new Problems();
  const config = reportFormat(read.table, problems) ? undefined : readConfig(read.table, problems);
  return { config: problems.hasErrors ? undefined : config, diagnostics: toDiagnostics(problems, file, text) };
}

function readConfig(document: Table, problems: Problems): UserConfig {
  checkStructure(configSchema, document, problems);
  const defaults = readTable(document, 'defaults');
  const signatures = readTable(document, 'signatures');
  const proxies = readTable(document, 'proxies');
  return {
    directories: readStrings(readTable(document, 'repositories'), 'directories'),
    registries: readRegistries(document, problems),
    trustedPacks: readTrustedPacks(document, problems),
    trustedFormatters: readTrustedFormatters(document),
    ownPacks: readOwnPacks(document, problems),
    defaults: {
      author: readString(defaults, 'author'),
      variables: toValueMap(readEntries(defaults, 'variables'), ['defaults', 'variables'], problems),
    },
    signatures: {
      policy: SIGNATURE_POLICIES.find((policy) => policy === readKey(signatures, 'policy')) ?? 'off',
      keys: readKeys(signatures, problems),
    },
    proxies: { http: readString(proxies, 'http'), https: readString(proxies, 'https'), noProxy: readStrings(proxies, 'no_proxy') },
  };
}

function readRegistries(document: Table, problems: Problems): RegistrySetting[] {
  return readEntries(document, 'registries').flatMap(([name, entry]) => {
    const path = ['registries', name];
    if (!/^[a-z0-9][a-z0-9-]{0,49}$/.test(name)) {
      const message = `${quote(name)} is not the name of a registry: lower-case letters, digits and "-"`;
      problems.add({ code: 'MANIFEST_INVALID_VALUE', severity: 'error', at: 'key', path, message });
    }
    if (!isTable(entry)) return [];
    const type = REGISTRY_TYPES.find((known) => known === readKey(entry, 'type'));
    const url = readString(entry, 'url');
    if (type === undefined || url === undefined) return [];
    checkAddress([...path, 'url'], { type, url, problems });
    const keys = readRegistryKeys(entry);
    if (keys.length > 0 && type !== 'npm') problems.invalid([...path, 'keys'], 'only registries of the type npm sign what they have');
    return [{ name, type, url, scopes: readStrings(entry, 'scopes'), ...(keys.length > 0 && { keys }) }];
  });
}

function readRegistryKeys(registry: Table): RegistryKeySetting[] {
  return readTables(registry, 'keys').flatMap(({ entry }) => {
    const [keyid, key, expires] = [readString(entry, 'keyid'), readString(entry, 'key'), readString(entry, 'expires')];
    return keyid === undefined || key === undefined ? [] : [{ keyid, key, expires }];
  });
}

const OCI_ADDRESS = /^(?:oci|https?):\/\/[^\s/?#@]+(?:\/\S*)?$/i;

function checkAddress(path: KeyPath, registry: { type: RegistryType; url: string; problems: Problems }): void {
  const { type, url, problems } = registry;
  if (hasCredentials(url)) {
    problems.invalid(path, `${quote(redactUrl(url))} has credentials in it`, 'keep them in .npmrc or in the environment');
    return;
  }
  if (type === 'npm' && !HTTP_ADDRESS.test(url)) problems.invalid(path, `${quote(url)} is not an http or https address`);
  if (type === 'oci' && !OCI_ADDRESS.test(url)) problems.invalid(path, `${quote(url)} is not an address`, 'write "oci://host/path"');
}

function readTrustedPacks(document: Table, problems: Problems): TrustedPack[] {
  return readTables(readTable(document, 'trust'), 'packs').flatMap(({ index, entry }) => {
    const id = readPackName(entry, ['trust', 'packs', index, 'id'], problems);
    const integrity = readString(entry, 'integrity');
    return id !== undefined && integrity !== undefined ? [{ id, integrity }] : [];
  });
}

function readOwnPacks(document: Table, problems: Problems): OwnPack[] {
  return readTables(readTable(document, 'trust'), 'own').flatMap(({ index, entry }) => {
    const id = readPackName(entry, ['trust', 'own', index, 'id'], problems);
    const directory = readString(entry, 'directory');
    return id !== undefined && directory !== undefined ? [{ id, directory }] : [];
  });
}

function readPackName(entry: Table, path: KeyPath, problems: Problems): PackName | undefined {
  const id = readString(entry, 'id');
  if (id === undefined || isPackName(id)) return id;
  problems.invalid(path, `${quote(id)} is not a pack id: ${findPackNameProblem(id)}`);
  return undefined;
}

function readTrustedFormatters(document: Table): TrustedFormatter[] {
  return readTables(readTable(document, 'trust'), 'formatters').flatMap(({ entry }) => {
    const directory = readString(entry, 'directory');
    const run = readStrings(entry, 'run');
    return directory === undefined || run.length === 0 ? [] : [{ directory, run }];
  });
}

function readKeys(signatures: Table, problems: Problems): SigningKey[] {
  const names = new Set<string>();
  return readTables(signatures, 'keys').flatMap(({ index, entry }) => {
    const name = readString(entry, 'name');
    const key = readString(entry, 'key');
    if (name === undefined || key === undefined) return [];
    if (names.has(name)) problems.conflict(['signatures', 'keys', index], `two keys are called ${quote(name)}`, 'give each its own name');
    names.add(name);
    return [{ name, key, packs: readStrings(entry, 'packs') }];
  });
}
