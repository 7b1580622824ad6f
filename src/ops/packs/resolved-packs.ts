import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { InstalledLock } from '../../core/install/installed-lock.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackProvenance } from '../../core/pack/pack-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { DependencyRange } from '../../core/resolver/facts.ts';
import type { Resolution, ResolvedPack } from '../../core/resolver/resolution.ts';
import type { FetchedPack, FetchOptions } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FoundVersion } from './found-pack.ts';
import type { FinderPorts, LockedVersion } from './pack-finder.ts';

export type ResolvePorts = FinderPorts & Pick<Ports, 'reporter' | 'verifySignature'>;

export interface PackRequest {
  /** In the documented grammar; paths are absolute. */
  readonly reference: string;
  /** Who asks, as explanations name it; `project` for the project. */
  readonly requestedBy: string;
}

export interface ResolvePacksRequest {
  readonly demands: readonly PackRequest[];
  /** Versions to keep where they fit, by id; with source and integrity they are found in the store by content. */
  readonly locked?: ReadonlyMap<string, LockedVersion>;
  /** By id the version that the project has: yanking it bans it for others only, so that it stays where nothing newer fits. */
  readonly recorded?: ReadonlyMap<string, string>;
  /** Ranges that take the place of whatever is asked of a pack: `[overrides]` of packsmith.toml. */
  readonly overrides?: ReadonlyMap<string, string>;
  /** Ranges that a pack must be in as well. */
  readonly pins?: ReadonlyMap<string, string>;
  /** References that name the place of an id: `source` in packsmith.toml. */
  readonly sources?: ReadonlyMap<string, string>;
  /** By id: the directory that the project has it from, where no folder of the project or the settings has it. Absolute. */
  readonly folders?: ReadonlyMap<string, string>;
  /** By id: the configured registry that is asked for it, and no other place but folders. */
  readonly registries?: ReadonlyMap<string, string>;
  /** Packs of which pre-releases count as any other version. */
  readonly prereleases?: ReadonlySet<string>;
  /** The installed packs; read from the store when not given. */
  readonly installed?: InstalledLock;
  /** Ids whose recorded place decides, though a folder of the project has one of the same id. */
  readonly installedFirst?: ReadonlySet<string>;
  /** Ids of which newer versions than the installed one are looked for; the others are only where nothing else fits. */
  readonly refresh?: ReadonlySet<string> | 'all';
  /** Leave dependencies out. */
  readonly withoutDependencies?: boolean;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds; 30 000 unless told. */
  readonly timeLimit?: number;
}

/** One resolved pack, and the way to load it. */
export interface ResolvedPackEntry {
  readonly id: PackName;
  readonly version: string;
  /** As a lockfile records it: `builtin`, or a reference that finds the same bytes again, without credentials. */
  readonly source: string;
  readonly provenance: PackProvenance;
  readonly graph: ResolvedPack;
  readonly found: FoundVersion;
  /** Who wants it, as one clause. */
  readonly because: string;
  /** The reference by which it was asked for, and by whom; absent for what other packs bring. */
  readonly asked: PackRequest | undefined;
  readonly dependencies: readonly DependencyRange[];
  /** @throws PacksmithError as its source does, and `MANIFEST_INVALID`. */
  fetch(options?: FetchOptions): Promise<FetchedPack>;
  /** The pack, whole. @throws PacksmithError as `fetch` does. */
  load(): Promise<Pack>;
}

export interface ResolvedPacks {
  /** Dependencies before their dependents; within a level by id. */
  readonly packs: readonly ResolvedPackEntry[];
  /** Ids in groups: each depends only on earlier groups. */
  readonly levels: readonly (readonly string[])[];
  readonly resolution: Resolution;
  /** Deprecated packs, yanked ones that are kept because they are locked, and graphs deeper than recommended. */
  readonly warnings: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
