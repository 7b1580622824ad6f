import type { NodeSettings, openPrompter } from '../node-ports.ts';

/** The streams that questions are asked on. */
export type PromptStreams = Parameters<typeof openPrompter>[0];

/** A stream that text goes to. */
export interface Output {
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  write(text: string | Uint8Array): void;
}

/** What was found out about the program before it was loaded. */
export type Program = Pick<NodeSettings, 'version' | 'packageRoot' | 'directories' | 'home'>;

/** The process, as far as the command line uses it. */
export interface Host extends Program {
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Whether there is a directory at an absolute path. */
  isDirectory(path: string): boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly isInputTerminal: boolean;
  openPromptStreams(): PromptStreams;
  setExitCode(code: number): void;
  /** Ends the process without waiting for anything. */
  exit(code: number): void;
  /** Calls back on each Ctrl+C or termination request until the returned function is called. */
  onInterrupt(callback: () => void): () => void;
}
