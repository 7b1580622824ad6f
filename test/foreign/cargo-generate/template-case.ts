/** One template of cargo-generate with what it gives by the documentation: there is no package of it that the test run could install. */
export interface CargoCase {
  readonly name: string;
  /** The page of https://cargo-generate.github.io/cargo-generate/ that says so, or of liquid-rust. */
  readonly documented: string;
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>;
  readonly answers?: Readonly<Record<string, string>>;
  /** Every file of the result but packsmith's own records. The project's directory is `my-result`. */
  readonly gives: Readonly<Record<string, string>>;
}

/** One template that is refused: what stands in the message. */
export interface RefusedCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}
