import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findLimitProblem } from '../../core/manifest/limits.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { type BundledPack, type BundledTree, formatBundle } from '../../core/publish/bundle.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import { treeBytes } from '../packs/read-pack-tree.ts';
import { resolvePacks } from '../packs/resolve-packs.ts';
import type { ResolvedPackEntry, ResolvePorts } from '../packs/resolved-packs.ts';

export interface ExportRequest {
  /** In the documented grammar; paths are absolute. */
  readonly reference: string;
  /** One bundle with everything that the pack needs, instead of the pack alone. */
  readonly withDependencies: boolean;
  /** Absolute path of the file for a pack and version. */
  readonly outputFor: (pack: { readonly id: PackName; readonly version: string }) => string;
  readonly replace: boolean;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export interface ExportedFile {
  readonly file: string;
  readonly bytes: number;
  /** `sha512-…` of the file: tell it to the receiver by another way. */
  readonly integrity: string;
  /** Dependencies before their dependents. */
  readonly packs: readonly Pick<BundledPack, 'id' | 'version' | 'integrity'>[];
}

/**
 * Writes a pack as an archive, or with everything it needs as a bundle, which `import` takes without a network. The same packs give the same bytes.
 * @throws PacksmithError as `resolvePacks` does, `TARGET_IN_THE_WAY`, `PACK_TOO_LARGE` for a bundle over the limits of a pack, and those of the disk.
 */
export async function exportPack(request: ExportRequest, ports: ResolvePorts & { readonly packFiles: PackFiles }): Promise<ExportedFile> {
  const { reference, withDependencies, offline, signal } = request;
  const demands = [{ reference, requestedBy: 'your request' }];
  const resolved = await resolvePacks({ demands, withoutDependencies: !withDependencies, offline, ...(signal && { signal }) }, ports);
  const trees = await Promise.all(resolved.packs.map(fetchTree));
  const root = resolved.packs.find(({ asked }) => asked !== undefined);
  const rootTree = trees.find(({ pack }) => pack.id === root?.id);
  if (rootTree === undefined) throw new PacksmithError('PACK_NOT_FOUND', `${reference} resolves to no pack`);
  const content = withDependencies ? formatBundle({ roots: [rootTree.pack.id], packs: trees }) : rootTree.files;
  if (withDependencies) checkSize(content);
  const archive = ports.packFiles.buildArchive(content, withDependencies ? '' : 'package');
  const file = request.outputFor(rootTree.pack);
  ports.packFiles.writeFile(file, archive.bytes, { replace: request.replace });
  const packs = (withDependencies ? trees : [rootTree]).map(({ pack: { id, version, integrity } }) => ({ id, version, integrity }));
  return { file, bytes: archive.bytes.byteLength, integrity: archive.integrity, packs };
}

async function fetchTree({ id, version, source, found, fetch }: ResolvedPackEntry): Promise<BundledTree> {
  const { files, integrity } = await fetch();
  return { pack: { id, version, integrity, source: findPortableSource(source), registry: found.registry }, files };
}

/** What finds a pack on this machine only means nothing elsewhere. */
function findPortableSource(source: string): string | undefined {
  if (source === 'builtin') return source;
  const { kind } = parsePackReference(source);
  return kind === 'path' || kind === 'archive' ? undefined : source;
}

/** A bundle is read back by the rules for archives, so it is not written beyond them. */
function checkSize(content: FileTree): void {
  const problem = findLimitProblem('packFiles', content.size) ?? findLimitProblem('packBytes', treeBytes(content));
  if (problem !== undefined)
    throw new PacksmithError('PACK_TOO_LARGE', `the bundle is too large: ${problem}`, { hint: 'export its packs one by one' });
}
