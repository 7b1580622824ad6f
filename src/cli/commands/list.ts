import { listPacks } from '../../ops/list-packs.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import type { listSpec } from '../specs/list.ts';
import { toListResult } from '../views/pack-list.ts';

export const runList: RunCommand<typeof listSpec> = async ({ flags }, context) => {
  const { repository } = await context.openPorts();
  const { category, source, sort, limit, tag: tags, categories } = flags;
  return toListResult(await listPacks(definedOnly({ category, source, sort, limit, tags }), { repository }), categories);
};
