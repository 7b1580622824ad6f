import { randomUUID } from 'node:crypto';
import { type Queryable, sql } from '../database/database.js';

/** Who tried to change what, from where, and what came of it. Never what was sent: bodies hold passwords and private things. */
export interface AuditEvent {
  readonly id: string;
  readonly at: string;
  readonly requestId: string;
  /** None where nobody was logged in. */
  readonly userId: string | null;
  readonly address: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface AuditLog {
  record(event: Omit<AuditEvent, 'id' | 'at'>): Promise<void>;
  /** One page, newest first; of one user where `userId` is given. */
  list(page: { userId?: string; limit: number; offset: number }): Promise<AuditEvent[]>;
}

interface AuditRow {
  id: string;
  at: string | Date;
  request_id: string;
  user_id: string | null;
  address: string;
  method: string;
  path: string;
  status: number;
}

/** Events are only ever added; nothing here changes or removes one. */
export function createAuditLog(database: Queryable): AuditLog {
  return {
    async record({ requestId, userId, address, method, path, status }) {
      await database.query(sql`
        INSERT INTO audit_events (id, at, request_id, user_id, address, method, path, status)
        VALUES (${randomUUID()}, ${new Date().toISOString()}, ${requestId}, ${userId}, ${address}, ${method}, ${path}, ${status})`);
    },
    async list({ userId, limit, offset }) {
      const rows = await database.query<AuditRow>(
        userId === undefined
          ? sql`SELECT * FROM audit_events ORDER BY at DESC, id LIMIT ${limit} OFFSET ${offset}`
          : sql`
            SELECT * FROM audit_events WHERE user_id = ${userId}
            ORDER BY at DESC, id LIMIT ${limit} OFFSET ${offset}`,
      );
      return rows.map(toEvent);
    },
  };
}

function toEvent({ id, at, request_id, user_id, address, method, path, status }: AuditRow): AuditEvent {
  const instant = new Date(at).toISOString();
  return { id, at: instant, requestId: request_id, userId: user_id, address, method, path, status };
}
