import { applyEdits } from '../../core/cases/apply-edits.ts';
import type { CaseUpdate } from '../../core/cases/pack-case.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { routeRegistries } from '../../core/install/route-registries.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { compareVersions, isInRange, isVersionRange } from '../../core/pack/versions.ts';
import type { Hash } from '../../core/tree/digest.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import { type FinderPorts, PackFinder } from './pack-finder.ts';
import { anchorReference } from './plan-install.ts';
import { readPackTree } from './read-pack-tree.ts';

export interface EarlierPackRequest {
  readonly pack: Pack;
  /** Of the pack, absolute: references to directories are relative to it. */
  readonly directory: string;
  readonly update: Pick<CaseUpdate, 'from' | 'earlier'>;
  /** Asked before the registries of the settings. */
  readonly registry?: PackSource;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export type EarlierPorts = FinderPorts & { readonly hash: Hash };

/**
 * The pack that a project of an update case is generated with.
 * @throws PacksmithError `PACK_NOT_FOUND` where there is no such version, `CASE_INVALID` for another pack or an edit that cannot be made,
 * `MANIFEST_INVALID` where the edits break the manifest, and those of the sources.
 */
export async function findEarlierPack(request: EarlierPackRequest, ports: EarlierPorts): Promise<Pack> {
  const { pack, update } = request;
  const found = update.from === undefined ? pack : await findPack(update.from, request, ports);
  if (found.manifest.id !== pack.manifest.id) {
    throw new PacksmithError('CASE_INVALID', `${update.from} is ${found.manifest.id}, not an earlier ${pack.manifest.id}`);
  }
  return update.earlier.length === 0 ? found : editPack(found, update, ports);
}

function editPack(pack: Pack, { earlier }: Pick<CaseUpdate, 'earlier'>, { hash }: Pick<EarlierPorts, 'hash'>): Pack {
  const edited = applyEdits(pack.files, earlier);
  if (edited.kind === 'problem') {
    throw new PacksmithError('CASE_INVALID', `edit ${edited.index + 1} of update.earlier cannot be made: ${edited.problem}`, {
      hint: 'the edits are made to the files of the pack, such as templates/README.md.jinja',
    });
  }
  const lines = sortedPaths(edited.tree).map((path) => `${path} ${hash(edited.tree.get(path)?.content ?? '')}`);
  return readPackTree(edited.tree, { provenance: pack.provenance, integrity: `edited-${hash(lines.join('\n'))}` });
}

function findPack(from: string, request: EarlierPackRequest, ports: EarlierPorts): Promise<Pack> {
  if (from === 'previous' || isVersionRange(from)) return findVersion(from, request, ports);
  return findReferenced(from, request, ports);
}

async function findReferenced(from: string, { directory, offline, signal }: EarlierPackRequest, ports: EarlierPorts): Promise<Pack> {
  const reference = anchorReference(parsePackReference(from), directory);
  if (reference.kind === 'path') return ports.repository.load(reference);
  const { lock } = await ports.store.readInstalled();
  const finder = new PackFinder({ installed: lock, wide: 'all', options: { offline, ...(signal && { signal }) } }, ports);
  const found = reference.kind === 'id' ? await finder.find(reference.name) : await finder.findReference(reference);
  const range = 'range' in reference ? reference.range : undefined;
  const version = found?.versions.find((candidate) => range === undefined || isInRange(candidate.version, range));
  if (version === undefined) throw new PacksmithError('PACK_NOT_FOUND', `there is no pack ${from}`);
  return finder.load(version);
}

/** A version of the very pack: of the first registry that knows it, else of a folder that has another version of it. */
async function findVersion(from: string, request: EarlierPackRequest, ports: EarlierPorts): Promise<Pack> {
  const { id, version: current } = request.pack.manifest;
  const isWanted = (version: string): boolean =>
    from === 'previous' ? compareVersions(version, current) < 0 && !version.includes('-') : isInRange(version, from);
  const options = { offline: request.offline, ...(request.signal && { signal: request.signal }) };
  const configured = routeRegistries(id, ports.places.registries).map(({ source }) => source);
  for (const source of [...(request.registry ? [request.registry] : []), ...configured]) {
    const versions = await source.listVersions({ kind: 'id', name: id }, options);
    if (versions === undefined) continue;
    const chosen = versions.find(({ version, status }) => status !== 'yanked' && isWanted(version));
    if (chosen === undefined) break;
    return fetchVersion(chosen, source, { options, ports });
  }
  const entry = (await ports.repository.list()).find(
    (candidate) => candidate.id === id && isWanted(candidate.version) && !candidate.isBroken,
  );
  if (entry !== undefined) return ports.repository.load({ kind: 'path', path: entry.provenance.location });
  const what = from === 'previous' ? `version before ${current}` : `version in ${from}`;
  throw new PacksmithError('PACK_NOT_FOUND', `no registry and no folder has a ${what} of ${id}`, {
    hint: 'until one is published, say what was different with [[update.earlier]], or name a directory with from = "./…"',
  });
}

interface FetchContext {
  readonly options: Parameters<PackSource['fetch']>[1];
  readonly ports: EarlierPorts;
}

async function fetchVersion(
  chosen: Parameters<PackSource['fetch']>[0],
  source: PackSource,
  { options, ports }: FetchContext,
): Promise<Pack> {
  const fetched = await source.fetch(chosen, options);
  ports.verifySignature?.({ ...chosen, source: formatPackReference(chosen.pinned) }, fetched);
  return readPackTree(fetched.files, { provenance: chosen.provenance, integrity: fetched.integrity });
}
