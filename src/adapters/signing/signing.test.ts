import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { SigningKey } from '../../core/manifest/user-config.ts';
import { checkSignature, type SignedPack } from '../../core/signing/check-signature.ts';
import { formatEnvelope, makePayload, parseEnvelope, SIGNATURE_FILE, toSignedBytes } from '../../core/signing/envelope.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey } from '../../core/signing/public-key.ts';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { NodeSigner } from './node-signer.ts';
import { nodeSigningTools as tools } from './node-signing-tools.ts';

const root = mkdtempSync(join(tmpdir(), 'packsmith keys ü-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let directories = 0;
const makeSigner = () => new NodeSigner(join(root, String(directories++)));

const signer = makeSigner();
signer.generate('ada');
signer.generate('mallory');
const keyOf = (name: string, packs: readonly string[] = [], as = name): SigningKey => {
  const key = signer.list().find((candidate) => candidate.name === name)!;
  return { name: as, key: key.publicKey, packs };
};

const PACK = makePack({ id: '@acme/api', version: '1.2.0', files: { 'templates/a.txt': 'hello' } });
const BARE: SignedPack = { id: '@acme/api', version: '1.2.0', files: PACK.files };

async function signed(
  by: string,
  overrides: { id?: string; version?: string; files?: FileTree; publisher?: string } = {},
): Promise<SignedPack> {
  const { id = BARE.id, version = BARE.version, files = BARE.files, publisher = by } = overrides;
  const payload = makePayload({ id: id as never, version, publisher }, files, tools);
  const { keyId } = signer.list().find(({ name }) => name === by)!;
  const envelope = formatEnvelope({ payload, signatures: [{ keyId, signature: await signer.sign(by, toSignedBytes(payload)) }] });
  return { ...BARE, files: withFile(BARE.files, SIGNATURE_FILE, envelope) };
}

const withFile = (files: FileTree, path: string, text: string): FileTree =>
  new Map(files).set(path as ProjectPath, { content: encodeUtf8(text), mode: 0o644 });

const codeOf = (run: () => unknown): string => {
  try {
    return JSON.stringify(run());
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    return error.code;
  }
};

const envelopeOf = ({ files }: SignedPack): string => decodeUtf8(files.get(SIGNATURE_FILE)!.content)!;

describe('what the policy makes of a pack', () => {
  const unsigned = async () => BARE;
  const byAda = () => signed('ada');
  const byMallory = () => signed('mallory');
  const asAda = () => signed('mallory', { publisher: 'ada' });
  const edited = async () => ({ ...(await byAda()), files: withFile((await byAda()).files, 'templates/a.txt', 'other') });
  const added = async () => ({ ...(await byAda()), files: withFile((await byAda()).files, 'templates/b.txt', 'more') });
  const garbage = async () => ({ ...BARE, files: withFile(BARE.files, SIGNATURE_FILE, 'garbage') });
  const forOther = () => signed('ada', { version: '9.9.9' });
  const otherSignature = async () => {
    const text = envelopeOf(await byAda());
    const fake = Buffer.alloc(64, 7).toString('base64');
    return { ...BARE, files: withFile(BARE.files, SIGNATURE_FILE, text.replace(/"sig": "[^"]+"/, `"sig": "${fake}"`)) };
  };
  const ada = () => [keyOf('ada')];
  const claimed = () => [keyOf('ada', ['@acme'])];
  const claimedById = () => [keyOf('ada', ['@acme/api'])];
  const claimedElsewhere = () => [keyOf('ada', ['@other', '@acme/apis'])];
  const both = () => [keyOf('ada', ['@acme']), keyOf('mallory')];
  const none = (): SigningKey[] => [];

  it.each([
    ['off', 'unsigned', unsigned, ada, 'unchecked'],
    ['off', 'garbage', garbage, ada, 'unchecked'],
    ['warn', 'unsigned', unsigned, ada, 'unproven'],
    ['warn', 'signed by a known key', byAda, ada, 'valid'],
    ['warn', 'signed by an unknown key', byMallory, ada, 'unproven'],
    ['warn', 'signed, no keys known', byAda, none, 'unproven'],
    ['warn', 'garbage', garbage, ada, 'SIGNATURE_INVALID'],
    ['warn', 'edited after it was signed', edited, ada, 'SIGNATURE_INVALID'],
    ['warn', 'with a file added', added, ada, 'SIGNATURE_INVALID'],
    ['warn', 'edited, by an unknown key', edited, none, 'SIGNATURE_INVALID'],
    ['warn', 'with the signature of another version', forOther, ada, 'SIGNATURE_INVALID'],
    ['warn', 'with another signature', otherSignature, ada, 'SIGNATURE_INVALID'],
    ['warn', 'by another key under a known name', asAda, ada, 'SIGNATURE_KEY_CHANGED'],
    ['warn', 'claimed, signed as claimed', byAda, claimed, 'valid'],
    ['warn', 'claimed by its id', byAda, claimedById, 'valid'],
    ['warn', 'claimed, unsigned', unsigned, claimed, 'SIGNATURE_REQUIRED'],
    ['warn', 'claimed, by an unknown key', byMallory, claimed, 'SIGNATURE_KEY_CHANGED'],
    ['warn', 'claimed, by another known key', byMallory, both, 'SIGNATURE_KEY_CHANGED'],
    ['warn', 'unsigned, others are claimed', unsigned, claimedElsewhere, 'unproven'],
    ['require', 'unsigned', unsigned, ada, 'SIGNATURE_REQUIRED'],
    ['require', 'signed by a known key', byAda, ada, 'valid'],
    ['require', 'signed by an unknown key', byMallory, ada, 'SIGNATURE_REQUIRED'],
    ['require', 'edited after it was signed', edited, ada, 'SIGNATURE_INVALID'],
    ['require', 'a key of the settings that is none', unsigned, () => [{ name: 'x', key: 'x', packs: [] }], 'KEY_INVALID'],
  ] as const)('%s: %s', async (policy, _name, pack, keys, expected) => {
    const subject = await pack();
    expect(codeOf(() => checkSignature(subject, { policy, keys: keys() }, tools))).toContain(expected);
  });

  it('names the policy and the key', async () => {
    expect(() => checkSignature(BARE, { policy: 'require', keys: [] }, tools)).toThrow(
      '@acme/api 1.2.0 is refused by signatures.policy = "require": it is not signed',
    );
    const { keyId } = signer.list().find(({ name }) => name === 'mallory')!;
    const pack = await byMallory();
    expect(() => checkSignature(pack, { policy: 'require', keys: ada() }, tools)).toThrow(keyId);
  });

  it('refuses every envelope with one character changed, or takes it as what it was', async () => {
    const pack = await byAda();
    const text = envelopeOf(pack);
    const accepted: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      const files = withFile(BARE.files, SIGNATURE_FILE, changed);
      if (codeOf(() => checkSignature({ ...BARE, files }, { policy: 'require', keys: ada() }, tools)).includes('valid')) accepted.push(at);
    }
    // Only the unused bits before the padding of base64 mean nothing.
    const unused = [...text.matchAll(/.={1,2}"/g)].map(({ index }) => index);
    expect(accepted.filter((at) => !unused.includes(at))).toEqual([]);
  });
});

it('states what in-toto and DSSE ask for', async () => {
  const envelope = parseEnvelope(encodeUtf8(envelopeOf(await signed('ada'))));
  if (typeof envelope === 'string') throw new Error(envelope);
  const sha512 = Buffer.from(tools.treeIntegrity(BARE.files).slice('sha512-'.length), 'base64').toString('hex');
  expect(JSON.parse(decodeUtf8(envelope.payload)!)).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: '@acme/api@1.2.0', digest: { sha512 } }],
    predicateType: 'urn:packsmith:pack:1',
    predicate: { id: '@acme/api', version: '1.2.0', publisher: 'ada' },
  });
  // The example of the DSSE specification, with another type.
  expect(decodeUtf8(toSignedBytes(encodeUtf8('hello')))).toBe('DSSEv1 28 application/vnd.in-toto+json 5 hello');
});

describe('keys', () => {
  it('are files that only their owner reads, and never shown', async () => {
    const own = makeSigner();
    const key = own.generate('ada');
    expect(statSync(key.file).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(readFileSync(key.file)).asymmetricKeyType).toBe('ed25519');
    expect(own.list()).toEqual([key]);
    const secret = readFileSync(key.file, 'utf8').split('\n')[1]!;
    expect(JSON.stringify([key, own.list()])).not.toContain(secret);
    const message = encodeUtf8('message');
    expect(tools.verify(parsePublicKey(key.publicKey), message, await own.sign('ada', message))).toBe(true);
    expect(own.remove('ada')).toEqual(key);
    expect(own.list()).toEqual([]);
  });

  it('can be taken over from a file', async () => {
    const own = makeSigner();
    const file = join(root, 'mine.pem');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const added = own.add('mine', file);
    expect(Buffer.from(parsePublicKey(added.publicKey)).toString('base64url')).toBe(publicKey.export({ format: 'jwk' }).x);
    expect(added.kind).toBe('own');
  });

  it.each([
    ['a name that leads elsewhere', () => makeSigner().generate('../x'), 'KEY_INVALID'],
    ['an empty name', () => makeSigner().generate(''), 'KEY_INVALID'],
    ['a name that is taken', () => signer.generate('ada'), 'KEY_TAKEN'],
    ['a name that is not there', () => signer.remove('nobody'), 'KEY_NOT_FOUND'],
    ['a path for a name', () => signer.remove('../ada'), 'KEY_NOT_FOUND'],
    ['a file that is not there', () => makeSigner().add('x', join(root, 'nothing')), 'FILE_NOT_FOUND'],
    [
      'a file that is no key',
      () => {
        writeFileSync(join(root, 'text'), 'text');
        return makeSigner().add('x', join(root, 'text'));
      },
      'KEY_INVALID',
    ],
    [
      'a key of another type',
      () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        writeFileSync(join(root, 'ec'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
        return makeSigner().add('x', join(root, 'ec'));
      },
      'KEY_INVALID',
    ],
  ])('are refused: %s', (_name, run, code) => {
    expect(codeOf(run)).toBe(code);
  });

  it('cannot be made without a name that exists', async () => {
    await expect(signer.sign('nobody', encodeUtf8('x'))).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  });
});

describe('public keys', () => {
  const raw = parsePublicKey(keyOf('ada').key);

  it('are read in both forms, with or without a comment', () => {
    const line = formatPublicKey(raw, 'ada@host');
    for (const text of [line, `${line}\n`, formatPublicKey(raw), Buffer.from(raw).toString('base64')])
      expect(parsePublicKey(text)).toEqual(raw);
    expect(fingerprintOf(raw, tools)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it.each([
    ['nothing', ''],
    ['too few bytes', Buffer.alloc(31).toString('base64')],
    ['another type', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7'],
    ['a type that is not that of the blob', `ssh-ed25519 ${Buffer.from('\0\0\0\x07ssh-rsa').toString('base64')}`],
    [
      'more bytes behind it',
      `ssh-ed25519 ${Buffer.concat([Buffer.from(formatPublicKey(raw).split(' ')[1]!, 'base64'), Buffer.alloc(1)]).toString('base64')}`,
    ],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQ'],
  ])('are refused: %s', (_name, text) => {
    expect(codeOf(() => parsePublicKey(text))).toBe('KEY_INVALID');
  });
});
