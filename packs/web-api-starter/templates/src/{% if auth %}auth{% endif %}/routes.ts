import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { httpError } from '../http-error.js';
import type { UserRepository } from '../users/repository.js';
import { emailSchema, nameSchema, passwordSchema, userSchema } from '../users/schemas.js';
import { hashPassword, verifyPassword } from './passwords.js';
import type { Tokens } from './tokens.js';

const registrationSchema = Type.Object(
  { email: emailSchema, password: passwordSchema, name: nameSchema },
  { additionalProperties: false },
);
const credentialsSchema = Type.Object(
  { email: emailSchema, password: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);
const tokenSchema = Type.Object({ token: Type.String(), expiresInSeconds: Type.Integer() });

interface Services {
  users: UserRepository;
  tokens: Tokens;
}

/** POST /register and POST /login. */
export const authRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { users, tokens }) => {
  app.post(
    '/register',
    { schema: { body: registrationSchema, response: { 201: userSchema } } },
    async (request, reply) => {
      const { email, password, name } = request.body;
      const user = await users.create({ email, name, passwordHash: await hashPassword(password) });
      if (user === undefined) throw httpError(409, 'This email address is already registered');
      return reply.code(201).send(user);
    },
  );

  app.post('/login', { schema: { body: credentialsSchema, response: { 200: tokenSchema } } }, async (request) => {
    const { email, password } = request.body;
    const found = await users.findCredentials(email);
    const isRight = await verifyPassword(password, found?.passwordHash);
    if (found === undefined || !isRight) throw httpError(401, 'The email address or the password is wrong');
    return { token: await tokens.sign(found.id), expiresInSeconds: tokens.lifetimeSeconds };
  });
};
