import { showPack } from '../../ops/show-pack.ts';
import type { RunCommand } from '../command.ts';
import type { showSpec } from '../specs/show.ts';
import { describePack } from '../views/describe-pack.ts';
import { SECTIONS, viewPackDetails } from '../views/pack-details.ts';

export const runShow: RunCommand<typeof showSpec> = async ({ flags, positionals }, context) => {
  const { repository } = await context.openPorts();
  const reference = positionals[0] ?? '';
  const details = await showPack({ reference }, { repository });
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
