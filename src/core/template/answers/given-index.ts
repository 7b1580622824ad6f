import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import { compareText } from '../../text/compare-text.ts';
import { type AnswerRequest, GIVEN_SOURCES, type GivenSource, type GivenValue, type PackVariables } from './answer-types.ts';

/** A value that was given, with where it came from and the key under which it stands. */
export interface Found {
  readonly given: GivenValue;
  readonly source: GivenSource;
  readonly detail: string | undefined;
}

/** One key of one source, and the variables it gives a value to. */
export interface GivenKey extends Found {
  readonly key: string;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly pack: PackName;
  readonly definition: VariableDefinition;
}

/** Everything that was given, ranked, with each key matched to the variables it means. */
export interface GivenIndex {
  readonly keys: readonly GivenKey[];
  /** The strongest value for the variable of a pack. */
  find(pack: PackName, name: string): Found | undefined;
  /** Whether any source addresses the variable of this pack only. Such a variable is not shared. */
  isAddressed(pack: PackName, name: string): boolean;
}

/** Ranks all sources and matches their keys to variables. Within one source `pack.name` is stronger than `name`. */
export function indexGiven({ packs, given }: Pick<AnswerRequest, 'packs' | 'given'>): GivenIndex {
  const addressed = new Set<string>();
  const strongest = new Map<string, Found>();
  const keys: GivenKey[] = [];
  for (const set of rankSets(packs, given)) {
    const entries = [...expandPackTables(set, packs)].map((entry) => matchKey(entry, packs));
    keys.push(...entries.map(({ entry, targets }) => ({ ...entry, targets })));
    const byStrength = [...entries].sort((a, b) => Number(b.isAddress) - Number(a.isAddress));
    for (const { entry, targets, isAddress } of byStrength) {
      for (const { pack, definition } of targets) {
        const id = addressOf(pack, definition.name);
        if (isAddress) addressed.add(id);
        if (!strongest.has(id)) strongest.set(id, entry);
      }
    }
  }
  return {
    keys,
    find: (pack, name) => strongest.get(addressOf(pack, name)),
    isAddressed: (pack, name) => addressed.has(addressOf(pack, name)),
  };
}

/** The key that means the variable of one pack. */
export function addressOf(pack: PackName, name: string): string {
  return `${pack}.${name}`;
}

/** Every key that a source may use: the names, and the names with their pack before them. */
export function knownKeys(packs: readonly PackVariables[]): string[] {
  const names = packs.flatMap(({ variables }) => variables.map(({ name }) => name));
  const addresses = packs.flatMap(({ pack, variables }) => variables.map(({ name }) => addressOf(pack, name)));
  return [...new Set([...names, ...addresses])];
}

type KeyEntry = Omit<GivenKey, 'targets'>;

interface RankedSet {
  readonly source: GivenSource;
  readonly detail: string | undefined;
  readonly values: ReadonlyMap<string, GivenValue>;
}

function rankSets(packs: readonly PackVariables[], given: AnswerRequest['given']): RankedSet[] {
  const overrides = packs.flatMap(({ pack, overrides: values }): RankedSet[] => {
    if (values === undefined) return [];
    const addressed = new Map([...values].map(([name, value]) => [addressOf(pack, name), value]));
    return [{ source: 'project', detail: undefined, values: addressed }];
  });
  const sets: RankedSet[] = [...overrides, ...given.map(({ source, detail, values }) => ({ source, detail, values }))];
  return sets.sort((a, b) => GIVEN_SOURCES.indexOf(a.source) - GIVEN_SOURCES.indexOf(b.source));
}

/** A map under the name of a pack holds values for that pack, unless a variable has that name. */
function* expandPackTables({ source, detail, values }: RankedSet, packs: readonly PackVariables[]): Iterable<KeyEntry> {
  for (const [key, given] of values) {
    const found = { source, detail: given.detail ?? detail };
    const table = given.kind === 'value' && given.value instanceof Map ? given.value : undefined;
    const isPack = packs.some(({ pack }) => pack === key) && !packs.some(({ variables }) => variables.some(({ name }) => name === key));
    if (table === undefined || !isPack) {
      yield { ...found, key, given };
      continue;
    }
    for (const [name, value] of table) yield { ...found, key: `${key}.${name}`, given: { ...given, kind: 'value', value } };
  }
}

function matchKey(entry: KeyEntry, packs: readonly PackVariables[]): { entry: KeyEntry; targets: Target[]; isAddress: boolean } {
  const isSame = entry.source === 'environment' ? isSameIgnoringCase : (a: string, b: string): boolean => a === b;
  const addressed = targetsWhere(packs, (pack, { name }) => isSame(addressOf(pack, name), entry.key));
  if (addressed.length > 0) return { entry, targets: addressed, isAddress: true };
  const isAnswer = entry.source === 'interactive' || entry.source === 'edited';
  const named = targetsWhere(packs, (_pack, { name, shared }) => isSame(name, entry.key) && (shared || !isAnswer));
  return { entry, targets: named, isAddress: false };
}

function targetsWhere(packs: readonly PackVariables[], isTarget: (pack: PackName, definition: VariableDefinition) => boolean): Target[] {
  return packs.flatMap(({ pack, variables }) =>
    variables.filter((definition) => isTarget(pack, definition)).map((definition) => ({ pack, definition })),
  );
}

function isSameIgnoringCase(a: string, b: string): boolean {
  return compareText(a.toUpperCase().replaceAll('-', '_'), b.toUpperCase().replaceAll('-', '_')) === 0;
}
