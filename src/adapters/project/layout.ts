import { join } from 'node:path';
import { isTransactionId } from './transaction-id.ts';

/** Where packsmith keeps what is only of this copy of the project: the lock, changes under way, and the undo log. */
export const LOCAL_PATH = '.packsmith/local';

/** The places below `.packsmith/local` of one project. */
export interface LocalLayout {
  readonly directory: string;
  readonly lock: string;
  /** Changes under way: one at most, when every process keeps to the lock. */
  readonly transactions: string;
  /** Finished changes. A transaction is finished by the rename that moves it here. */
  readonly undo: string;
  /** What files that hold secrets were generated as. */
  readonly originals: string;
}

/** The places of one transaction. */
export interface TransactionLayout {
  readonly id: string;
  readonly directory: string;
  /** Its presence is the point of no return. */
  readonly journal: string;
  /** Its presence says that the transaction is being taken back, and will not be finished any more. */
  readonly takingBack: string;
  /** The commands that were started with it once it was finished. */
  readonly commands: string;
  readonly staged: string;
  readonly replaced: string;
  stagedFile(index: number): string;
  stagedDirectory(index: number): string;
  replacedFile(index: number): string;
}

type Four = [string, string, string, string];

export function describeLocal(root: string): LocalLayout {
  const directory = join(root, ...LOCAL_PATH.split('/'));
  const [lock, transactions, undo, originals] = ['lock', 'transactions', 'undo', 'originals.json'].map((name) =>
    join(directory, name),
  ) as Four;
  return { directory, lock, transactions, undo, originals };
}

/** @param within `transactions` or `undo` of the project. */
export function describeTransaction(within: string, id: string): TransactionLayout {
  if (!isTransactionId(id)) throw new TypeError(`not the id of a transaction: ${id}`);
  const directory = join(within, id);
  const [staged, replaced] = [join(directory, 'staged'), join(directory, 'replaced')];
  return {
    id,
    directory,
    journal: join(directory, 'journal.json'),
    takingBack: join(directory, 'taking-back'),
    commands: join(directory, 'commands.jsonl'),
    staged,
    replaced,
    stagedFile: (index) => join(staged, String(index)),
    stagedDirectory: (index) => join(staged, `d${index}`),
    replacedFile: (index) => join(replaced, String(index)),
  };
}
