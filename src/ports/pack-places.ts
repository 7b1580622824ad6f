import type { PackSource } from './pack-source.ts';

/** A registry as the settings name it. */
export interface PackRegistry {
  readonly name: string;
  /** The scopes (`@acme`) that come from here and from nowhere else; empty for ids without a claimed scope. */
  readonly scopes: readonly string[];
  readonly source: PackSource;
}

/** Everywhere packs come from beyond this machine's folders, which `PackRepository` reads. */
export interface PackPlaces {
  /** What reads references that name their place: archives, git, npm, addresses. The first that accepts one reads it. */
  readonly sources: readonly PackSource[];
  /** Where ids are looked for, in the configured order. */
  readonly registries: readonly PackRegistry[];
}
