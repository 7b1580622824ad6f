import { relative } from 'node:path';
import type { CaseProblem } from '../../core/cases/case-problem.ts';
import type { PackCase } from '../../core/cases/pack-case.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import { answersFromValues } from '../../core/template/answers/given-sources.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Scratch, ScratchProject } from '../../ports/scratch.ts';
import type { GenerationPorts, ProjectOptions } from '../project/plan-wanted.ts';
import { caseRepository } from './case-repository.ts';

export type CasePorts = Omit<GenerationPorts, 'project' | 'clock' | 'prompter'> & Pick<Ports, 'hooks'> & { readonly scratch: Scratch };

/** A pack that is tried with some answers, and beside other packs. */
export interface TrialRequest {
  readonly case: Pick<PackCase, 'file' | 'variables' | 'packs'> & { readonly start?: PackCase['start'] };
  readonly pack: Pack;
  /** Of the pack, absolute. */
  readonly directory: string;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export interface RunCaseRequest extends TrialRequest {
  readonly case: PackCase;
  readonly skipCommands: boolean;
  /** Where earlier versions of the pack are looked for before anywhere else. */
  readonly registry?: PackSource;
}

/** The project that a case leads to. */
export interface CaseResult {
  readonly tree: FileTree;
  readonly hooks: readonly PlannedHook[];
  readonly problems: readonly CaseProblem[];
}

/** What templates see as `now` in every case. */
const INSTANT = '2026-01-01T00:00:00.000Z';

export interface TrialWorld {
  readonly scratch: ScratchProject;
  readonly request: TrialRequest;
  readonly ports: CasePorts;
}

export interface CaseWorld extends TrialWorld {
  readonly request: RunCaseRequest;
}

/** The world as it is when this pack is the one that is found. */
export function portsOf(pack: Pack, { scratch, request, ports }: TrialWorld): GenerationPorts & Pick<Ports, 'hooks'> {
  return {
    ...ports,
    repository: caseRepository(pack, request.directory, ports.repository),
    project: scratch.project,
    dataFiles: dataFilesOf(request, ports),
    clock: { now: () => INSTANT },
    prompter: undefined,
    reporter: SILENT,
  };
}

/** Cases read data of their pack and of their project, and nothing else of the machine. */
function dataFilesOf({ pack, directory }: TrialRequest, { dataFiles }: Pick<Ports, 'dataFiles'>): Ports['dataFiles'] {
  const find = (path: string) => pack.files.get(relative(directory, path).replaceAll('\\', '/') as ProjectPath)?.content;
  return {
    read: async (path) => find(path),
    wasNamed: ({ path }) => find(path) !== undefined,
    rememberNamed: () => undefined,
    readTable: (text, delimiter) => dataFiles.readTable(text, delimiter),
  };
}

const SILENT: Ports['reporter'] = { report: () => undefined };

export function optionsOf({ case: { file, variables, start }, directory, offline, signal }: TrialRequest): ProjectOptions {
  return {
    workingDirectory: directory,
    given: [answersFromValues('file', variables, file)],
    ifExists: start === undefined ? 'refuse' : start.overwrite ? 'overwrite' : 'merge',
    backup: false,
    skipHooks: false,
    ask: 'never',
    offline,
    ...(signal && { signal }),
  };
}

/** The pack itself at exactly its version, and what the case has beside it. */
export function referencesOf({ case: { packs } }: TrialRequest, { manifest: { id, version } }: Pack): readonly string[] {
  return [`${id}@${version}`, ...packs];
}
