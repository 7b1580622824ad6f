import { MAX_PACK_NAME_LENGTH } from '../pack/pack-name.ts';
import { MAX_PATH_BYTES, MAX_SEGMENT_BYTES } from '../tree/project-path.ts';

/** A documented bound: what is measured, how much is allowed, and the unit for people. */
export interface Limit {
  readonly what: string;
  readonly maximum: number;
  readonly unit: string;
}

/** Every bound of pack format 1, the one table that readers, loaders, renderers and the reference share. */
export const LIMITS = {
  packBytes: { what: 'the unpacked pack', maximum: 100 * 1024 * 1024, unit: 'bytes' },
  packFiles: { what: 'the pack', maximum: 10_000, unit: 'files' },
  templateFileBytes: { what: 'a template file', maximum: 10 * 1024 * 1024, unit: 'bytes' },
  manifestBytes: { what: 'the manifest', maximum: 1024 * 1024, unit: 'bytes' },
  manifestDepth: { what: 'the manifest', maximum: 64, unit: 'levels of nesting' },
  templates: { what: '[[templates]]', maximum: 500, unit: 'entries' },
  queries: { what: '[queries]', maximum: 100, unit: 'entries' },
  variables: { what: '[variables]', maximum: 200, unit: 'entries' },
  data: { what: '[data]', maximum: 100, unit: 'entries' },
  dependencies: { what: '[dependencies]', maximum: 100, unit: 'entries' },
  packages: { what: '[packages]', maximum: 1_000, unit: 'entries' },
  hooks: { what: '[[hooks]]', maximum: 100, unit: 'entries' },
  mergeRules: { what: '[merge]', maximum: 1_000, unit: 'entries' },
  examples: { what: '[[examples]]', maximum: 100, unit: 'entries' },
  health: { what: '[[health]]', maximum: 100, unit: 'entries' },
  migrations: { what: '[[migrations]]', maximum: 200, unit: 'entries' },
  choices: { what: 'the choices of a variable', maximum: 1_000, unit: 'entries' },
  keywords: { what: 'pack.keywords', maximum: 10, unit: 'entries' },
  hookSeconds: { what: 'a hook', maximum: 3_600, unit: 'seconds' },
  patternCharacters: { what: 'a pattern', maximum: 1_000, unit: 'characters' },
  packNameCharacters: { what: 'a pack id', maximum: MAX_PACK_NAME_LENGTH, unit: 'characters' },
  segmentBytes: { what: 'a segment of a path', maximum: MAX_SEGMENT_BYTES, unit: 'bytes' },
  pathBytes: { what: 'a path', maximum: MAX_PATH_BYTES, unit: 'bytes' },
  resolutionPacks: { what: 'one resolution', maximum: 100, unit: 'packs' },
  renderSeconds: { what: 'rendering', maximum: 30, unit: 'seconds' },
  renderBytes: { what: 'rendering', maximum: 256 * 1024 * 1024, unit: 'bytes of memory' },
  querySeconds: { what: 'one query', maximum: 10, unit: 'seconds' },
  dataBytes: { what: 'a data file', maximum: 32 * 1024 * 1024, unit: 'bytes' },
  plainDataBytes: { what: 'a data file in JSON, TOML or CSV', maximum: 8 * 1024 * 1024, unit: 'bytes' },
  yamlDataBytes: { what: 'a data file in YAML', maximum: 1024 * 1024, unit: 'bytes' },
  dataValues: { what: 'the plain data of all packs together', maximum: 10_000_000, unit: 'values' },
  dataRows: { what: 'a data file in CSV', maximum: 100_000, unit: 'rows' },
  queriesSeconds: { what: 'all queries of one command together', maximum: 60, unit: 'seconds' },
  queryBytes: { what: 'one query', maximum: 1024 * 1024 * 1024, unit: 'bytes of memory' },
  queryRows: { what: 'one query', maximum: 100_000, unit: 'rows' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** Says how a measured amount exceeds a limit, naming both, or `undefined` when it does not. */
export function findLimitProblem(name: LimitName, measured: number): string | undefined {
  const { what, maximum, unit } = LIMITS[name];
  if (measured <= maximum) return undefined;
  return `${what} has ${measured} ${unit}; the limit is ${maximum} ${unit} (${name})`;
}
