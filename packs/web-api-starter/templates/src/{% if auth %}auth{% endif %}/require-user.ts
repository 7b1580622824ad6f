import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { httpError } from '../http-error.js';
import type { User, UserRepository } from '../users/repository.js';
import type { Tokens } from './tokens.js';

const usersByRequest = new WeakMap<FastifyRequest, User>();

/** A hook that lets a request pass only with a valid bearer token of a user who still exists. */
export function requireUser(services: { users: UserRepository; tokens: Tokens }): onRequestAsyncHookHandler {
  return async (request, reply) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const userId = token === undefined ? undefined : await services.tokens.verify(token);
    const user = userId === undefined ? undefined : await services.users.find(userId);
    if (user === undefined) {
      reply.header('www-authenticate', 'Bearer');
      throw httpError(401, 'A valid bearer token is required');
    }
    usersByRequest.set(request, user);
  };
}

/** The user of a request, where it has passed `requireUser`. */
export function findUserOf(request: FastifyRequest): User | undefined {
  return usersByRequest.get(request);
}

/** The user of a request that has passed `requireUser`. */
export function userOf(request: FastifyRequest): User {
  const user = findUserOf(request);
  if (user === undefined) throw new Error('this route lacks the requireUser hook');
  return user;
}
