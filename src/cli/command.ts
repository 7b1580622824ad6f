import type { NodePorts } from '../node-ports.ts';
import type { MachinePort } from '../ports/machine.ts';
import type { CommandInput, CommandSpec } from './command-spec.ts';
import type { GlobalFlags } from './global-flags.ts';
import type { OpenedProject } from './open-project.ts';
import type { Terminal } from './terminal.ts';

/** What a command gives back; it prints nothing itself. */
export interface CommandResult {
  /** The `data` of the JSON envelope. */
  readonly data: unknown;
  /** What people see on stdout; ends with a newline unless it is empty. */
  readonly view: (terminal: Terminal) => string;
  readonly warnings?: readonly string[];
  /** The next useful commands, each a whole line, shown on stderr. */
  readonly next?: readonly string[];
  /** A failure that is shown below the result, such as that what was checked did not pass. */
  readonly failure?: unknown;
}

/** The world of a command. */
export interface CommandContext {
  readonly globals: GlobalFlags;
  /** Absolute; `--cwd` has been applied. */
  readonly workingDirectory: string;
  /** Questions may be asked: stdin and stderr are terminals, and neither `--json` nor CI says otherwise. */
  readonly isInteractive: boolean;
  readonly signal: AbortSignal;
  /** What is shown before a question. */
  readonly note: (view: (terminal: Terminal) => string) => void;
  /** Every command there is. */
  readonly specs: readonly CommandSpec[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Opens the adapters; they are loaded only then, and the prompter only for a command that may ask. */
  readonly openPorts: (wish?: { readonly mayAsk: boolean }) => Promise<NodePorts>;
  /** The machine, which can be looked at even where the settings cannot be read, and the directory of the project. */
  readonly openMachine: () => Promise<{ readonly machine: MachinePort; readonly root: string }>;
  /** The file of the user's settings, which can be mended also where it has errors. */
  readonly openSettings: () => Promise<Pick<NodePorts, 'configFile' | 'files'>>;
  /** As `openPorts`, for a command that works on the project which the working directory is in; or, with `takesChanged`, on whatever has an undo log there. */
  readonly openProject: (wish?: { readonly mayAsk?: boolean; readonly takesChanged?: boolean }) => Promise<OpenedProject>;
}

export type RunCommand<Spec extends CommandSpec> = (input: CommandInput<Spec>, context: CommandContext) => Promise<CommandResult>;
