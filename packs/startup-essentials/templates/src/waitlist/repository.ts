import { type Queryable, sql } from '../database/database.js';

export interface Waitlist {
  /** An address that is on the list already stays as it is. */
  join(entry: { email: string; source: string }): Promise<void>;
  /** @returns Whether the address was on the list. */
  leave(email: string): Promise<boolean>;
  size(): Promise<number>;
}

/** Addresses are one where case is ignored: almost every mail server sees them so. */
export function createWaitlist(database: Queryable): Waitlist {
  return {
    async join({ email, source }) {
      await database.query(sql`
        INSERT INTO waitlist (email, source, joined_at)
        VALUES (${email.toLowerCase()}, ${source}, ${new Date().toISOString()})
        ON CONFLICT (email) DO NOTHING`);
    },
    async leave(email) {
      const rows = await database.query(sql`
        DELETE FROM waitlist WHERE email = ${email.toLowerCase()} RETURNING email`);
      return rows.length > 0;
    },
    async size() {
      const [count] = await database.query<{ total: number }>(sql`
        SELECT CAST(COUNT(*) AS INTEGER) AS total FROM waitlist`);
      return count?.total ?? 0;
    },
  };
}
