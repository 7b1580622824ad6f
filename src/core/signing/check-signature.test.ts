import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeSigningTools as tools } from '../../adapters/signing/node-signing-tools.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import type { SignaturePolicy } from '../manifest/user-config.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import { checkSignature } from './check-signature.ts';
import { formatEnvelope, makePayload, SIGNATURE_FILE, toSignedBytes } from './envelope.ts';
import { fingerprintOf, formatPublicKey } from './public-key.ts';

interface Person {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
  readonly keyId: string;
}

function makePerson(name: string): Person {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { name, privateKey, publicKey: raw, keyId: fingerprintOf(raw, tools) };
}

const [ada, bob, eve] = ['ada', 'bob', 'eve'].map(makePerson) as [Person, Person, Person];
const PACK = makePack({ id: '@acme/web', version: '1.2.0', files: { 'a.txt': 'a' } });

interface Given {
  readonly by?: readonly Person[];
  /** Whose key the signatures name, where it is another. */
  readonly named?: Person;
  readonly publisher?: string;
  readonly id?: string;
  readonly content?: string;
  readonly policy?: SignaturePolicy;
  /** Known keys: a person, and the packs that they claim. */
  readonly known?: readonly (readonly [Person, ...string[]])[];
}

function outcomeOf({ by = [], named, publisher, id = '@acme/web', content = 'a', policy = 'require', known = [] }: Given): string {
  const payload = makePayload({ id: id as typeof PACK.manifest.id, version: '1.2.0', publisher }, PACK.files, tools);
  const signatures = by.map(({ privateKey, keyId }) => ({
    keyId: named?.keyId ?? keyId,
    signature: new Uint8Array(sign(null, toSignedBytes(payload), privateKey)),
  }));
  const file = (text: string) => ({ content: encodeUtf8(text), mode: 0o644 });
  const files: FileTree = new Map([
    ...PACK.files,
    ['a.txt' as typeof SIGNATURE_FILE, file(content)],
    ...(by.length === 0 ? [] : [[SIGNATURE_FILE, file(formatEnvelope({ payload, signatures }))] as const]),
  ]);
  const keys = known.map(([{ name, publicKey }, ...packs]) => ({ name, key: formatPublicKey(publicKey), packs }));
  try {
    const outcome = checkSignature({ id: '@acme/web', version: '1.2.0', files }, { policy, keys }, tools);
    return outcome.kind === 'valid'
      ? `valid: ${outcome.signer} ${outcome.keyId}`
      : outcome.kind === 'unproven'
        ? outcome.warning
        : outcome.kind;
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return `${code}: ${message}`;
  }
}

const REFUSED = '@acme/web 1.2.0 is refused';
const INVALID = 'SIGNATURE_INVALID: the signature of @acme/web 1.2.0 is refused';

describe('what is said of a signature', () => {
  it.each<[what: string, given: Given, outcome: string]>([
    ['no policy', { policy: 'off', by: [eve], content: 'b' }, 'unchecked'],
    ['a known key', { by: [ada], known: [[ada]] }, `valid: ada ${ada.keyId}`],
    ['a known key that claims the pack', { by: [ada], known: [[ada, '@acme/web']] }, `valid: ada ${ada.keyId}`],
    ['a known key that claims the scope', { by: [ada], known: [[ada, '@acme'], [bob]] }, `valid: ada ${ada.keyId}`],
    ['two keys, one of them known', { by: [eve, ada], known: [[ada]] }, `valid: ada ${ada.keyId}`],
    ['a key of another scope', { by: [ada], known: [[ada], [bob, '@acm'], [bob, 'web'], [bob, '@acme/we']] }, `valid: ada ${ada.keyId}`],
    [
      'another known key than those that claim it',
      { by: [eve], known: [[ada, '@acme'], [bob, '@acme/web'], [eve]] },
      `SIGNATURE_KEY_CHANGED: ${REFUSED}: it must be signed by ada or bob, but eve signed it`,
    ],
    ['no signature', {}, `SIGNATURE_REQUIRED: ${REFUSED} by signatures.policy = "require": it is not signed`],
    ['no signature, with a warning', { policy: 'warn' }, '@acme/web 1.2.0: it is not signed (signatures.policy = "warn")'],
    [
      'no signature of a pack that is claimed',
      { policy: 'warn', known: [[ada, '@acme']] },
      `SIGNATURE_REQUIRED: ${REFUSED}: it must be signed by ada, and it is not signed`,
    ],
    [
      'a key that is not known',
      { by: [eve, bob] },
      `SIGNATURE_REQUIRED: ${REFUSED} by signatures.policy = "require": it is signed with a key that is not known (${eve.keyId}, ${bob.keyId})`,
    ],
    [
      'a key that is not known, with a warning',
      { policy: 'warn', by: [eve], publisher: 'eve' },
      `@acme/web 1.2.0: it is signed with a key that is not known (${eve.keyId}) (signatures.policy = "warn")`,
    ],
    [
      'a key that is not known, of a pack that is claimed',
      { policy: 'warn', by: [eve], known: [[ada, '@acme/web']] },
      `SIGNATURE_KEY_CHANGED: ${REFUSED}: it must be signed by ada, but it is signed with a key that is not known (${eve.keyId})`,
    ],
    [
      'another key of a name that is known',
      { policy: 'warn', by: [eve], publisher: 'ada', known: [[ada]] },
      `SIGNATURE_KEY_CHANGED: ${REFUSED}: ada is known with the key ${ada.keyId}, but it is signed with ${eve.keyId}`,
    ],
    [
      'a key that did not make it',
      { by: [eve], named: ada, known: [[ada]] },
      `${INVALID}: it names the key of ada and was not made with it`,
    ],
    ['files that were changed', { by: [ada], content: 'b', known: [[ada]] }, `${INVALID}: the files are not those that were signed`],
    ['another pack', { by: [ada], id: '@acme/api', known: [[ada]] }, `${INVALID}: it is for @acme/api 1.2.0`],
  ])('%s', (_what, given, outcome) => expect(outcomeOf(given)).toBe(outcome));

  it('is refused where it is none', () => {
    const files: FileTree = new Map([[SIGNATURE_FILE, { content: encodeUtf8('{}'), mode: 0o644 }]]);
    const check = () => checkSignature({ id: 'web', version: '1.0.0', files }, { policy: 'warn', keys: [] }, tools);
    expect(check).toThrow('the signature of web 1.0.0 is refused: it is not about an in-toto statement');
  });
});
