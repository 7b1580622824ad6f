import { type ChangelogSection, extractChangelog } from '../../core/install/changelog.ts';
import type { InstallPlan } from '../../core/install/install-plan.ts';
import { type InstalledLock, type InstalledPack, installedPackOf } from '../../core/install/installed-lock.ts';
import { selectUpgrade, type UpgradeReach, upgradeRange } from '../../core/install/select-upgrade.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { findPackChanges, type PackChange } from '../../core/quality/breaking-changes.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { PackFinder } from './pack-finder.ts';
import { planResolved, rootReference } from './plan-install.ts';
import { readPackTree } from './read-pack-tree.ts';
import { resolvePacks } from './resolve-packs.ts';
import type { ResolvedPackEntry, ResolvedPacks, ResolvePorts } from './resolved-packs.ts';
import { notInstalled } from './uninstall-packs.ts';

export interface UpgradeRequest {
  /** All installed packs when empty. */
  readonly ids: readonly string[];
  readonly reach: UpgradeReach;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

/** An installed pack of which there is something newer. */
export interface OutdatedPack {
  readonly id: string;
  readonly installed: string;
  /** The newest that the request allows; absent when that is the installed one. */
  readonly wanted: string | undefined;
  /** The newest release there is. */
  readonly latest: string | undefined;
}

/** One pack that an upgrade replaces, and what that means. */
export interface UpgradeStep {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly changelog: readonly ChangelogSection[];
  readonly changes: readonly PackChange[];
}

export interface PlannedUpgrade {
  readonly outdated: readonly OutdatedPack[];
  readonly steps: readonly UpgradeStep[];
  readonly plan: InstallPlan;
  readonly resolved: ResolvedPacks;
}

/**
 * Installed packs of which their recorded place has newer versions, sorted by id.
 * @throws PacksmithError `PACK_NOT_INSTALLED`, and those of the sources.
 */
export async function findOutdated(request: UpgradeRequest, ports: ResolvePorts): Promise<OutdatedPack[]> {
  const { lock } = await ports.store.readInstalled();
  const packs = selectPacks(request.ids, lock);
  const options = { offline: request.offline, ...(request.signal && { signal: request.signal }) };
  const installedFirst = new Set(lock.packs.map(({ id }) => id as string));
  const finder = new PackFinder({ installed: lock, wide: 'all', installedFirst, options }, ports);
  const outdated = await Promise.all(packs.map((pack) => compareWithPlace(pack, request.reach, finder)));
  return outdated.filter(({ latest, wanted }) => latest !== undefined || wanted !== undefined);
}

/**
 * Plans replacing installed packs by newer versions from where they came from, with what their changelogs and manifests say of the difference.
 * @throws PacksmithError `PACK_NOT_INSTALLED`, and as `resolvePacks` does.
 */
export async function planUpgrade(request: UpgradeRequest, ports: ResolvePorts): Promise<PlannedUpgrade> {
  const outdated = await findOutdated(request, ports);
  const state = await ports.store.readInstalled();
  const { lock } = state;
  const selected = new Set(selectPacks(request.ids, lock).map(({ id }) => id as string));
  const resolved = await resolvePacks(
    {
      demands: lock.packs
        .filter((pack) => pack.requested !== undefined)
        .map((pack) => ({ reference: demandOf(pack, selected.has(pack.id), request.reach), requestedBy: `the installed ${pack.id}` })),
      locked: new Map(lock.packs.filter(({ id }) => !selected.has(id)).map(({ id, version }) => [id, { version }])),
      installed: lock,
      installedFirst: new Set(lock.packs.map(({ id }) => id as string)),
      refresh: selected,
      pins: new Map(
        lock.packs.filter(({ id }) => selected.has(id)).map(({ id, version }) => [id, upgradeRange(version, request.reach, undefined)]),
      ),
      offline: request.offline,
      ...(request.signal && { signal: request.signal }),
    },
    ports,
  );
  const plan = await planResolved(
    {
      operation: 'upgrade',
      requests: request.ids,
      state,
      resolved: { ...resolved, packs: resolved.packs.map((pack) => withNewRange(pack, installedPackOf(lock, pack.id), request.reach)) },
      isAsked: ({ id }) => selected.has(id) && installedPackOf(lock, id)?.requested !== undefined,
      again: new Set(),
      warnings: [],
    },
    ports,
  );
  return { outdated, steps: await describeSteps({ plan, resolved, lock }, ports), plan, resolved };
}

function selectPacks(ids: readonly string[], lock: InstalledLock): InstalledPack[] {
  if (ids.length === 0) return [...lock.packs];
  return ids.map((id) => {
    const pack = installedPackOf(lock, id);
    if (pack === undefined)
      throw notInstalled(
        id,
        lock.packs.map((known) => known.id),
      );
    return pack;
  });
}

async function compareWithPlace(pack: InstalledPack, reach: UpgradeReach, finder: PackFinder): Promise<OutdatedPack> {
  const found = await finder.find(pack.id);
  const versions = (found?.versions ?? []).map(({ version, status }) => ({ version, status }));
  const { wanted, latest } = selectUpgrade({ installed: pack.version, versions, reach, range: rangeOf(pack) });
  return { id: pack.id, installed: pack.version, wanted, latest };
}

function rangeOf({ requested }: InstalledPack): string | undefined {
  const reference = requested === undefined ? undefined : parsePackReference(requested);
  return reference?.kind === 'id' || reference?.kind === 'npm' ? reference.range : undefined;
}

function demandOf(pack: InstalledPack, isSelected: boolean, reach: UpgradeReach): string {
  return isSelected && reach === 'latest' ? pack.id : rootReference(pack);
}

/** Going beyond the range that was asked for changes what is asked for from now on. */
function withNewRange(pack: ResolvedPackEntry, installed: InstalledPack | undefined, reach: UpgradeReach): ResolvedPackEntry {
  if (installed?.requested === undefined) return pack;
  const reference = parsePackReference(installed.requested);
  const isRanged = (reference.kind === 'id' || reference.kind === 'npm') && reference.range !== undefined && /\d/.test(reference.range);
  const isBeyond = reach === 'latest' && isRanged && pack.version !== installed.version;
  const name = isRanged ? `${reference.kind === 'npm' ? 'npm:' : ''}${reference.name}` : '';
  const asked = isBeyond ? `${name}@^${pack.version}` : installed.requested;
  return { ...pack, asked: { reference: asked, requestedBy: 'your request' } };
}

async function describeSteps(
  { plan, resolved, lock }: { readonly plan: InstallPlan; readonly resolved: ResolvedPacks; readonly lock: InstalledLock },
  ports: ResolvePorts,
): Promise<UpgradeStep[]> {
  const replaced = plan.packs.filter(({ action }) => action === 'replace');
  return Promise.all(
    replaced.map(async ({ id, version, replaces = version }) => {
      const after = await resolved.packs.find((pack) => pack.id === id)?.load();
      const before = await loadInstalled(installedPackOf(lock, id), ports);
      const changelog = after === undefined ? [] : readChangelog(after, { after: replaces, upTo: version });
      return { id, from: replaces, to: version, changelog, changes: after && before ? findPackChanges(before, after) : [] };
    }),
  );
}

/** The installed pack, if it is intact: an upgrade also replaces a damaged one. */
async function loadInstalled(installed: InstalledPack | undefined, { store }: Pick<ResolvePorts, 'store'>): Promise<Pack | undefined> {
  if (installed === undefined || (await store.check(installed.integrity)) !== 'intact') return undefined;
  const files = await store.read(installed.integrity);
  const provenance = { kind: 'installed', location: store.locate(installed.integrity) } as const;
  return files && readPackTree(files, { provenance, integrity: installed.integrity });
}

/** What the CHANGELOG.md of a pack says about the versions in a span, newest first. */
export function readChangelog(pack: Pack, span: Parameters<typeof extractChangelog>[1]): ChangelogSection[] {
  const bytes = pack.files.get('CHANGELOG.md' as ProjectPath)?.content;
  const text = bytes && decodeUtf8(bytes);
  return text === undefined ? [] : extractChangelog(text, span);
}
