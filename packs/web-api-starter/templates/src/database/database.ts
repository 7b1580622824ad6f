export type SqlValue = string | number | null;

/** One SQL statement with its values apart from its text. */
export interface Statement {
  readonly parts: readonly string[];
  readonly values: readonly SqlValue[];
}

/** What the repositories need of a database; open-database.ts and the tests provide it. */
export interface Queryable {
  query<Row>(statement: Statement): Promise<Row[]>;
}

export interface Database extends Queryable {
  /** Commits when `work` resolves and rolls back when it rejects. */
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Writes a statement: each `${value}` becomes a bound parameter, never a part of the text. */
export function sql(parts: TemplateStringsArray, ...values: SqlValue[]): Statement {
  return { parts, values };
}
