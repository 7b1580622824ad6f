import type { PackFacts } from '../data/pack-data.ts';
import type { Pack } from '../pack/pack.ts';
import type { Value, ValueMap } from '../pack/values.ts';

/** A pack as the project has it before an update. */
export interface PreviousPack {
  readonly version: string;
  /** What its repository calls its commit, for a template of another tool. */
  readonly revision?: string | undefined;
}

/** What every template of a project sees besides the answers. */
export interface ProjectFacts {
  /** The project's name. */
  readonly name: string;
  /** The last segment of its directory. */
  readonly directory: string;
  /** ISO 8601 in UTC, fixed for the life of the project. */
  readonly now: string;
  /** The directory that the project's own stands in, absolute; only templates of other tools see it. */
  readonly parentDirectory?: string;
  /** Data in the project's files that templates of other tools name. */
  readonly external?: ValueMap;
  /** The packs that the project has. */
  readonly previous?: ReadonlyMap<string, PreviousPack>;
  /** All packs of the project, in order of composition. */
  readonly packs: readonly Pack[];
}

/** The names that defaults, conditions and templates may use before there are answers: `project`, `packs`, `now`. */
export function projectContext({ name, directory, now, packs }: ProjectFacts): ValueMap {
  return new Map<string, Value>([
    ['project', new Map([['name', name] as const, ['directory', directory] as const])],
    ['packs', packs.map(packValue)],
    ['now', now],
  ]);
}

/** What one pack's templates see of their own. */
export interface PackScope extends Partial<PackFacts> {
  readonly answers: ValueMap;
}

/** The names that the templates of one pack may use: the project's, the pack itself, its data and the rows of its queries where they are known, and its answers. */
export function packContext(project: ValueMap, pack: Pack, { answers, data, queries }: PackScope): ValueMap {
  return new Map<string, Value>([
    ...project,
    ['pack', packValue(pack)],
    ...(data === undefined ? [] : [['data', data] as const]),
    ...(queries === undefined ? [] : [['queries', queries] as const]),
    ...answers,
  ]);
}

function packValue({ manifest }: Pack): Value {
  return new Map([
    ['id', manifest.id],
    ['version', manifest.version],
  ]);
}
