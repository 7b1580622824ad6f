import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * Gives every request an id that is in each of its log lines, in the audit log and in the response header `x-request-id`.
 * An id that a caller or a proxy sends is kept, so that one id follows a request through several services.
 */
export function useRequestIds(app: FastifyInstance): void {
  app.setGenReqId(({ headers }) => {
    const given = headers['x-request-id'];
    // It goes into logs, so that nothing is accepted that could forge a line of one.
    return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
}
