import type { PackFiles, PackPublishers } from '../../ports/pack-publisher.ts';
import { createPackSources, type PackSourcesSettings } from '../sources/create-pack-sources.ts';
import { nodePackFiles } from './node-pack-files.ts';
import { NodePackPublishers } from './node-pack-publishers.ts';

/** Everything that packs are handed on with. Nothing is contacted until a registry is asked. */
export function openPublishing(settings: PackSourcesSettings): { readonly packFiles: PackFiles; readonly publishers: PackPublishers } {
  const publishers = new NodePackPublishers({
    registries: settings.config.registries,
    workingDirectory: settings.workingDirectory,
    openTools: () => createPackSources(settings),
    now: settings.now,
  });
  return { packFiles: nodePackFiles, publishers };
}
