import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { demandsOf } from './demands.ts';
import { type ProjectState, requireManifest } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from './plan-wanted.ts';
import { addedPacks, answeredManifest } from './project-manifest-text.ts';

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
  if (addedPacks(state, packs).length > 0) return;
  throw new PacksmithError('PACK_ALREADY_THERE', 'the project has these packs already', {
    hint: '`packs status` lists the packs of the project',
  });
}
