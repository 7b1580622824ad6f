import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey } from '../../core/signing/public-key.ts';
import type { OwnKey, Signer } from '../../ports/signer.ts';
import { isErrno, toDiskError } from '../files/errno.ts';
import { writeFileAtomic, writeNewFileDurably } from '../files/write-file-atomic.ts';
import { nodeSigningTools } from './node-signing-tools.ts';
import { signWithSsh } from './ssh-keygen.ts';

const PRIVATE = '.key';
const PUBLIC = '.pub';
/** Names the file of an SSH key, which stays where it is. */
const LINK = '.ssh';

/**
 * Keys as files in one directory: `name.pub`, and beside it `name.key` with the private key (PKCS #8, mode 0600) or `name.ssh` with the path of an
 * SSH key.
 */
export class NodeSigner implements Signer {
  readonly tools = nodeSigningTools;
  readonly #directory: string;

  /** @param directory absolute; made when it is first needed. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  list(): readonly OwnKey[] {
    const names = readNames(this.#directory)
      .filter((file) => file.endsWith(PUBLIC))
      .map((file) => file.slice(0, -PUBLIC.length));
    return names.sort().map((name) => this.#read(name));
  }

  generate(name: string): OwnKey {
    this.#checkNew(name);
    return this.#store(name, generateKeyPairSync('ed25519').privateKey);
  }

  add(name: string, file: string): OwnKey {
    this.#checkNew(name);
    const text = readKeyFile(file);
    if (/BEGIN OPENSSH PRIVATE KEY/.test(text)) return this.#link(name, file);
    return this.#store(name, parsePrivateKey(text, file));
  }

  remove(name: string): OwnKey {
    const key = this.#find(name);
    for (const suffix of [PUBLIC, LINK, PRIVATE]) rmSync(this.#fileOf(name, suffix), { force: true });
    return key;
  }

  async sign(name: string, message: Uint8Array): Promise<Uint8Array> {
    const key = this.#find(name);
    if (key.kind === 'ssh') return signWithSsh(key.file, message);
    return new Uint8Array(sign(null, message, parsePrivateKey(readKeyFile(key.file), key.file)));
  }

  #store(name: string, privateKey: KeyObject): OwnKey {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const publicKey = formatPublicKey(rawPublicKey(privateKey), name);
    this.#write(name, () => {
      writeNewFileDurably(this.#fileOf(name, PRIVATE), pem, { mode: 0o600 });
      writeFileAtomic(this.#fileOf(name, PUBLIC), `${publicKey}\n`, { mode: 0o644 });
    });
    return this.#read(name);
  }

  #link(name: string, file: string): OwnKey {
    const publicKey = formatPublicKey(parsePublicKey(readKeyFile(`${file}${PUBLIC}`)), name);
    this.#write(name, () => {
      writeNewFileDurably(this.#fileOf(name, LINK), `${file}\n`, { mode: 0o600 });
      writeFileAtomic(this.#fileOf(name, PUBLIC), `${publicKey}\n`, { mode: 0o644 });
    });
    return this.#read(name);
  }

  #write(name: string, write: () => void): void {
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      write();
    } catch (error) {
      if (isErrno(error, 'EEXIST')) throw new PacksmithError('KEY_TAKEN', `there is a key called ${name} already`);
      throw toDiskError(error, `write the key ${name}`);
    }
  }

  #find(name: string): OwnKey {
    if (isKeyName(name) && existsSync(this.#fileOf(name, PUBLIC))) return this.#read(name);
    const names = this.list().map((key) => key.name);
    const hint = names.length === 0 ? 'make one with `packs keys generate NAME`' : `there is ${names.join(', ')}`;
    throw new PacksmithError('KEY_NOT_FOUND', `there is no key called ${JSON.stringify(name)}`, { hint });
  }

  #read(name: string): OwnKey {
    const key = parsePublicKey(readKeyFile(this.#fileOf(name, PUBLIC)));
    const link = this.#fileOf(name, LINK);
    const isSsh = existsSync(link);
    const file = isSsh ? readKeyFile(link).trim() : this.#fileOf(name, PRIVATE);
    return { name, publicKey: formatPublicKey(key, name), keyId: fingerprintOf(key, this.tools), kind: isSsh ? 'ssh' : 'own', file };
  }

  #checkNew(name: string): void {
    if (!isKeyName(name)) {
      throw new PacksmithError('KEY_INVALID', `${JSON.stringify(name)} is no name for a key: letters, digits, ".", "_" and "-"`);
    }
    if (existsSync(this.#fileOf(name, PUBLIC))) throw new PacksmithError('KEY_TAKEN', `there is a key called ${name} already`);
  }

  #fileOf(name: string, suffix: string): string {
    return join(this.#directory, `${name}${suffix}`);
  }
}

function isKeyName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,63}$/.test(name);
}

function readNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw toDiskError(error, 'read the keys');
  }
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${file}`);
    throw toDiskError(error, `read ${file}`);
  }
}

function parsePrivateKey(text: string, file: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(text);
  } catch {
    // What the library says of a key it cannot read may repeat parts of it.
    throw new PacksmithError('KEY_INVALID', `${file} holds no private key that can be read without a passphrase`);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new PacksmithError('KEY_INVALID', `${file} holds a key of the type ${key.asymmetricKeyType}; packs are signed with Ed25519`);
}

function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(x, 'base64url'));
}
