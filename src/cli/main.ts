import { resolve } from 'node:path';
import { ERROR_CODES } from '../core/diagnostics/error-codes.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { COMMANDS } from './command-table.ts';
import { formatResult } from './format-result.ts';
import type { GlobalFlags } from './global-flags.ts';
import type { Host, Output } from './host.ts';
import { type OpenPortsSettings, openPorts } from './open-ports.ts';
import { openProject } from './open-project.ts';
import { type ParsedCommandLine, parseCommandLine } from './parse-command-line.ts';
import { presentError, withHint } from './present-error.ts';
import { chooseStyle } from './style.ts';
import type { Terminal } from './terminal.ts';
import { createProgress, type Progress } from './terminal-progress.ts';
import { describeHelp, viewHelp } from './views/help.ts';

/** Runs one command line from its arguments to its exit code. Never rejects: whatever goes wrong is shown, and decides the exit code. */
export async function runMain(host: Host): Promise<void> {
  let parsed: ParsedCommandLine;
  try {
    parsed = parseCommandLine(host.argv, SPECS);
  } catch (error) {
    const isJson = host.argv.slice(0, indexOrEnd(host.argv, '--')).includes('--json');
    return finish({ host, command: null, globals: { ...NO_GLOBALS, json: isJson }, error });
  }
  const { globals } = parsed;
  if (parsed.kind === 'version') return finish({ host, command: null, globals, result: versionResult(host) });
  if (parsed.kind === 'help') return finish({ host, command: parsed.spec?.verb ?? null, globals, result: helpResult(parsed) });
  await runCommand(host, parsed);
}

const SPECS = COMMANDS.map((command) => command.spec);

const NO_GLOBALS: GlobalFlags = {
  json: false,
  quiet: false,
  verbose: false,
  'no-color': false,
  yes: false,
  offline: false,
  cwd: undefined,
  help: false,
  version: false,
};

async function runCommand(host: Host, parsed: Extract<ParsedCommandLine, { kind: 'run' }>): Promise<void> {
  const { globals, spec } = parsed;
  const progress = createProgress({ output: host.stderr, kind: progressKind(host, globals) });
  const controller = new AbortController();
  const stopListening = host.onInterrupt(() => interrupt(host, controller, progress));
  const settled: Pick<Finish, 'result' | 'error'> = {};
  try {
    const command = COMMANDS.find((candidate) => candidate.spec === spec);
    const run = await command?.load();
    const workingDirectory = placeWork(host, globals);
    settled.result = await run?.(parsed, createContext({ host, globals, workingDirectory, progress, signal: controller.signal }));
  } catch (error) {
    settled.error = controller.signal.aborted ? toInterruption(error) : error;
  } finally {
    stopListening();
    progress.clear();
  }
  finish({ host, command: spec.verb, globals, notices: progress.notices, ...settled });
}

/** The first Ctrl+C asks the work to end in order; the second one ends the process. The next command recovers what was left. */
function interrupt(host: Host, controller: AbortController, progress: Progress): void {
  if (controller.signal.aborted) {
    host.exit(130);
    return;
  }
  progress.clear();
  host.stderr.write('interrupted: ending in order; once more ends at once\n');
  controller.abort();
}

function toInterruption(error: unknown): unknown {
  if (error instanceof PacksmithError) return error;
  return new PacksmithError('INTERRUPTED', 'interrupted; nothing was left half done');
}

/** Where the command works. @throws PacksmithError `INVALID_ARGUMENTS`: a mistyped directory is not one to make. */
function placeWork({ workingDirectory, isDirectory }: Host, { cwd }: GlobalFlags): string {
  const directory = resolve(workingDirectory, cwd ?? '.');
  if (cwd === undefined || isDirectory(directory)) return directory;
  throw new PacksmithError('INVALID_ARGUMENTS', `--cwd: there is no directory ${directory}`, { hint: 'make it first, or name another' });
}

interface ContextSettings {
  readonly host: Host;
  readonly globals: GlobalFlags;
  /** Absolute. */
  readonly workingDirectory: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

function createContext({ host, globals, workingDirectory, progress, signal }: ContextSettings): CommandContext {
  const isInteractive = host.isInputTerminal && host.stderr.isTerminal && !globals.json && !host.env['CI'];
  const settingsFor = (wish: { readonly mayAsk?: boolean } | undefined): OpenPortsSettings => {
    return { host, workingDirectory, reporter: progress, mayAsk: isInteractive && wish?.mayAsk === true };
  };
  return {
    globals,
    workingDirectory,
    signal,
    isInteractive,
    note: (view) => {
      progress.clear();
      host.stderr.write(view(terminalOf(host, host.stderr, globals)));
    },
    environment: host.env,
    specs: SPECS,
    openMachine: async () => {
      const { findProjectRoot, openMachine } = await import('../node-ports.ts');
      return { machine: await openMachine(host), root: findProjectRoot(workingDirectory) };
    },
    openSettings: async () => (await import('../node-ports.ts')).openSettingsFile(host),
    openPorts: (wish) => openPorts(settingsFor(wish)),
    openProject: (wish) => openProject({ ...settingsFor(wish), takesChanged: wish?.takesChanged === true }),
  };
}

function progressKind(host: Host, globals: GlobalFlags): 'line' | 'lines' | 'none' {
  if (globals.quiet || globals.json) return 'none';
  return host.stderr.isTerminal && host.env['TERM'] !== 'dumb' && !globals.verbose ? 'line' : 'lines';
}

interface Finish {
  host: Host;
  command: string | null;
  globals: GlobalFlags;
  notices?: readonly string[];
  result?: CommandResult | undefined;
  error?: unknown;
}

/** Prints the result, and below it the failure, if there is one; sets the exit code. */
function finish({ host, command, globals, notices = [], result: given, error }: Finish): void {
  const finished: CommandResult = given ?? NO_RESULT;
  const result: CommandResult = { ...finished, failure: withHint(error ?? finished.failure, command) };
  const warnings = [...notices, ...(result.warnings ?? [])];
  const stdout = terminalOf(host, host.stdout, globals);
  const stderr = terminalOf(host, host.stderr, globals);
  const printed = formatResult({
    command,
    result: { ...result, warnings },
    isJson: globals.json,
    isQuiet: globals.quiet,
    stdout,
    stderr,
  });
  host.stdout.write(printed.stdout);
  host.stderr.write(printed.stderr);
  if (result.failure === undefined) return;
  host.setExitCode(exitCodeOf(result.failure));
  if (!globals.json) host.stderr.write(presentError(result.failure, { ...stderr, isVerbose: globals.verbose }));
}

const NO_RESULT: CommandResult = { data: null, view: () => '' };

function exitCodeOf(failure: unknown): number {
  return failure instanceof PacksmithError ? ERROR_CODES[failure.code].exit : 1;
}

function terminalOf(host: Host, output: Output, globals: GlobalFlags): Terminal {
  const style = chooseStyle({ env: host.env, isRefused: globals['no-color'], isTerminal: output.isTerminal });
  return { columns: output.columns, style };
}

function versionResult(host: Host): CommandResult {
  return { data: { version: host.version }, view: () => `${host.version}\n` };
}

function helpResult({ spec }: Extract<ParsedCommandLine, { kind: 'help' }>): CommandResult {
  return { data: describeHelp(SPECS, spec), view: (terminal) => viewHelp(SPECS, spec, terminal) };
}

function indexOrEnd(argv: readonly string[], word: string): number {
  const index = argv.indexOf(word);
  return index === -1 ? argv.length : index;
}
