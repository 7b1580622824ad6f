import { randomUUID } from 'node:crypto';
import { type Queryable, sql } from '../database/database.js';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: string;
}

export interface UserRepository {
  /** Undefined when the email address is taken. Addresses that differ only in case are one. */
  create(user: { email: string; name: string; passwordHash: string }): Promise<User | undefined>;
  find(id: string): Promise<User | undefined>;
  findCredentials(email: string): Promise<{ id: string; passwordHash: string } | undefined>;
  update(id: string, changes: { name?: string; passwordHash?: string }): Promise<User | undefined>;
  /** Also deletes what the user owns. */
  delete(id: string): Promise<boolean>;
}

interface UserRow {
  id: string;
  email: string;
  name: string;
  password_hash: string;
  created_at: string | Date;
}

export function createUserRepository(database: Queryable): UserRepository {
  return {
    async create({ email, name, passwordHash }) {
      const [row] = await database.query<UserRow>(sql`
        INSERT INTO users (id, email, name, password_hash, created_at)
        VALUES (${randomUUID()}, ${email.toLowerCase()}, ${name}, ${passwordHash}, ${new Date().toISOString()})
        ON CONFLICT (email) DO NOTHING
        RETURNING *`);
      return row && toUser(row);
    },
    async find(id) {
      const [row] = await database.query<UserRow>(sql`SELECT * FROM users WHERE id = ${id}`);
      return row && toUser(row);
    },
    async findCredentials(email) {
      const [row] = await database.query<UserRow>(sql`SELECT * FROM users WHERE email = ${email.toLowerCase()}`);
      return row && { id: row.id, passwordHash: row.password_hash };
    },
    async update(id, { name, passwordHash }) {
      const [row] = await database.query<UserRow>(sql`
        UPDATE users SET
          name = COALESCE(${name ?? null}, name),
          password_hash = COALESCE(${passwordHash ?? null}, password_hash)
        WHERE id = ${id}
        RETURNING *`);
      return row && toUser(row);
    },
    async delete(id) {
      const rows = await database.query(sql`DELETE FROM users WHERE id = ${id} RETURNING id`);
      return rows.length > 0;
    },
  };
}

function toUser(row: UserRow): User {
  return { id: row.id, email: row.email, name: row.name, createdAt: new Date(row.created_at).toISOString() };
}
