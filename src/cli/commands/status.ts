import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { checkProject } from '../../ops/check-project.ts';
import type { RunCommand } from '../command.ts';
import type { statusSpec } from '../specs/project.ts';
import { countDrift, viewStatus } from '../views/status.ts';

export const runStatus: RunCommand<typeof statusSpec> = async ({ flags }, context) => {
  const ports = await context.openPorts();
  const status = await checkProject({}, { ...ports, project: ports.openProject(context.workingDirectory) });
  const drift = countDrift(status);
  const failure = new PacksmithError('CHECK_FAILED', `${drift} of ${status.files.length} generated files are not as generated`);
  return {
    data: status,
    view: (terminal) => viewStatus(status, { terminal, showsAll: flags.all }),
    next: status.pending.length > 0 ? ['packs update --continue', 'packs update --abort'] : [],
    ...(flags.check && drift > 0 ? { failure } : {}),
  };
};
