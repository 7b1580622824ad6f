import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { AuthoringPorts, NodePorts } from '../../node-ports.ts';
import { type TestReport, testPack } from '../../ops/author/test-pack.ts';
import { loadNamedPack } from '../../ops/packs/load-named-pack.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import { type CommandConsent, openCommandConsent } from '../command-consent.ts';
import type { CommandInput } from '../command-spec.ts';
import { loadOptionsOf } from '../load-options.ts';
import { presentError } from '../present-error.ts';
import type { testSpec } from '../specs/test.ts';
import { viewJunit } from '../views/junit.ts';
import { viewTestReport } from '../views/test-report.ts';

type Flags = CommandInput<typeof testSpec>['flags'];
type TestingPorts = NodePorts & AuthoringPorts & Awaited<ReturnType<NodePorts['openTrials']>>;

export const runTest: RunCommand<typeof testSpec> = async ({ flags, positionals }, context) => {
  checkFlags(flags);
  const opened = await context.openPorts({ mayAsk: true });
  const ports = { ...opened, ...(await opened.openAuthoring()), ...(await opened.openTrials()) };
  const consent = openCommandConsent({ isTrusted: flags.trust, ports }, context);
  const run = (): Promise<CommandResult> => runOnce(positionals[0] ?? '.', { flags, context, ports, consent });
  return flags.watch ? watch(run, { directory: directoryOf(positionals[0] ?? '.', context), context, ports }) : run();
};

function checkFlags({ watch: isWatching, format, trust, 'skip-commands': skips }: Flags): void {
  if (isWatching && format !== undefined && format !== 'human')
    throw new PacksmithError('INVALID_ARGUMENTS', '--watch shows text; leave --format out');
  if (trust && skips) throw new PacksmithError('INVALID_ARGUMENTS', '--trust runs commands and --skip-commands does not: give one of them');
}

function directoryOf(text: string, { workingDirectory }: CommandContext): string {
  const reference = parsePackReference(text);
  if (reference.kind === 'path') return resolve(workingDirectory, reference.path);
  throw new PacksmithError('INVALID_ARGUMENTS', `${text} is no directory that could be watched`, {
    hint: 'give a directory, such as ./my-pack',
  });
}

interface TestingWorld {
  readonly flags: Flags;
  readonly context: CommandContext;
  readonly ports: TestingPorts;
  readonly consent: CommandConsent;
}

async function runOnce(text: string, { flags, context, ports, consent }: TestingWorld): Promise<CommandResult> {
  const { pack, directory } = await loadNamedPack(text, loadOptionsOf(context), ports);
  const { signal, globals } = context;
  const commands = flags['skip-commands'] ? 'skip' : consent({ pack, directory });
  const request = { pack, directory, filter: flags.filter, update: flags.update, commands, offline: globals.offline, signal } as const;
  if (flags.update && pack.provenance.kind === 'installed')
    throw new PacksmithError('INVALID_ARGUMENTS', `${pack.manifest.id} is installed, and what is installed stays as it was published`, {
      hint: 'give the directory that you work on the pack in, or leave --update out',
    });
  const { report, written, removed } = await testPack(request, ports);
  if (flags.update) ports.packFiles.changeDirectory(directory, { written, removed });
  return toResult(report, { flags, text });
}

function toResult(report: TestReport, { flags, text }: { readonly flags: Flags; readonly text: string }): CommandResult {
  const { failed, cases, id, warnings } = report;
  const message = `${failed} of ${cases.length} cases of ${id} failed`;
  const { format = 'human' } = flags;
  return {
    data: report,
    view: (terminal) => {
      if (format === 'junit') return viewJunit(report);
      return format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : viewTestReport(report, terminal);
    },
    warnings,
    next: format === 'human' ? [`packs publish ${text === '.' ? '' : `${text} `}--dry-run`] : [],
    ...(failed === 0 ? {} : { failure: new PacksmithError('CHECK_FAILED', message, { hint: hintOf(report) }) }),
  };
}

function hintOf({ cases }: TestReport): string {
  const isSnapshot = cases.every(({ problems }) => problems.every(({ at }) => at[1] === 'snapshots'));
  return isSnapshot
    ? 'look at the differences; where they are right, `packs test --update` stores them'
    : 'mend the pack, or what its cases expect';
}

interface Watching {
  readonly directory: string;
  readonly context: CommandContext;
  readonly ports: TestingPorts;
}

/** Shows every run beside the result, which is that of the last one. A pack that cannot be read for a moment ends nothing. */
async function watch(run: () => Promise<CommandResult>, { directory, context, ports }: Watching): Promise<CommandResult> {
  const { signal, note, globals } = context;
  let last: CommandResult = { data: null, view: () => '' };
  const watched = ports.watchDirectory(directory, signal);
  for (let isOn = true; isOn; isOn = await watched.next()) {
    try {
      const result = await run();
      last = result;
      note((terminal) => `${result.view(terminal)}watching ${directory} · Ctrl+C ends\n\n`);
    } catch (error) {
      if (signal.aborted) break;
      note((terminal) => `${presentError(error, { ...terminal, isVerbose: globals.verbose })}watching ${directory} · Ctrl+C ends\n\n`);
    }
  }
  return last;
}
