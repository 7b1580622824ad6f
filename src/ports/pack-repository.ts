import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PackProvenance } from '../core/pack/pack-manifest.ts';
import type { PackReference } from '../core/pack/pack-reference.ts';

/** One pack of the catalogue, as much of it as `list` and `search` need. A broken pack is listed too, under the name of its directory. */
export interface CatalogueEntry {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly category: string | undefined;
  readonly keywords: readonly string[];
  readonly license: string | undefined;
  readonly provenance: PackProvenance;
  readonly counts: {
    readonly templates: number;
    readonly variables: number;
    readonly packages: number;
    readonly dependencies: number;
    readonly queries: number;
    readonly hooks: number;
  };
  /** The pack of the same id that comes first and hides this one. */
  readonly shadowedBy: PackProvenance | undefined;
  /** Whether the manifest has errors, so that the pack cannot be used. */
  readonly isBroken: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface InspectedPack {
  readonly pack: Pack;
  /** Warnings only: a manifest with errors is not loaded. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A pack of the catalogue, whole. */
export interface SurveyedPack {
  readonly pack: Pack;
  /** Whether a pack of the same id that comes first hides it. */
  readonly isShadowed: boolean;
}

/** The whole catalogue, for whoever asks about all packs at once. */
export interface CatalogueSurvey {
  /** Tells one content of the catalogue from another: places, order and every file. */
  readonly digest: string;
  /** Every pack that can be used, in the order of `list`. Reads them all; what can't be read any more is left out. */
  load(): Promise<readonly SurveyedPack[]>;
}

export interface ListOptions {
  /** Installed packs are hashed before they are listed, which whoever looks for other packs need not wait for. */
  readonly without?: 'installed';
}

/** The one read view over every place packs come from, in the documented order of precedence. */
export interface PackRepository {
  /**
   * All packs, hidden and broken ones included, ordered by id and then by precedence; with `without`, as if there were no place of that kind.
   * Never fails for one bad pack.
   */
  list(options?: ListOptions): Promise<readonly CatalogueEntry[]>;
  /**
   * Loads one pack whole, its content checked against the limits of format 1.
   * @throws PacksmithError `PACK_NOT_FOUND`, `MANIFEST_INVALID`, `PACK_TOO_LARGE`, `PACK_UNREADABLE`, `SOURCE_UNSUPPORTED`.
   */
  load(reference: PackReference): Promise<Pack>;
  /** As `load`, with the warnings about the manifest beside the pack. @throws as `load` does. */
  inspect(reference: PackReference): Promise<InspectedPack>;
  /** Looks at the whole catalogue, without reading what is known to be as it was. */
  survey(): Promise<CatalogueSurvey>;
}
