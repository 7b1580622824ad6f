import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import type { Value } from '../../core/pack/values.ts';
import { demandsOf } from './demands.ts';
import { type ProjectState, requireManifest } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from './plan-wanted.ts';
import { answeredManifest, toProjectPack } from './project-manifest-text.ts';

export interface AddRequest extends ProjectOptions {
  /** The packs to put into the project, as references. */
  readonly references: readonly string[];
}

/**
 * Plans putting packs into an existing project: what they bring is merged with what is there.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_NOT_FOUND`, `PACK_ALREADY_THERE`.
 */
export async function planAdd(request: AddRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const state = await requireManifest(ports);
  const { manifest } = state;
  const places = { workingDirectory: request.workingDirectory, root: ports.project.root };
  return planWanted(
    {
      operation: 'add',
      state,
      demands: demandsOf({ references: request.references, packs: manifest.packs, places }),
      manifest,
      manifestText: (facts) => answeredManifest(state, facts, addedPacks(state, facts.packs)),
      check: async (packs) => refuseNothingNew(state, packs),
    },
    request,
    ports,
  );
}

function refuseNothingNew(state: ProjectState, packs: readonly LoadedPack[]): void {
  if (newPacks(state, packs).length > 0) return;
  throw new PacksmithError('PACK_ALREADY_THERE', 'the project has these packs already', {
    hint: '`packs status` lists the packs of the project',
  });
}

function newPacks({ manifest }: ProjectState, packs: readonly LoadedPack[]): LoadedPack[] {
  const present = new Set<string>(manifest?.packs.map(({ id }) => id));
  return packs.filter(({ because, pack }) => because === 'asked for' && !present.has(pack.manifest.id));
}

/** The packs that packsmith.toml does not list yet, as edits of it. */
export function addedPacks(state: ProjectState, packs: readonly LoadedPack[]): DocumentEdit[] {
  return newPacks(state, packs).map((entry) => {
    const { id, version, source } = toProjectPack(entry);
    const value: Value =
      source === undefined
        ? (version ?? '*')
        : new Map([...(version === undefined ? [] : [['version', version] as const]), ['source', source]]);
    return { kind: 'set', path: ['packs', id], value };
  });
}
