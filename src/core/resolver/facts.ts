/** What the search needs to know next. `soon` names facts it will most likely ask for afterwards, so that they can be fetched together. */
export type FactRequest = (VersionsWanted | DependenciesWanted) & { readonly soon: readonly (VersionsWanted | DependenciesWanted)[] };

export interface VersionsWanted {
  readonly kind: 'versions';
  readonly pack: string;
}

export interface DependenciesWanted {
  readonly kind: 'dependencies';
  readonly pack: string;
  readonly version: string;
}

/** The answer to a `FactRequest`; `versions` to a question for versions, one of the others to a question for dependencies. */
export type Fact = VersionsFact | DependenciesFact | UnusableFact;

/** All versions of a pack, in any order; none when no pack of that name exists. What is not SemVer 2.0.0 is left aside. */
export interface VersionsFact {
  readonly kind: 'versions';
  readonly versions: readonly AvailableVersion[];
}

export interface AvailableVersion {
  readonly version: string;
  /** Withdrawn by its publisher: never chosen, unless it is the locked version. */
  readonly yanked?: boolean;
}

/** What one exact version depends on, in any order. */
export interface DependenciesFact {
  readonly kind: 'dependencies';
  readonly dependencies: readonly DependencyRange[];
}

export interface DependencyRange {
  readonly pack: string;
  /** A range in the grammar of npm. */
  readonly range: string;
  /** Not pulled in by itself, but only versions in the range may be present beside the dependent. */
  readonly optional?: boolean;
}

/** This version exists but can't be used; the reason completes the sentence "NAME VERSION …", as in "requires packsmith >=2". */
export interface UnusableFact {
  readonly kind: 'unusable';
  readonly reason: string;
}

/** Facts that are at hand. `undefined` means unknown, which is not the same as an empty list. */
export interface FactProvider {
  readonly versions: (pack: string) => readonly AvailableVersion[] | undefined;
  readonly dependencies: (pack: string, version: string) => readonly DependencyRange[] | UnusableFact | undefined;
}

/** Answers a request from facts at hand, or tells by `undefined` that they don't hold it. */
export function findFact(wanted: VersionsWanted | DependenciesWanted, facts: FactProvider): Fact | undefined {
  if (wanted.kind === 'versions') {
    const versions = facts.versions(wanted.pack);
    return versions && { kind: 'versions', versions };
  }
  const found = facts.dependencies(wanted.pack, wanted.version);
  if (found === undefined || 'kind' in found) return found;
  return { kind: 'dependencies', dependencies: found };
}
