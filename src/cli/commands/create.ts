import { relative, resolve } from 'node:path';
import { createPack } from '../../ops/create-pack.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { createSpec } from '../specs/publish.ts';
import { viewCreatedPack } from '../views/publishing.ts';

export const runCreate: RunCommand<typeof createSpec> = async ({ flags, positionals }, context) => {
  const ports = await openAuthorPorts(context);
  const [id = '', given] = positionals;
  const directory = resolve(context.workingDirectory, given ?? id.slice(id.indexOf('/') + 1));
  const { author } = ports.config.defaults;
  const created = await createPack({ id, directory, ...definedOnly({ category: flags.category, author }) }, ports);
  const shown = `./${relative(context.workingDirectory, directory).replaceAll('\\', '/')}`;
  const reference = shown.startsWith('./..') ? directory : shown;
  return {
    data: created,
    view: (terminal) => viewCreatedPack(created, terminal),
    next: [`packs test ${reference}`, `packs generate ${reference} DIR`],
  };
};
