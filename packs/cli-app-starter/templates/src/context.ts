/** All that a command touches of the world: main.ts passes the real one, tests their own. */
export interface Context {
  readonly stdin: AsyncIterable<string | Uint8Array>;
  /** Results only, so that they can be piped. */
  readonly stdout: Output;
  /** Everything meant for people: errors, notes, progress. */
  readonly stderr: Output;
  readonly cwd: string;
}

export interface Output {
  write(text: string): unknown;
}
