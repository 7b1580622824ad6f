import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { type DoctorPorts, runDoctor } from '../../ops/doctor/run-doctor.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { doctorSpec } from '../specs/settings.ts';
import { viewDoctor } from '../views/doctor.ts';

export const runDoctorCommand: RunCommand<typeof doctorSpec> = async ({ flags }, context) => {
  const { machine, root } = await context.openMachine();
  const opened = await openSettled(context);
  const { signal, globals } = context;
  const report = await runDoctor(
    { fix: flags.fix, offline: globals.offline, directory: root, settingsFailure: opened.failure, signal },
    { machine, settled: opened.settled },
  );
  const { errors, checks } = report;
  const canFix = !flags.fix && checks.some(({ isFixable }) => isFixable === true);
  const failure = new PacksmithError('CHECK_FAILED', errors === 1 ? 'one thing must be mended' : `${errors} things must be mended`, {
    hint: canFix ? '`packs doctor --fix` mends what can be mended safely' : 'do what stands below each of them',
  });
  return {
    data: report,
    view: (terminal) => viewDoctor(report, terminal),
    next: canFix ? ['packs doctor --fix'] : [],
    ...(errors === 0 ? {} : { failure }),
  };
};

interface Opened {
  readonly settled: DoctorPorts['settled'];
  readonly failure: PacksmithError | undefined;
}

/** Settings that cannot be read are what a check says, and no reason to stop. */
async function openSettled(context: CommandContext): Promise<Opened> {
  try {
    const { ports, project } = await context.openProject();
    return { settled: { ...ports, project }, failure: undefined };
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    return { settled: undefined, failure: error };
  }
}
