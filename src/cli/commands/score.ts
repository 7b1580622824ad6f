import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { scoreReference } from '../../ops/author/score-pack.ts';
import type { RunCommand } from '../command.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { scoreSpec } from '../specs/quality.ts';
import { viewScore } from '../views/score.ts';

export const runScore: RunCommand<typeof scoreSpec> = async ({ flags, positionals }, context) => {
  const opened = await context.openPorts();
  const ports = { ...opened, ...(await opened.openTrials()) };
  const reference = positionals[0] ?? '.';
  const { globals } = context;
  const report = await scoreReference({ reference, ...loadOptionsOf(context), static: flags.static }, ports);
  const { min } = flags;
  const failure = new PacksmithError('CHECK_FAILED', `${report.id} has a score of ${report.score}, and ${min} is asked for`);
  return {
    data: report,
    view: (terminal) => viewScore(report, { showsAll: globals.verbose }, terminal),
    ...(min !== undefined && report.score < min ? { failure } : {}),
  };
};
