import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Waitlist } from './repository.js';

const entrySchema = Type.Object(
  {
    email: Type.String({ format: 'email', maxLength: 254 }),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 50, pattern: '^[a-z0-9-]+$' })),
  },
  { additionalProperties: false },
);
const sizeSchema = Type.Object({ size: Type.Integer() });

/** GET and POST /. The answer to POST is the same for every address, so that nobody can ask who is on the list. */
export const waitlistRoutes: FastifyPluginAsyncTypebox<{ waitlist: Waitlist }> = async (app, { waitlist }) => {
  app.get('/', { schema: { response: { 200: sizeSchema } } }, async () => ({ size: await waitlist.size() }));

  app.post('/', { schema: { body: entrySchema, response: { 202: Type.Null() } } }, async (request, reply) => {
    const { email, source = 'site' } = request.body;
    await waitlist.join({ email, source });
    return reply.code(202).send(null);
  });
};
