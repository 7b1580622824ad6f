import { describe, expect, it } from 'vitest';
import { nodeSigningTools as tools } from '../../adapters/signing/node-signing-tools.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { parsePublicKey } from './public-key.ts';
import { isSshSignature, verifySshSignature } from './ssh-signature.ts';

/** Made by OpenSSH of "hello"; the private key was thrown away. */
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAZ7/rd1pLSF9ATL7bSMMDaJbYoyJECv7GHKIrbxFsLw';
const OTHER_KEY = encodeBase64(Uint8Array.from({ length: 32 }, (_, index) => index));
const SHA512 =
  'U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgBnv+t3WktIX0BMvttIwwNoltijIkQK/sYcoitvEWwvAAAAAJcGFja3NtaXRoAAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5AAAAQJWcLoAiVNW7UyXd1EgRlNfXi7acZ1O09UdoYUUaUmn9DUJoe5WWtCNHmSdkyJfWdW0Qx/yeVrKh0heO6n2hyw8=';
const SHA256 =
  'U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgBnv+t3WktIX0BMvttIwwNoltijIkQK/sYcoitvEWwvAAAAAJcGFja3NtaXRoAAAAAAAAAAZzaGEyNTYAAABTAAAAC3NzaC1lZDI1NTE5AAAAQNZbWcnFJ7pB9glDz7D1FH4Hoj6DpcEpSwhT3YfP0/UKg34PzFm3I7RuHWQXu3Lfs3nFm2iPLyLi8d2BbI++ywQ=';
const FOR_GIT =
  'U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgBnv+t3WktIX0BMvttIwwNoltijIkQK/sYcoitvEWwvAAAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5AAAAQJ0aaLH8GAnKq8/2d4dscE1cTUJQzynAiBzHFm4TGr/gDgICqyoLHYw1gn0vLlYApqIAA1teOJ/mXdg+wkus5A4=';

const check = (signature: Uint8Array, message = 'hello', key = KEY): boolean =>
  verifySshSignature(parsePublicKey(key), encodeUtf8(message), { signature, tools });

describe('an SSH signature', () => {
  it.each([
    ['over a SHA-512', SHA512, 'hello', KEY, true],
    ['over a SHA-256', SHA256, 'hello', KEY, true],
    ['of another message', SHA512, 'hullo', KEY, false],
    ['by another key', SHA512, 'hello', OTHER_KEY, false],
    ['for another purpose', FOR_GIT, 'hello', KEY, false],
  ])('%s', (_name, signature, message, key, expected) => {
    expect(isSshSignature(decodeBase64(signature))).toBe(true);
    expect(check(decodeBase64(signature), message, key)).toBe(expected);
  });

  it('is refused with any byte changed, cut off or added', () => {
    const whole = decodeBase64(SHA512);
    for (let at = 6; at < whole.length; at++) {
      const changed = Uint8Array.from(whole, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(check(changed), `byte ${at}`).toBe(false);
      expect(check(whole.subarray(0, at)), `cut at ${at}`).toBe(false);
    }
    expect(check(Uint8Array.from([...whole, 0]))).toBe(false);
  });

  it('is told from a plain one', () => {
    expect(isSshSignature(new Uint8Array(64))).toBe(false);
    expect(isSshSignature(Uint8Array.from({ length: 64 }, (_, index) => decodeBase64(SHA512)[index] ?? 0))).toBe(false);
  });
});
