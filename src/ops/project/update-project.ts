import { isBehind, releaseOf } from '../../core/foreign/commit-release.ts';
import type { Lockfile } from '../../core/lockfile/lockfile.ts';
import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import type { ProjectManifest, ProjectPack } from '../../core/manifest/project-manifest.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { compareVersions, isInRange } from '../../core/pack/versions.ts';
import type { ConflictPolicy } from '../../core/plan/settle-conflict.ts';
import { demandsOf } from './demands.ts';
import { requireManifest } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { moveSource } from './move-source.ts';
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
  /** Where the one pack is now, as a reference: it moved to another address, or another pack continues it. */
  readonly source?: string;
  readonly onConflict: UpdateConflicts;
}

/**
 * Plans merging other versions of packs into the project, every edit kept. Packs that are not named keep their versions.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_NOT_FOUND`, `PACK_NOT_IN_PROJECT`, `CHANGE_PENDING`; with a source `INVALID_ARGUMENTS`
 * where it is not clear which pack moved, `PACK_ALREADY_THERE`.
 */
export async function planUpdate(request: UpdateRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const state = await requireManifest(ports);
  requireListed(request.ids, state.manifest.packs);
  const moved = request.source === undefined ? undefined : await moveSource({ ...request, source: request.source, state }, ports);
  const { manifest, lockfile } = moved?.state ?? state;
  const listed = manifest.packs;
  const ids: readonly string[] = moved === undefined ? request.ids : [moved.id];
  const isChosen = ({ id }: ProjectPack): boolean => ids.length === 0 || ids.includes(id);
  const { to } = request;
  const wanted = listed.map((pack) => (isChosen(pack) && to !== undefined ? goTo(pack, to) : pack));
  const chosen = new Set<string>(listed.filter(isChosen).map(({ id }) => id));
  const places = { workingDirectory: request.workingDirectory, root: ports.project.root };
  const preview = await planWanted(
    {
      operation: 'update',
      state: moved?.state ?? state,
      before: state,
      demands: wanted.flatMap((pack) => (pack.id === moved?.id ? [moved.demand] : demandsOf({ references: [], packs: [pack], places }))),
      manifest,
      manifestText: (facts) => {
        const ranges = movedRanges({ ...manifest, packs: listed.filter(({ id }) => id !== moved?.id) }, facts.packs);
        return answeredManifest(moved?.edited ?? state, facts, [
          ...(moved?.edits(facts.packs) ?? []),
          ...ranges,
          ...movedSources(listed, wanted),
        ]);
      },
      isLocked: (id) => ids.length > 0 && !chosen.has(id),
      policy: request.onConflict,
      preserve: manifest.preserve,
    },
    request,
    ports,
  );
  const { plan, packs } = preview;
  return { ...preview, plan: { ...plan, warnings: [...plan.warnings, ...describeDowngrades(lockfile, packs)] } };
}

/** Migrations lead to newer versions only. */
function describeDowngrades(lockfile: Lockfile, packs: readonly LoadedPack[]): string[] {
  return packs.flatMap(({ pack: { manifest, provenance } }) => {
    const { id, version } = manifest;
    const locked = lockfile.packs.find((other) => other.id === id);
    const now = { version, revision: provenance.revision };
    if (locked === undefined || (compareVersions(releaseOf(now), releaseOf(locked)) >= 0 && !isBehind(now, locked))) return [];
    const before = locked.version;
    return [
      `${id} goes back from ${before} to ${version}: migrations are not reversed, so that answers keep the names and values of ${before}, and files go back by template or likeness only`,
    ];
  });
}

/** A pack in git is taken at the tag of that version; any other place has versions of its own. */
function goTo(pack: ProjectPack, to: string): ProjectPack {
  const reference = pack.source === undefined ? undefined : parsePackReference(pack.source);
  if (reference?.kind !== 'git') return { ...pack, version: to };
  return { ...pack, source: `${(pack.source ?? '').replace(/#.*$/, '')}#${to}` };
}

/** Sources that named another tag or branch; one that named none goes on following the newest. */
function movedSources(listed: readonly ProjectPack[], wanted: readonly ProjectPack[]): DocumentEdit[] {
  return wanted.flatMap(({ id, source }, index): DocumentEdit[] => {
    const before = listed[index]?.source;
    const isMoved = source !== undefined && before?.includes('#') === true && before !== source;
    return isMoved ? [{ kind: 'set', path: ['packs', id, 'source'], value: source }] : [];
  });
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
