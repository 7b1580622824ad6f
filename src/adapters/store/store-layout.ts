import { Buffer } from 'node:buffer';
import { basename, join } from 'node:path';

/** Where everything of the store is. */
export interface StoreLayout {
  /** Has the packs by content. */
  readonly store: string;
  /** Has `installed.lock`. */
  readonly installed: string;
  /** What is installed; replacing it is what commits a transaction. */
  readonly lock: string;
  /** The lock between processes. */
  readonly processLock: string;
  readonly transactions: string;
  readonly cache: string;
}

export interface StoreDirectories {
  readonly data: string;
  readonly state: string;
  readonly cache: string;
}

export function describeStore({ data, state, cache }: StoreDirectories): StoreLayout {
  const installed = join(data, 'installed');
  return {
    store: join(data, 'store'),
    installed,
    lock: join(installed, 'installed.lock'),
    processLock: join(installed, 'lock'),
    transactions: join(state, 'transactions'),
    cache,
  };
}

/** The directory of a stored pack: the hexadecimal digits of its integrity, below the first two of them. */
export function storedDirectory({ store }: Pick<StoreLayout, 'store'>, integrity: string): string {
  const hex = toHex(integrity);
  return join(store, hex.slice(0, 2), hex);
}

/** The name of a pack's directory, in the store and among what is staged. */
export function toHex(integrity: string): string {
  return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
}

/** The integrity that a directory's name states; `undefined` when it is no name of a stored pack. */
export function integrityOfDirectory(directory: string): string | undefined {
  const name = basename(directory);
  return /^[0-9a-f]{128}$/.test(name) ? `sha512-${Buffer.from(name, 'hex').toString('base64')}` : undefined;
}

/** The files of one transaction. */
export interface TransactionFiles {
  readonly id: string;
  readonly directory: string;
  readonly journal: string;
  /** Packs that were fetched, by the name they will have in the store. */
  readonly staged: string;
  /** Damaged packs that were taken out of the store to be replaced. */
  readonly replaced: string;
}

export function describeTransactionFiles({ transactions }: Pick<StoreLayout, 'transactions'>, id: string): TransactionFiles {
  const directory = join(transactions, id);
  return {
    id,
    directory,
    journal: join(directory, 'journal.json'),
    staged: join(directory, 'staged'),
    replaced: join(directory, 'replaced'),
  };
}
