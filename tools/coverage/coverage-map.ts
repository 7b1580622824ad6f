// The format in which coverage tools tell what of a source was executed: Istanbul's, as far as it is used here.

export interface Position {
  readonly line?: number | undefined;
  readonly column?: number | null | undefined;
}

export interface Branch {
  readonly type: string;
  readonly loc: { readonly start: Position; readonly end: Position };
  /** Where each of its ways begins; that of an `else` that is not written is nowhere. */
  readonly locations: readonly { readonly start: Position; readonly end: Position }[];
}

export interface FileCoverage {
  readonly statementMap: Readonly<Record<string, { readonly start: Position; readonly end: Position }>>;
  readonly s: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<Record<string, Branch>>;
  /** How often each way of each branch was taken. */
  readonly b: Readonly<Record<string, readonly number[]>>;
}

/** By the absolute path of the source. */
export type CoverageMap = Readonly<Record<string, FileCoverage>>;
