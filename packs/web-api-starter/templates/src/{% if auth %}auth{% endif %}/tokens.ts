import { errors, jwtVerify, SignJWT } from 'jose';
import type { Config } from '../config.js';

export interface Tokens {
  readonly lifetimeSeconds: number;
  sign(userId: string): Promise<string>;
  /** The id of the user, or undefined when the token is forged, expired or not a token. */
  verify(token: string): Promise<string | undefined>;
}

export function createTokens({ jwtSecret, tokenMinutes }: Pick<Config, 'jwtSecret' | 'tokenMinutes'>): Tokens {
  const key = new TextEncoder().encode(jwtSecret);
  const lifetimeSeconds = tokenMinutes * 60;
  return {
    lifetimeSeconds,
    sign(userId) {
      return new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(key);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] });
        return payload.sub;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
