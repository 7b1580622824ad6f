/** One Copier template with what it gives by Copier's documentation: there is no package of Copier that the test run could install. */
export interface CopierCase {
  readonly name: string;
  /** The section of https://copier.readthedocs.io/en/stable/ that says so. */
  readonly documented: string;
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>;
  readonly answers?: Readonly<Record<string, string>>;
  /** Every file of the result but packsmith's own records. */
  readonly gives: Readonly<Record<string, string>>;
}

/** One Copier template that is refused: what stands in the message. */
export interface RefusedCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}
