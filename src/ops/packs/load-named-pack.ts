import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import type { InspectedPack } from '../../ports/pack-repository.ts';
import { anchorReference } from './plan-install.ts';
import { withLanguage } from './read-pack-tree.ts';
import { resolvePacks } from './resolve-packs.ts';
import type { ResolvePorts } from './resolved-packs.ts';

/** How packs that are not on this machine are looked for. */
export interface LoadOptions {
  readonly workingDirectory: string;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export interface NamedPack {
  readonly pack: Pack;
  readonly reference: PackReference;
  /** Absolute; what paths of its data are relative to. */
  readonly directory: string;
}

/**
 * The pack that a reference names: an id or a directory on this machine, or the newest that fits from where a git repository, an archive or a
 * registry has it.
 * @throws PacksmithError `REFERENCE_INVALID`, and as `PackRepository.load` and `resolvePacks` do.
 */
export async function loadNamedPack(text: string, options: LoadOptions, ports: ResolvePorts): Promise<NamedPack> {
  const reference = anchorReference(parsePackReference(text), options.workingDirectory);
  const pack = isHere(reference) ? await withLanguage(await ports.repository.load(reference)) : await resolveOne(text, options, ports);
  return { pack, reference, directory: reference.kind === 'path' ? reference.path : pack.provenance.location };
}

/** As `loadNamedPack`, with what is to be said of a manifest on this machine; a directory is called what the user calls it. */
export async function inspectNamedPack(text: string, options: LoadOptions, ports: ResolvePorts): Promise<InspectedPack> {
  const reference = parsePackReference(text);
  if (isHere(reference)) {
    const { pack, diagnostics } = await ports.repository.inspect(reference);
    return { pack: await withLanguage(pack), diagnostics };
  }
  return { pack: await resolveOne(text, options, ports), diagnostics: [] };
}

/** The newest version that a reference allows, wherever it is. @throws PacksmithError as `resolvePacks` does. */
export async function resolveOne(text: string, { workingDirectory, offline, signal }: LoadOptions, ports: ResolvePorts): Promise<Pack> {
  const demands = [{ reference: anchorText(text, workingDirectory), requestedBy: 'your request' }];
  const { packs } = await resolvePacks({ demands, withoutDependencies: true, offline, ...(signal && { signal }) }, ports);
  const [only] = packs;
  if (only === undefined) throw new PacksmithError('PACK_NOT_FOUND', `there is no pack ${text}`);
  return only.load();
}

/** What is on this machine, and is read from there as it stands. */
function isHere({ kind }: PackReference): boolean {
  return kind === 'id' || kind === 'path';
}

/** The same reference, whatever the working directory. @throws PacksmithError `REFERENCE_INVALID`. */
export function anchorText(text: string, workingDirectory: string): string {
  return formatPackReference(anchorReference(parsePackReference(text), workingDirectory));
}
