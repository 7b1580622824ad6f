import type { RegistrySetting } from '../../core/manifest/user-config.ts';
import type { PackPlaces, PackRegistry } from '../../ports/pack-places.ts';
import { createPackSources, type PackSourcesSettings } from './create-pack-sources.ts';

/** Everything that packs can come from, made when it is first asked for: most commands need nothing of it. */
export function openPlaces(settings: PackSourcesSettings): PackPlaces {
  let made: PackPlaces | undefined;
  const make = (): PackPlaces => {
    made ??= splitSources(settings);
    return made;
  };
  return {
    get sources() {
      return make().sources;
    },
    get registries() {
      return make().registries;
    },
  };
}

/** The registries stand last among the sources, in the order of the settings. */
function splitSources(settings: PackSourcesSettings): PackPlaces {
  const { sources } = createPackSources(settings);
  const configured = settings.config.registries.filter(isReadable);
  const first = sources.length - configured.length;
  const registries = configured.flatMap(({ name, scopes }, index): PackRegistry[] => {
    const source = sources[first + index];
    return source === undefined ? [] : [{ name, scopes, source }];
  });
  return { sources: sources.slice(0, first), registries };
}

function isReadable({ type }: RegistrySetting): boolean {
  return type !== 'oci';
}
