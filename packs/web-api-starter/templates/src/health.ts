import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Database } from './database/database.js';
import { sql } from './database/database.js';

const healthSchema = Type.Object({ status: Type.String(), uptimeSeconds: Type.Integer() });

/** GET /health: 200 while the database answers, else 503. Quiet in the log, since probes call it all the time. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ database: Database }> = async (app, { database }) => {
  app.get(
    '/health',
    { logLevel: 'warn', schema: { response: { 200: healthSchema, 503: healthSchema } } },
    async (request, reply) => {
      const uptimeSeconds = Math.floor(process.uptime());
      try {
        await database.query(sql`SELECT 1`);
        return { status: 'ok', uptimeSeconds };
      } catch (error) {
        request.log.error({ err: error }, 'the database does not answer');
        return reply.code(503).send({ status: 'unavailable', uptimeSeconds });
      }
    },
  );
};
