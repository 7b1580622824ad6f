import type { Pack } from '../pack/pack.ts';
import type { Value, ValueMap } from '../pack/values.ts';

/** What every template of a project sees besides the answers. */
export interface ProjectFacts {
  /** The project's name. */
  readonly name: string;
  /** The last segment of its directory. */
  readonly directory: string;
  /** ISO 8601 in UTC, fixed for the life of the project. */
  readonly now: string;
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

/** The names that the templates of one pack may use: the project's, the pack itself, and its answers. */
export function packContext(project: ValueMap, pack: Pack, answers: ValueMap): ValueMap {
  return new Map<string, Value>([...project, ['pack', packValue(pack)], ...answers]);
}

function packValue({ manifest }: Pack): Value {
  return new Map([
    ['id', manifest.id],
    ['version', manifest.version],
  ]);
}
