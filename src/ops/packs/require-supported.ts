import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { PackManifest } from '../../core/pack/pack-manifest.ts';
import { isToolInRange } from '../../core/pack/versions.ts';
import type { Ports } from '../../ports/ports.ts';

/** Says that this version of packsmith is not one that a pack asks for; `undefined` when it is, or the pack does not say. */
export function findUnsupported(requires: string | undefined, { toolVersion }: Pick<Ports, 'toolVersion'>): string | undefined {
  if (requires === undefined || toolVersion === undefined || isToolInRange(toolVersion, requires)) return undefined;
  return `requires packsmith ${requires}, and this is ${toolVersion}`;
}

/** @throws PacksmithError `MANIFEST_INVALID` for a pack that this version of packsmith is not to load. */
export function requireSupported({ id, version, requires }: PackManifest, ports: Pick<Ports, 'toolVersion'>): void {
  const reason = findUnsupported(requires, ports);
  if (reason === undefined) return;
  throw new PacksmithError('MANIFEST_INVALID', `${id} ${version} ${reason}`, {
    hint: 'use a version of packsmith in that range, or another version of the pack',
  });
}
