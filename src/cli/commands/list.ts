import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { listPacks } from '../../ops/packs/list-packs.ts';
import { findOutdated } from '../../ops/packs/upgrade-packs.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import type { listSpec } from '../specs/list.ts';
import { toListResult } from '../views/pack-list.ts';
import { toOutdatedResult } from '../views/upgrade-result.ts';

export const runList: RunCommand<typeof listSpec> = async ({ flags }, context) => {
  const ports = await context.openPorts();
  const { repository } = ports;
  if (flags.outdated) {
    const request = { ids: [], reach: 'range', offline: context.globals.offline, signal: context.signal } as const;
    return toOutdatedResult(await findOutdated(request, ports));
  }
  const { category, source, installed, sort, limit, tag: tags, categories } = flags;
  const isScored = flags.score || sort === 'score';
  if (isScored && categories) throw new PacksmithError('INVALID_ARGUMENTS', '--categories lists no packs that could be scored');
  if (!isScored)
    return toListResult(await listPacks(definedOnly({ category, source, installed, sort, limit, tags }), { repository }), categories);
  const { orderByScore, scoreListed } = await import('../../ops/packs/score-listed.ts');
  const scores = await scoreListed({ repository });
  if (sort !== 'score')
    return toListResult(await listPacks(definedOnly({ category, source, installed, sort, limit, tags }), { repository }), false, scores);
  const all = await listPacks(definedOnly({ category, source, installed, tags }), { repository });
  return toListResult(orderByScore(all, scores, limit), false, scores);
};
