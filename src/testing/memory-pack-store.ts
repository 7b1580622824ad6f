import { hash } from 'node:crypto';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { InstallPlan } from '../core/install/install-plan.ts';
import { EMPTY_INSTALLED_LOCK, formatInstalledLock, type InstalledLock } from '../core/install/installed-lock.ts';
import type { Digest } from '../core/tree/digest.ts';
import { type FileTree, isExecutable, sortedPaths } from '../core/tree/file-tree.ts';
import type {
  InstalledState,
  PackStore,
  StoredState,
  StoreTransaction,
  StoreTransactionRecord,
  SweepReport,
  SweepRequest,
} from '../ports/pack-store.ts';

interface MemoryTransaction {
  readonly record: Omit<StoreTransactionRecord, 'state' | 'staged'>;
  readonly staged: Map<string, FileTree>;
  state: StoreTransactionRecord['state'];
}

/** A store that exists only in memory, with the contract of the real one. It does not wait: a second transaction at once is refused. */
export class MemoryPackStore implements PackStore {
  #lock: InstalledLock = EMPTY_INSTALLED_LOCK;
  readonly #content = new Map<string, FileTree>();
  readonly #transactions: MemoryTransaction[] = [];
  readonly unpacked = new Map<string, ReadonlyMap<string, FileTree>>();

  async readInstalled(): Promise<InstalledState> {
    return { lock: this.#lock, digest: digestOf(this.#lock) };
  }

  async read(integrity: string): Promise<FileTree | undefined> {
    const tree = this.#content.get(integrity);
    if (tree !== undefined && integrityOf(tree) !== integrity) throw new PacksmithError('STORE_DAMAGED', 'the stored pack is damaged');
    return tree;
  }

  locate(integrity: string): string {
    return `memory:/${integrity}`;
  }

  async check(integrity: string): Promise<StoredState> {
    const tree = this.#content.get(integrity);
    if (tree === undefined) return 'missing';
    return integrityOf(tree) === integrity ? 'intact' : 'damaged';
  }

  /** Puts other files where a pack is stored, as a careless hand would. */
  damage(integrity: string, files: FileTree): void {
    this.#content.set(integrity, files);
  }

  async preflight(): Promise<void> {
    // Memory is never full here.
  }

  async begin(plan: InstallPlan): Promise<StoreTransaction> {
    this.#assertFree(plan);
    const again = this.#transactions.findLast(
      ({ state, record }) =>
        state === 'interrupted' && record.operation === plan.operation && sameTexts(record.plan.requests, plan.requests),
    );
    if (again !== undefined) return this.resume(again.record.id, plan);
    const id = `t${String(this.#transactions.length + 1).padStart(6, '0')}`;
    const record = { id, operation: plan.operation, startedAt: '2026-01-01T00:00:00.000Z', plan };
    const made: MemoryTransaction = { record, staged: new Map(), state: 'running' };
    this.#transactions.push(made);
    return this.#open(made);
  }

  async resume(id: string, plan: InstallPlan): Promise<StoreTransaction> {
    this.#assertFree(plan);
    const transaction = this.#interrupted(id);
    transaction.state = 'running';
    return this.#open(transaction);
  }

  async listTransactions(): Promise<readonly StoreTransactionRecord[]> {
    return this.#transactions.map(toRecord).reverse();
  }

  async rollback(id: string): Promise<StoreTransactionRecord> {
    const transaction = this.#interrupted(id);
    transaction.staged.clear();
    transaction.state = 'rolled-back';
    return toRecord(transaction);
  }

  async sweep({ store, dryRun }: SweepRequest): Promise<SweepReport> {
    const used = new Set(this.#lock.packs.map(({ integrity }) => integrity));
    const unused = store ? [...this.#content].filter(([integrity]) => !used.has(integrity)) : [];
    const transactions = store ? this.#transactions.length : 0;
    const storeBytes = unused.reduce((sum, [, tree]) => sum + bytesOf(tree), 0);
    if (!dryRun) {
      for (const [integrity] of unused) this.#content.delete(integrity);
      if (store) this.#transactions.length = 0;
    }
    return { packs: unused.length, transactions, storeBytes, cacheFiles: 0, cacheBytes: 0 };
  }

  async unpack(directory: string, packs: ReadonlyMap<string, FileTree>, { replace }: { readonly replace: boolean }): Promise<void> {
    const standing = [...packs.keys()].filter((id) => this.unpacked.get(directory)?.has(id) === true);
    if (standing.length > 0 && !replace) throw new PacksmithError('TARGET_IN_THE_WAY', `${directory} has ${standing.join(', ')} already`);
    this.unpacked.set(directory, new Map([...(this.unpacked.get(directory) ?? []), ...packs]));
  }

  #open(transaction: MemoryTransaction): StoreTransaction {
    const { staged } = transaction;
    return {
      id: transaction.record.id,
      staged: new Set(staged.keys()),
      readStaged: async (integrity) => {
        const tree = staged.get(integrity);
        if (tree === undefined) throw new PacksmithError('STORE_DAMAGED', `nothing was staged as ${integrity}`);
        return tree;
      },
      stage: async (integrity, files) => {
        if (integrityOf(files) !== integrity) throw new PacksmithError('INTEGRITY_MISMATCH', 'what was fetched is not what it should be');
        staged.set(integrity, files);
      },
      commit: async (lock) => {
        for (const [integrity, tree] of staged) this.#content.set(integrity, tree);
        staged.clear();
        this.#lock = { format: 1, packs: [...lock.packs].sort((a, b) => (a.id < b.id ? -1 : 1)) };
        transaction.state = 'done';
      },
      suspend: async () => {
        transaction.state = 'interrupted';
        if (staged.size === 0) this.#transactions.splice(this.#transactions.indexOf(transaction), 1);
        return staged.size > 0;
      },
    };
  }

  #assertFree(plan: InstallPlan): void {
    if (this.#transactions.some(({ state }) => state === 'running')) throw new PacksmithError('STORE_LOCKED', 'the store is in use');
    if (plan.basis !== digestOf(this.#lock)) throw new PacksmithError('STORE_CHANGED', 'other packs were installed since this was planned');
  }

  #interrupted(id: string): MemoryTransaction {
    const found = this.#transactions.find(({ record, state }) => record.id === id && state === 'interrupted');
    if (found === undefined) throw new PacksmithError('TRANSACTION_NOT_FOUND', `there is no unfinished transaction ${JSON.stringify(id)}`);
    return found;
  }
}

function toRecord({ record, staged, state }: MemoryTransaction): StoreTransactionRecord {
  return { ...record, state, staged: [...staged.keys()] };
}

function digestOf(lock: InstalledLock): Digest {
  return hash('sha256', lock.packs.length === 0 ? '' : formatInstalledLock(lock), 'hex') as Digest;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function bytesOf(tree: FileTree): number {
  return [...tree.values()].reduce((sum, { content }) => sum + content.length, 0);
}

/** As every real store computes it. */
function integrityOf(tree: FileTree): string {
  const lines = sortedPaths(tree).map((path) => {
    const { content, mode } = tree.get(path) ?? { content: new Uint8Array(), mode: 0 };
    return `${path}\0${isExecutable(mode) ? 'x' : '-'}\0${hash('sha512', content, 'hex')}\n`;
  });
  return `sha512-${hash('sha512', lines.join(''), 'base64')}`;
}
