import type { RegistrySetting } from '../../core/manifest/user-config.ts';
import type { PackReference } from '../../core/pack/pack-reference.ts';
import type { PackPlaces, PackRegistry } from '../../ports/pack-places.ts';
import type { FetchOptions, PackSource } from '../../ports/pack-source.ts';
import type { PackSourcesSettings } from './create-pack-sources.ts';
import { DirectorySource } from './directory/directory-source.ts';

/** The places that one reference names, in the order of `createPackSources`, behind directories. */
const REMOTE: readonly { readonly kind: PackSource['kind']; readonly reads: PackReference['kind'] }[] = [
  { kind: 'archive', reads: 'archive' },
  { kind: 'archive', reads: 'url' },
  { kind: 'git', reads: 'git' },
  { kind: 'npm', reads: 'npm' },
];

/**
 * Everything that packs can come from. Archives, git and the network are loaded and set up when one of them is first asked: most commands need
 * nothing of them.
 */
export function openPlaces(settings: PackSourcesSettings): PackPlaces {
  const openSource = createOpener(settings);
  const remote = REMOTE.map(({ kind, reads }, index) => deferSource(kind, (reference) => reference.kind === reads, openSource(index + 1)));
  const first = remote.length + 1;
  return {
    sources: [new DirectorySource(settings), ...remote],
    registries: settings.config.registries.filter(isReadable).map((registry, index) => deferRegistry(registry, openSource(first + index))),
  };
}

type OpenSource = () => Promise<PackSource>;

/** The sources themselves are made once, together. */
function createOpener(settings: PackSourcesSettings): (index: number) => OpenSource {
  let made: Promise<readonly PackSource[]> | undefined;
  const make = async (): Promise<readonly PackSource[]> => {
    const { createPackSources } = await import('./create-pack-sources.ts');
    return createPackSources(settings).sources;
  };
  return (index) => async () => {
    made ??= make();
    const source = (await made)[index];
    if (source === undefined) throw new RangeError(`there is no source ${index}`);
    return source;
  };
}

function deferSource(kind: PackSource['kind'], accepts: PackSource['accepts'], open: OpenSource): PackSource {
  return {
    kind,
    accepts,
    listVersions: async (reference, options) => (await open()).listVersions(reference, options),
    listReleases: async (reference, options) => (await (await open()).listReleases?.(reference, options)) ?? [],
    fetch: async (version, options) => (await open()).fetch(version, options),
  };
}

function deferRegistry({ name, type, scopes }: RegistrySetting, open: OpenSource): PackRegistry {
  const accepts = (reference: PackReference): boolean =>
    reference.kind === 'id' && (scopes.length === 0 || scopes.some((scope) => reference.name.startsWith(`${scope}/`)));
  if (type !== 'folder') return { name, scopes, source: deferSource('npm', accepts, open) };
  const listPacks = async (options: FetchOptions) => (await (await open()).listPacks?.(options)) ?? [];
  return { name, scopes, source: { ...deferSource('folder', accepts, open), listPacks } };
}

function isReadable({ type }: RegistrySetting): boolean {
  return type !== 'oci';
}
