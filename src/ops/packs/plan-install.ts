import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { type InstallOperation, type InstallPlan, isEmptyPlan, makeInstallPlan, type WantedPack } from '../../core/install/install-plan.ts';
import type { InstalledLock, InstalledPack } from '../../core/install/installed-lock.ts';
import { installedPackOf } from '../../core/install/installed-lock.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { isInRange } from '../../core/pack/versions.ts';
import type { InstalledState } from '../../ports/pack-store.ts';
import { resolvePacks } from './resolve-packs.ts';
import type { ResolvedPackEntry, ResolvedPacks, ResolvePorts } from './resolved-packs.ts';

export interface PlanInstallRequest {
  /** In the documented grammar; paths are relative to `workingDirectory`. */
  readonly references: readonly string[];
  /** Absolute. */
  readonly workingDirectory: string;
  /** Fetch and store again what is asked for, even when it is there. */
  readonly force?: boolean;
  readonly withoutDependencies?: boolean;
  /** Refuse when anything would change. */
  readonly frozen?: boolean;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

/** A plan, and what it was made from: with it, applying needs not look for anything again. */
export interface PlannedInstallation {
  readonly plan: InstallPlan;
  readonly resolved: ResolvedPacks;
  readonly state: InstalledState;
}

/**
 * Plans installing packs beside those that are installed; writes nothing. What is installed already and fits is kept.
 * @throws PacksmithError as `resolvePacks` does, `FROZEN`, `INSTALLED_LOCK_INVALID`.
 */
export async function planInstall(request: PlanInstallRequest, ports: ResolvePorts): Promise<PlannedInstallation> {
  const state = await ports.store.readInstalled();
  const references = request.references.map((text) => anchorReference(parsePackReference(text), request.workingDirectory));
  const asked = new Set(references.flatMap((reference) => (reference.kind === 'id' ? [reference.name as string] : [])));
  const { lock } = state;
  const roots =
    request.withoutDependencies === true ? [] : lock.packs.filter((pack) => pack.requested !== undefined && !asked.has(pack.id));
  const resolved = await resolvePacks(
    {
      demands: [
        ...references.map((reference) => ({ reference: formatPackReference(reference), requestedBy: 'your request' })),
        ...roots.map((pack) => ({ reference: rootReference(pack), requestedBy: `the installed ${pack.id}` })),
      ],
      locked: new Map(lock.packs.map(({ id, version }) => [id, { version }])),
      installed: lock,
      installedFirst: new Set(lock.packs.map(({ id }) => id as string).filter((id) => !asked.has(id))),
      refresh: new Set(references.flatMap((reference) => findUnmet(reference, lock))),
      withoutDependencies: request.withoutDependencies ?? false,
      offline: request.offline,
      ...(request.signal && { signal: request.signal }),
    },
    ports,
  );
  refuseForeign(resolved);
  const isAsked = ({ asked: entry }: ResolvedPackEntry): boolean => entry?.requestedBy === 'your request';
  const again = new Set(resolved.packs.filter((pack) => request.force === true && isAsked(pack)).map(({ id }) => id as string));
  const missing = request.withoutDependencies === true ? await findMissing(resolved, lock) : [];
  const plan = await planResolved(
    { operation: 'install', requests: references.map(formatPackReference), state, resolved, isAsked, again, warnings: missing },
    ports,
  );
  if (request.frozen === true) refuseChange(plan, lock);
  return { plan, resolved, state };
}

/** A template of another tool has no id and version of its own by which others could ask for it. */
function refuseForeign({ packs }: ResolvedPacks): void {
  const foreign = packs.find(({ found }) => found.isDerived === true);
  if (foreign === undefined) return;
  const place = foreign.source.replace(/#.*$/, '');
  throw new PacksmithError('SOURCE_UNSUPPORTED', `${place} is a template of another tool: it is used from where it is, and not installed`, {
    hint: `\`packs generate ${place} DIR\` makes a project of it; \`packs import ${place} --as ID\` makes a pack of it, which can be installed`,
  });
}

export interface PlanResolvedRequest {
  readonly operation: InstallOperation;
  readonly requests: readonly string[];
  readonly state: InstalledState;
  readonly resolved: ResolvedPacks;
  readonly isAsked: (pack: ResolvedPackEntry) => boolean;
  readonly again: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

/** Turns a resolution into a plan about what was asked for, what it needs, and what changes because of it. */
export async function planResolved(request: PlanResolvedRequest, { store }: Pick<ResolvePorts, 'store'>): Promise<InstallPlan> {
  const { resolved, state, isAsked } = request;
  const concerned = findConcerned(request);
  const damaged = new Set<string>();
  for (const { id } of resolved.packs.filter((pack) => concerned.has(pack.id))) {
    const installed = installedPackOf(state.lock, id);
    if (installed !== undefined && (await store.check(installed.integrity)) !== 'intact') damaged.add(id);
  }
  const wanted = resolved.packs.filter(({ id }) => concerned.has(id)).map((pack) => toWanted(pack, isAsked(pack), state.lock));
  return makeInstallPlan({
    operation: request.operation,
    basis: state.digest,
    requests: request.requests,
    lock: state.lock,
    wanted,
    levels: resolved.levels,
    again: new Set([...request.again, ...damaged]),
    warnings: [
      ...request.warnings,
      ...resolved.warnings,
      ...[...damaged].map((id) => `${id} is damaged in the store and is fetched again`),
    ],
  });
}

/** A reference that means the same from every directory. */
export function anchorReference(reference: PackReference, workingDirectory: string): PackReference {
  if (reference.kind !== 'path' && reference.kind !== 'archive') return reference;
  return reference.path.startsWith('~') ? reference : { ...reference, path: resolve(workingDirectory, reference.path) };
}

/** What an installed pack that was asked for demands of a new resolution: its range, from the place it came from. */
export function rootReference({ id, requested }: InstalledPack): string {
  const reference = requested === undefined ? undefined : parsePackReference(requested);
  const hasRange = reference?.kind === 'id' || reference?.kind === 'npm';
  return hasRange && reference.range !== undefined && /[\d*]/.test(reference.range) ? `${id}@${reference.range}` : id;
}

/** Ids of which the installed version is not what is asked for. */
function findUnmet(reference: PackReference, lock: InstalledLock): string[] {
  if (reference.kind !== 'id' || reference.range === undefined) return [];
  const installed = installedPackOf(lock, reference.name);
  return installed !== undefined && !isInRange(installed.version, reference.range) ? [reference.name] : [];
}

/** Ids that were asked for, all they need, and all that are not installed as they should be. */
function findConcerned({ resolved, isAsked, state }: PlanResolvedRequest): Set<string> {
  const byId = new Map<string, ResolvedPackEntry>(resolved.packs.map((pack) => [pack.id, pack]));
  const changed = resolved.packs.filter((pack) => installedPackOf(state.lock, pack.id)?.version !== pack.version);
  const concerned = new Set<string>([...resolved.packs.filter(isAsked), ...changed].map(({ id }) => id));
  // A set that grows while it is walked is walked to its end.
  for (const id of concerned) for (const { pack } of byId.get(id)?.graph.dependencies ?? []) concerned.add(pack);
  return concerned;
}

function toWanted(pack: ResolvedPackEntry, isAsked: boolean, lock: InstalledLock): WantedPack {
  const { id, version, source, provenance, found, because } = pack;
  const installed = installedPackOf(lock, id);
  const requested = isAsked ? pack.asked?.reference : installed?.requested;
  return {
    id,
    version,
    source,
    provenance,
    because: isAsked || installed?.requested === undefined ? because : 'asked for',
    dependencies: rangesOf(pack, false),
    optional: rangesOf(pack, true),
    ...(found.registry !== undefined && { registry: found.registry }),
    ...(found.treeIntegrity !== undefined && { integrity: found.treeIntegrity }),
    ...(found.integrity !== undefined && { archiveIntegrity: found.integrity }),
    ...(found.bytes !== undefined && { bytes: found.bytes }),
    ...(requested !== undefined && { requested }),
  };
}

function rangesOf({ dependencies }: ResolvedPackEntry, isOptional: boolean): Record<string, string> {
  const chosen = dependencies.filter(({ optional }) => (optional ?? false) === isOptional);
  return Object.fromEntries(chosen.map(({ pack, range }) => [pack, range]));
}

async function findMissing({ packs }: ResolvedPacks, lock: InstalledLock): Promise<string[]> {
  const present = new Set<string>([...packs, ...lock.packs].map(({ id }) => id));
  const loaded = await Promise.all(packs.map((pack) => pack.load()));
  return loaded.flatMap(({ manifest }) =>
    manifest.dependencies
      .filter(({ id, optional }) => !optional && !present.has(id))
      .map(({ id, version }) => `${manifest.id} needs ${id} ${version}, which is not installed`),
  );
}

function refuseChange(plan: InstallPlan, lock: InstalledLock): void {
  if (isEmptyPlan(plan, lock)) return;
  const changed = plan.packs.filter(({ action }) => action !== 'keep').map(({ id, version }) => `${id} ${version}`);
  const detail = changed.length === 0 ? 'what was asked for would be recorded' : `${changed.join(', ')} would be installed`;
  throw new PacksmithError('FROZEN', `--frozen: ${detail}`);
}
