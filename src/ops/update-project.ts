import type { DocumentEdit } from '../core/manifest/edit-toml.ts';
import type { ProjectManifest, ProjectPack } from '../core/manifest/project-manifest.ts';
import { isInRange } from '../core/pack/versions.ts';
import type { ConflictPolicy } from '../core/plan/settle-conflict.ts';
import { demandsOf } from './demands.ts';
import { requireManifest } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from './plan-wanted.ts';
import { answeredManifest } from './project-manifest-text.ts';
import { requireListed } from './require-listed.ts';

/** What happens to what cannot be merged: both versions in the file, the pack's beside it, or one of them. */
export type UpdateConflicts = Extract<ConflictPolicy, 'markers' | 'reject' | 'ours' | 'theirs'>;

export interface UpdateRequest extends ProjectOptions {
  /** The packs to update; all of packsmith.toml when empty. */
  readonly ids: readonly string[];
  /** A version, range or tag for the packs that are named; their ranges in packsmith.toml when not given. */
  readonly to?: string;
  readonly onConflict: UpdateConflicts;
}

/**
 * Plans merging other versions of packs into the project, every edit kept. Packs that are not named keep their versions.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_NOT_FOUND`, `PACK_NOT_IN_PROJECT`, `CHANGE_PENDING`.
 */
export async function planUpdate(request: UpdateRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const state = await requireManifest(ports);
  const { manifest } = state;
  const listed = manifest.packs;
  requireListed(request.ids, listed);
  const isChosen = ({ id }: ProjectPack): boolean => request.ids.length === 0 || request.ids.includes(id);
  const wanted = listed.map((pack) => (isChosen(pack) && request.to !== undefined ? { ...pack, version: request.to } : pack));
  const chosen = new Set<string>(listed.filter(isChosen).map(({ id }) => id));
  const places = { workingDirectory: request.workingDirectory, root: ports.project.root };
  return planWanted(
    {
      operation: 'update',
      state,
      demands: demandsOf({ references: [], packs: wanted, places }),
      manifest,
      manifestText: (facts) => answeredManifest(state, facts, movedRanges(manifest, facts.packs)),
      isLocked: (id) => request.ids.length > 0 && !chosen.has(id),
      policy: request.onConflict,
      preserve: manifest.preserve,
    },
    request,
    ports,
  );
}

/** Ranges that the new versions are outside of. */
function movedRanges(manifest: ProjectManifest, packs: readonly LoadedPack[]): DocumentEdit[] {
  return manifest.packs.flatMap((pack): DocumentEdit[] => {
    const version = packs.find((entry) => entry.pack.manifest.id === pack.id)?.pack.manifest.version;
    if (version === undefined || pack.version === undefined || isInRange(version, pack.version)) return [];
    const isTable = pack.variables.size > 0 || pack.source !== undefined;
    return [{ kind: 'set', path: isTable ? ['packs', pack.id, 'version'] : ['packs', pack.id], value: `^${version}` }];
  });
}
