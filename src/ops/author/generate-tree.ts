import type { PackCase } from '../../core/cases/pack-case.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import { refuseConflicts } from '../project/apply-generation.ts';
import { planGeneration } from '../project/plan-generation.ts';
import { type CasePorts, optionsOf, portsOf, type RunCaseRequest, referencesOf } from './case-world.ts';
import { treeOf } from './run-case.ts';

export interface GenerateTreeRequest {
  readonly pack: Pack;
  /** Of the pack, absolute. */
  readonly directory: string;
  readonly signal?: AbortSignal;
}

const DEFAULTS: PackCase = {
  file: 'tests/defaults.toml',
  name: 'the defaults',
  variables: new Map(),
  packs: [],
  directory: 'project',
  start: undefined,
  update: undefined,
  expect: {
    files: [],
    complete: false,
    absent: [],
    executable: [],
    contains: new Map(),
    lacks: new Map(),
    matches: new Map(),
    text: new Map(),
    values: new Map(),
    noValues: new Map(),
    snapshots: [],
    hooks: undefined,
    refusal: undefined,
    conflicts: [],
    created: undefined,
    updated: undefined,
    deleted: undefined,
  },
  commands: [],
};

/** The files that a pack gives with its defaults; nothing is written. @throws PacksmithError as `planGeneration` does. */
export async function generateTree({ pack, directory, signal }: GenerateTreeRequest, ports: CasePorts): Promise<FileTree> {
  const scratch = await ports.scratch.open('project');
  try {
    const request: RunCaseRequest = { case: DEFAULTS, pack, directory, offline: true, skipCommands: true, ...(signal && { signal }) };
    const own = portsOf(pack, { scratch, request, ports });
    const { plan } = await planGeneration({ ...optionsOf(request), references: referencesOf(request, pack) }, own);
    refuseConflicts(plan);
    return treeOf(plan);
  } finally {
    await scratch.dispose();
  }
}
