import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import { Type } from 'typebox';
import { hashPassword } from '../auth/passwords.js';
import { userOf } from '../auth/require-user.js';
import { httpError } from '../http-error.js';
import type { UserRepository } from './repository.js';
import { nameSchema, passwordSchema, userSchema } from './schemas.js';

const changesSchema = Type.Object(
  { name: Type.Optional(nameSchema), password: Type.Optional(passwordSchema) },
  { additionalProperties: false, minProperties: 1 },
);

interface Services {
  users: UserRepository;
  authenticate: onRequestAsyncHookHandler;
}

/** GET, PATCH and DELETE /me: the user who sent the token. */
export const userRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { users, authenticate }) => {
  app.addHook('onRequest', authenticate);

  app.get('/me', { schema: { response: { 200: userSchema } } }, async (request) => userOf(request));

  app.patch('/me', { schema: { body: changesSchema, response: { 200: userSchema } } }, async (request) => {
    const { name, password } = request.body;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const user = await users.update(userOf(request).id, { name, passwordHash });
    if (user === undefined) throw httpError(404, 'There is no such user');
    return user;
  });

  app.delete('/me', { schema: { response: { 204: Type.Null() } } }, async (request, reply) => {
    await users.delete(userOf(request).id);
    return reply.code(204).send(null);
  });
};
