import type { PackManifest, PackProvenance } from '../pack/pack-manifest.ts';

/** Of a pack, what its manifest does not say. */
interface PackFacts {
  readonly provenance: PackProvenance;
  /** How many there are. */
  readonly templates: number;
}

/** What a catalogue says of a pack. */
export function describeManifest(manifest: PackManifest, { provenance, templates }: PackFacts) {
  const { id, version, title, description, category, keywords, license, variables, packages, dependencies, queries, hooks } = manifest;
  const counts = {
    templates,
    variables: variables.length,
    packages: packages.length,
    dependencies: dependencies.length,
    queries: queries.length,
    hooks: hooks.length,
  };
  return { id, version, title, description, category, keywords, license, provenance, counts };
}
