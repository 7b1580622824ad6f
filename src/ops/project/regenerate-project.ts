import { demandsOf } from './demands.ts';
import { requireManifest } from './load-project.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from './plan-wanted.ts';
import { answeredManifest } from './project-manifest-text.ts';
import type { UpdateConflicts } from './update-project.ts';

export interface RegenerateRequest extends ProjectOptions {
  /** Only this template. */
  readonly template?: string;
  /** Globs of paths to leave as they are, besides those of packsmith.toml. */
  readonly preserve: readonly string[];
  readonly onConflict: UpdateConflicts;
}

/**
 * Plans generating the same versions again: with changed answers, and with the files back that were deleted. Every edit is kept.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_NOT_FOUND`, `CHANGE_PENDING`.
 */
export async function planRegeneration(request: RegenerateRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const state = await requireManifest(ports);
  const { manifest } = state;
  const places = { workingDirectory: request.workingDirectory, root: ports.project.root };
  return planWanted(
    {
      operation: 'regenerate',
      state,
      demands: demandsOf({ references: [], packs: manifest.packs, places }),
      manifest,
      manifestText: (facts) => answeredManifest(state, facts),
      policy: request.onConflict,
      restores: true,
      preserve: [...manifest.preserve, ...request.preserve],
      ...(request.template === undefined ? {} : { template: request.template }),
    },
    request,
    ports,
  );
}
