import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { routeRegistries } from '../../core/install/route-registries.ts';
import { unknownRegistry } from '../../core/install/unknown-registry.ts';
import type { RegistrySetting } from '../../core/manifest/user-config.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { hasCredentials, redactUrl } from '../../core/pack/redact-url.ts';
import type { PackPublisher, PackPublishers } from '../../ports/pack-publisher.ts';
import type { PackSources } from '../sources/create-pack-sources.ts';
import { FolderRegistrySource } from '../sources/folder-registry/folder-registry-source.ts';
import { NpmSource } from '../sources/npm/npm-source.ts';
import { FolderPublisher } from './folder-publisher.ts';
import { NpmPublisher } from './npm-publisher.ts';

export interface PublishersSettings {
  readonly registries: readonly RegistrySetting[];
  /** Absolute; relative directories start here, as they do for reading. */
  readonly workingDirectory: string;
  /** Made only when a registry is opened. */
  readonly openTools: () => Pick<PackSources, 'http' | 'npmConfig' | 'responses' | 'archives'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Target {
  readonly name: string;
  readonly type: RegistrySetting['type'];
  readonly url: string;
}

/** The registries of the settings, and any other by its address or directory. */
export class NodePackPublishers implements PackPublishers {
  readonly #settings: PublishersSettings;

  constructor(settings: PublishersSettings) {
    this.#settings = settings;
  }

  open({ registry, id }: { readonly registry: string | undefined; readonly id: PackName }): PackPublisher {
    const { name, type, url } = registry === undefined ? this.#chooseFor(id) : this.#find(registry);
    if (type === 'npm') return this.#openNpm(name, url);
    if (type === 'folder' && !/^https?:\/\//i.test(url)) return this.#openFolder(name, url);
    const reason = type === 'folder' ? 'it is read through a web server: publish to its directory' : 'its protocol is not supported';
    throw new PacksmithError('REGISTRY_READ_ONLY', `packs cannot be published to ${redactUrl(url)}: ${reason}`);
  }

  #openNpm(name: string, url: string): PackPublisher {
    const { http, npmConfig: config, responses, archives } = this.#settings.openTools();
    const tools = { http, config, responses, archives };
    const source = new NpmSource({ ...tools, registry: { url, scopes: [] }, now: this.#settings.now });
    return new NpmPublisher({ ...tools, name: redactUrl(name), url, source });
  }

  #openFolder(name: string, directory: string): PackPublisher {
    const { workingDirectory, openTools } = this.#settings;
    const { http, responses, archives } = openTools();
    const source = new FolderRegistrySource({ http, responses, archives, url: directory, scopes: [], workingDirectory });
    return new FolderPublisher({ name, directory, source });
  }

  #find(text: string): Target {
    const { registries, workingDirectory } = this.#settings;
    const configured = registries.find(({ name }) => name === text);
    if (configured !== undefined) return this.#fromSetting(configured);
    if (/^https?:\/\//i.test(text)) {
      if (!hasCredentials(text)) return { name: text, type: 'npm', url: text };
      throw new PacksmithError('REGISTRY_UNKNOWN', `${redactUrl(text)} has credentials in it`, { hint: 'keep them in .npmrc' });
    }
    if (/[\\/]|^\.{1,2}$/.test(text)) return { name: text, type: 'folder', url: resolve(workingDirectory, text) };
    const names = registries.map(({ name }) => name);
    throw unknownRegistry(text, names, `for a directory write ./${text}`);
  }

  #chooseFor(id: PackName): Target {
    const able = routeRegistries(
      id,
      this.#settings.registries.filter(({ type }) => type !== 'oci'),
    );
    const [only] = able;
    if (only !== undefined && able.length === 1) return this.#fromSetting(only);
    const reason = only === undefined ? 'no registry is configured for it' : `${able.map(({ name }) => name).join(' and ')} could be meant`;
    throw new PacksmithError('REGISTRY_UNKNOWN', `${id} cannot be published without --registry: ${reason}`);
  }

  #fromSetting({ name, type, url }: RegistrySetting): Target {
    const isDirectory = type === 'folder' && !/^https?:\/\//i.test(url);
    return { name, type, url: isDirectory ? resolve(this.#settings.workingDirectory, url) : url };
  }
}
