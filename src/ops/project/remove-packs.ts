import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import { demandsOf } from './demands.ts';
import { requireManifest } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from './plan-wanted.ts';
import { answeredManifest } from './project-manifest-text.ts';
import { requireListed } from './require-listed.ts';

export interface RemoveRequest extends ProjectOptions {
  /** The packs to take out of the project, by id. */
  readonly ids: readonly string[];
}

/**
 * Plans taking packs out of a project: what they brought leaves with them, what the user wrote or changed stays.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_NOT_FOUND`, `PACK_NOT_IN_PROJECT` with the nearest ids.
 */
export async function planRemove(request: RemoveRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const state = await requireManifest(ports);
  const { manifest } = state;
  const listed = manifest.packs;
  requireListed(request.ids, listed);
  const kept = listed.filter(({ id }) => !request.ids.includes(id));
  const places = { workingDirectory: request.workingDirectory, root: ports.project.root };
  const preview = await planWanted(
    {
      operation: 'remove',
      state,
      demands: demandsOf({ references: [], packs: kept, places }),
      manifest,
      manifestText: (facts) => answeredManifest(state, facts, [...removedPacks(request.ids), ...orphanedAnswers(manifest, facts.packs)]),
    },
    request,
    ports,
  );
  // The answers of the packs that go are known to nobody, and go too.
  return { ...preview, diagnostics: preview.diagnostics.filter(({ code }) => code !== 'ANSWER_UNKNOWN') };
}

function removedPacks(ids: readonly string[]): DocumentEdit[] {
  return ids.map((id) => ({ kind: 'unset', path: ['packs', id] }));
}

/** Answers that no remaining pack has a variable for. A table under the name of a pack has answers for that pack. */
function orphanedAnswers(manifest: ProjectManifest | undefined, packs: readonly LoadedPack[]): DocumentEdit[] {
  const declared = new Set(
    packs.flatMap(
      ({
        pack: {
          manifest: { id, variables },
        },
      }) => [id, ...variables.flatMap(({ name }) => [name, `${id}.${name}`])],
    ),
  );
  const orphaned = [...(manifest?.variables.keys() ?? [])].filter((key) => !declared.has(key));
  return orphaned.map((key) => ({ kind: 'unset', path: ['variables', ...key.split('.')] }));
}
