import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { listVersions } from '../../ops/packs/list-versions.ts';
import { showPack } from '../../ops/packs/show-pack.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RunCommand } from '../command.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { showSpec } from '../specs/show.ts';
import { describePack } from '../views/describe-pack.ts';
import { SECTIONS, viewPackDetails } from '../views/pack-details.ts';
import { viewPackVersions } from '../views/pack-versions.ts';

export const runShow: RunCommand<typeof showSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const reference = positionals[0] ?? '';
  if (flags.versions) {
    const versions = await listVersions({ reference, ...loadOptionsOf(context) }, ports);
    const use = parsePackReference(reference).kind === 'id' ? `packs install ${reference}` : `packs generate ${reference} DIR`;
    return { data: versions, view: (terminal) => viewPackVersions(versions, terminal), next: [use] };
  }
  const details = await showPack({ reference, ...loadOptionsOf(context) }, ports).catch((error: unknown) => {
    throw hintAtRegistries(error, reference, ports);
  });
  const sections = SECTIONS.filter((section) => flags[section]);
  return {
    data: describePack(details),
    view: (terminal) => viewPackDetails(details, sections, terminal),
    next:
      sections.length === 0
        ? [`packs show ${reference} --variables`, `packs generate ${reference} DIR`]
        : [`packs generate ${reference} DIR`],
  };
};

/** Only the versions of a pack are asked of registries; what is in it shows once it is installed. */
function hintAtRegistries(error: unknown, reference: string, { places }: Pick<Ports, 'places'>): unknown {
  const isMissing = error instanceof PacksmithError && error.code === 'PACK_NOT_FOUND' && error.suggestions.length === 0;
  if (!isMissing || places.registries.length === 0) return error;
  const hint = `\`packs show ${reference} --versions\` asks the registries, and \`packs install ${reference}\` brings it`;
  return new PacksmithError('PACK_NOT_FOUND', error.message, { hint, cause: error });
}
