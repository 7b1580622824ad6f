/** A large template with a tagged history, what it gives for some answers, and what an update of an edited project gives. */
export interface LargeTemplate {
  readonly name: string;
  readonly versions: readonly { readonly tag: string; readonly files: Readonly<Record<string, string>> }[];
  /** Of the first version. */
  readonly runs: readonly {
    readonly name: string;
    readonly answers: Readonly<Record<string, string>>;
    /** What the project has before. */
    readonly project?: Readonly<Record<string, string>>;
    readonly gives: Readonly<Record<string, string>>;
  }[];
  /** Of the project of the first run. */
  readonly update: {
    /** In each file a text and what the user makes of it. */
    readonly edits: Readonly<Record<string, readonly [string, string]>>;
    /** Files as they are then. */
    readonly gives: Readonly<Record<string, string>>;
    /** Texts that files then have. */
    readonly holds: Readonly<Record<string, string>>;
  };
}
