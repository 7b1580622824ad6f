import type { PackManifest } from '../pack/pack-manifest.ts';
import type { ForeignSource } from './foreign-template.ts';

/** What a template of another tool says as a pack: nothing but what its decoder found. */
export function foreignManifest({ id, version }: ForeignSource, found: Partial<PackManifest>): PackManifest {
  return {
    format: 1,
    id,
    version,
    title: id,
    description: '',
    category: undefined,
    license: undefined,
    authors: [],
    repository: undefined,
    homepage: undefined,
    keywords: [],
    requires: undefined,
    dependencies: [],
    packages: [],
    variables: [],
    templates: [],
    queries: [],
    data: [],
    hooks: [],
    merge: [],
    examples: [],
    health: [],
    migrations: [],
    lint: { severity: new Map(), allow: [] },
    ...found,
  };
}
