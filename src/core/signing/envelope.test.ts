import { describe, expect, it } from 'vitest';
import { nodeSigningTools as tools } from '../../adapters/signing/node-signing-tools.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { encodeBase64 } from '../text/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { toHex } from './byte-text.ts';
import {
  formatEnvelope,
  integrityToHex,
  makePayload,
  parseEnvelope,
  parseStatement,
  SIGNATURE_FILE,
  toSignedBytes,
  withoutSignature,
} from './envelope.ts';

const PACK = makePack({ id: 'web', version: '1.2.0', files: { 'a.txt': 'a', [SIGNATURE_FILE]: 'x' } });
const NAMED = { id: PACK.manifest.id, version: '1.2.0', publisher: 'ada' };
const payload = makePayload(NAMED, PACK.files, tools);
const statement = JSON.parse(decodeUtf8(payload) ?? '') as Record<string, unknown>;
const SIGNATURE = { keyId: 'SHA256:x', signature: Uint8Array.of(1, 2, 3) };

describe('an envelope', () => {
  it('is the same after it was written and read', () => {
    const envelope = { payload, signatures: [SIGNATURE, { ...SIGNATURE, keyId: '' }] };
    const text = formatEnvelope(envelope);
    expect(text.endsWith('}\n')).toBe(true);
    expect(parseEnvelope(encodeUtf8(text))).toEqual(envelope);
  });

  const written = { payload: 'AAAA', payloadType: 'application/vnd.in-toto+json', signatures: [{ keyid: 'k', sig: 'AAAA' }] };
  it.each<[unknown, string]>([
    [undefined, 'it is not a JSON object'],
    [[], 'it is not a JSON object'],
    [{ ...written, payloadType: 'text/plain' }, 'it is not about an in-toto statement'],
    [{ ...written, payload: 'A-A=' }, 'its payload is not base64'],
    [{ ...written, payload: 'AAAAA' }, 'its payload is not base64'],
    [{ ...written, payload: 'AAA===' }, 'its payload is not base64'],
    [{ ...written, payload: ' AAA' }, 'its payload is not base64'],
    [{ ...written, payload: 7 }, 'its payload is not base64'],
    [{ ...written, signatures: [] }, 'it has not between 1 and 10 signatures'],
    [{ ...written, signatures: {} }, 'it has not between 1 and 10 signatures'],
    [{ ...written, signatures: Array(11).fill(written.signatures[0]) }, 'it has not between 1 and 10 signatures'],
    [{ ...written, signatures: ['x'] }, 'a signature in it is malformed'],
    [{ ...written, signatures: [...written.signatures, { keyid: 7, sig: 'AAAA' }] }, 'a signature in it is malformed'],
    [{ ...written, signatures: [{ keyid: 'k'.repeat(201), sig: 'AAAA' }] }, 'a signature in it is malformed'],
    [{ ...written, signatures: [{ keyid: 'k', sig: '' }] }, 'a signature in it is malformed'],
  ])('is none: %j', (document, problem) => expect(parseEnvelope(encodeUtf8(JSON.stringify(document) ?? 'x'))).toBe(problem));

  it('has ten signatures, names of 200 characters and 64 KiB at most', () => {
    const most = { ...written, signatures: Array(10).fill({ keyid: 'k'.repeat(200), sig: 'AAAA' }) };
    expect(parseEnvelope(encodeUtf8(JSON.stringify(most)))).toMatchObject({ payload: Uint8Array.of(0, 0, 0) });
    const padded = (size: number) => encodeUtf8(JSON.stringify(written).padEnd(size));
    expect(parseEnvelope(padded(64 * 1024))).toMatchObject({ signatures: [{ keyId: 'k' }] });
    expect(parseEnvelope(padded(64 * 1024 + 1))).toBe('it has more than 65536 bytes');
  });

  it('is no text in another encoding', () => expect(parseEnvelope(Uint8Array.of(0xff, 0xfe))).toBe('it is not a JSON object'));
});

describe('a statement', () => {
  it('says of a pack what its files are, without the signature', () => {
    const files = withoutSignature(PACK.files);
    expect([...files.keys()]).toEqual(['pack.toml', 'a.txt']);
    expect(parseStatement(payload)).toEqual({ ...NAMED, sha512: integrityToHex(tools.treeIntegrity(files)) });
    expect(parseStatement(makePayload({ ...NAMED, publisher: undefined }, PACK.files, tools))).toMatchObject({ publisher: undefined });
  });

  const predicate = { id: 'web', version: '1.2.0' };
  const subject = { name: 'web@1.2.0', digest: { sha512: 'a'.repeat(128) } };
  it.each<[object, string]>([
    [{ _type: 'https://in-toto.io/Statement/v0.1' }, 'it is not an in-toto statement'],
    [{ predicateType: 'urn:other' }, 'it is not about a pack'],
    [{ predicate: 'web' }, 'it is not about a pack'],
    [{ predicate: { ...predicate, id: 'A' } }, 'it names no pack'],
    [{ predicate: { ...predicate, id: 7 } }, 'it names no pack'],
    [{ predicate: { ...predicate, version: 'v1' } }, 'it names no pack'],
    [{ predicate: { ...predicate, version: 1 } }, 'it names no pack'],
    [{ predicate: { ...predicate, publisher: '' } }, 'its publisher is malformed'],
    [{ predicate: { ...predicate, publisher: ['a'] } }, 'its publisher is malformed'],
    [{ predicate: { ...predicate, publisher: 'a'.repeat(101) } }, 'its publisher is malformed'],
    [{ subject: [] }, 'it is about something else than it says'],
    [{ subject }, 'it is about something else than it says'],
    [{ subject: [subject, subject] }, 'it is about something else than it says'],
    [{ subject: [{ ...subject, name: 'web@1.2.1' }] }, 'it is about something else than it says'],
    [{ subject: [{ ...subject, digest: 'a' }] }, 'it is about something else than it says'],
    [{ subject: [{ ...subject, digest: {} }] }, 'it states no sha512'],
    [{ subject: [{ ...subject, digest: { sha512: 'A'.repeat(128) } }] }, 'it states no sha512'],
    [{ subject: [{ ...subject, digest: { sha512: `${'a'.repeat(128)}a` } }] }, 'it states no sha512'],
    [{ subject: [{ ...subject, digest: { sha512: ['a'.repeat(128)] } }] }, 'it states no sha512'],
  ])('is none with %j', (more, problem) => expect(parseStatement(encodeUtf8(JSON.stringify({ ...statement, ...more })))).toBe(problem));

  it('has a publisher of 100 characters at most', () => {
    const most = { ...statement, predicate: { ...predicate, publisher: 'a'.repeat(100) } };
    expect(parseStatement(encodeUtf8(JSON.stringify(most)))).toMatchObject({ publisher: 'a'.repeat(100) });
  });

  it('is signed together with its type', () => {
    expect(decodeUtf8(toSignedBytes(encodeUtf8('{}')))).toBe('DSSEv1 28 application/vnd.in-toto+json 2 {}');
  });

  it('has the bytes of an integrity as digits', () => {
    const bytes = Uint8Array.from({ length: 64 }, (_, index) => index * 3);
    expect(integrityToHex(`sha512-${encodeBase64(bytes)}`)).toBe(toHex(bytes));
    expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
  });
});
