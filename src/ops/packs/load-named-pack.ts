import type { Pack } from '../../core/pack/pack.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import type { Ports } from '../../ports/ports.ts';
import { anchorReference } from './plan-install.ts';

export interface NamedPack {
  readonly pack: Pack;
  readonly reference: PackReference;
  /** Absolute; what paths of its data are relative to. */
  readonly directory: string;
}

/** The pack that an id, a directory or another reference names. @throws PacksmithError `REFERENCE_INVALID`, and as `PackRepository.load` does. */
export async function loadNamedPack(text: string, workingDirectory: string, { repository }: Pick<Ports, 'repository'>): Promise<NamedPack> {
  const reference = anchorReference(parsePackReference(text), workingDirectory);
  const pack = await repository.load(reference);
  return { pack, reference, directory: reference.kind === 'path' ? reference.path : pack.provenance.location };
}

/** The same reference, whatever the working directory. @throws PacksmithError `REFERENCE_INVALID`. */
export function anchorText(text: string, workingDirectory: string): string {
  return formatPackReference(anchorReference(parsePackReference(text), workingDirectory));
}
