import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { InstallPlan } from '../../core/install/install-plan.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type {
  BeginOptions,
  InstalledState,
  PackStore,
  StoredState,
  StoreTransaction,
  StoreTransactionRecord,
  SweepReport,
  SweepRequest,
} from '../../ports/pack-store.ts';
import { toDiskError } from '../files/errno.ts';
import { type HeldLock, ProcessLock } from '../files/process-lock.ts';
import { isTransactionId, makeTransactionId } from '../project/transaction-id.ts';
import { readInstalledFile } from './installed-file.ts';
import { isThere } from './move-pack.ts';
import { NodeStoreTransaction } from './node-store-transaction.ts';
import { listTransactionIds, settleTransactions } from './settle-transactions.ts';
import { readStoreJournal, type StoreJournal, toTransactionRecord, writeStoreJournal } from './store-journal.ts';
import { describeStore, describeTransactionFiles, type StoreDirectories, type StoreLayout, storedDirectory } from './store-layout.ts';
import { readStoredTree, removeTree } from './stored-tree.ts';
import { sweepStore } from './sweep-store.ts';
import { unpackPacks } from './unpack-packs.ts';

export interface NodePackStoreOptions {
  /** What runs, as it is named to those who wait for the lock: such as `packs install`. */
  readonly command?: string;
  /** How long another command is waited for; a minute when not given, since it may be fetching. */
  readonly lockWaitMilliseconds?: number;
  /** The current instant, ISO 8601 in UTC with milliseconds. */
  readonly now: () => string;
  /** For tests that interrupt: called before each change to the disk with its name. */
  readonly onStep?: (step: string) => void;
}

/** Left free on the disk beyond what is to be written. */
const RESERVE_BYTES = 16 << 20;

/**
 * The store below the user's data directory; docs/adr/0006-store.md has the whole story. Nothing but replacing `installed.lock` installs or
 * removes a pack. Every failed system call comes out as `DISK_FULL`, `PERMISSION_DENIED`, `PATH_TOO_LONG` or `DISK_FAILED`.
 */
export class NodePackStore implements PackStore {
  readonly #layout: StoreLayout;
  readonly #options: NodePackStoreOptions;

  constructor(directories: StoreDirectories, options: NodePackStoreOptions) {
    this.#layout = describeStore(directories);
    this.#options = options;
  }

  readInstalled(): Promise<InstalledState> {
    return guard('read the list of installed packs', () => readInstalledFile(this.#layout));
  }

  read(integrity: string): Promise<FileTree | undefined> {
    return guard('read the store', () => readStoredTree(this.locate(integrity), integrity));
  }

  locate(integrity: string): string {
    return storedDirectory(this.#layout, integrity);
  }

  async check(integrity: string): Promise<StoredState> {
    try {
      return (await this.read(integrity)) === undefined ? 'missing' : 'intact';
    } catch (error) {
      if (error instanceof PacksmithError && error.code === 'STORE_DAMAGED') return 'damaged';
      throw error;
    }
  }

  preflight(bytes: number): Promise<void> {
    return guard('write the store', () => {
      for (const directory of [this.#layout.store, this.#layout.installed, this.#layout.transactions]) {
        const existing = existingParent(directory);
        accessSync(existing, constants.W_OK | constants.X_OK);
        const { bavail, bsize } = statfsSync(existing);
        const free = bavail * bsize;
        if (free >= bytes + RESERVE_BYTES) continue;
        const message = `${megabytes(bytes + RESERVE_BYTES)} are needed in ${existing}, and ${megabytes(free)} are free`;
        throw new PacksmithError('DISK_FULL', message, { hint: '`packs clean --all` frees what nothing uses' });
      }
    });
  }

  begin(plan: InstallPlan, options: BeginOptions = {}): Promise<StoreTransaction> {
    return this.#open(plan, options, (held) => {
      const again = this.#findInterrupted(plan);
      const now = this.#options.now();
      const id = again?.id ?? makeTransactionId(Date.parse(now), listTransactionIds(this.#layout));
      const fresh: StoreJournal = { format: 1, id, startedAt: now, phase: 'staging', plan, adds: [], lockAfter: undefined };
      const journal = { ...(again ?? fresh), plan };
      const files = describeTransactionFiles(this.#layout, id);
      this.#step('begin');
      mkdirSync(files.directory, { recursive: true, mode: 0o755 });
      writeStoreJournal(files, journal);
      return this.#transaction(journal, held);
    });
  }

  resume(id: string, plan: InstallPlan, options: BeginOptions = {}): Promise<StoreTransaction> {
    return this.#open(plan, options, (held) => {
      const { journal } = this.#interrupted(id);
      const again: StoreJournal = { ...journal, plan };
      writeStoreJournal(describeTransactionFiles(this.#layout, id), again);
      return this.#transaction(again, held);
    });
  }

  listTransactions(): Promise<readonly StoreTransactionRecord[]> {
    return guard('read the transactions', async () => {
      const isFree = await this.#tryAcquire();
      isFree?.release();
      const ids = listTransactionIds(this.#layout).reverse();
      const newestOpen = ids.find((id) => isOpen(readStoreJournal(describeTransactionFiles(this.#layout, id))));
      return ids.flatMap((id) => {
        const files = describeTransactionFiles(this.#layout, id);
        const journal = readStoreJournal(files);
        return journal === undefined ? [] : [toTransactionRecord(journal, files, isFree === undefined && id === newestOpen)];
      });
    });
  }

  rollback(id: string): Promise<StoreTransactionRecord> {
    return this.#locked({}, () => {
      const { journal, files } = this.#interrupted(id);
      this.#step('roll back');
      removeTree(files.staged);
      removeTree(files.replaced);
      const over: StoreJournal = { ...journal, phase: 'rolled-back' };
      writeStoreJournal(files, over);
      return toTransactionRecord(over, files, false);
    });
  }

  sweep(request: SweepRequest): Promise<SweepReport> {
    return this.#locked({}, () => sweepStore(this.#layout, request));
  }

  unpack(directory: string, packs: ReadonlyMap<string, FileTree>, { replace }: { readonly replace: boolean }): Promise<void> {
    return guard(`write ${directory}`, () => unpackPacks(directory, packs, replace));
  }

  /** Takes the lock and keeps it: whoever gets the transaction gives it back. */
  #open(plan: InstallPlan, options: BeginOptions, open: (held: HeldLock) => StoreTransaction): Promise<StoreTransaction> {
    return guard('write the store', async () => {
      const held = await this.#acquire(options);
      try {
        if (readInstalledFile(this.#layout).digest !== plan.basis) {
          throw new PacksmithError('STORE_CHANGED', 'another command installed or removed packs since this was planned');
        }
        return open(held);
      } catch (error) {
        held.release();
        throw error;
      }
    });
  }

  #locked<Result>(options: BeginOptions, run: () => Result): Promise<Result> {
    return guard('write the store', async () => {
      const held = await this.#acquire(options);
      try {
        return run();
      } finally {
        held.release();
      }
    });
  }

  async #acquire(options: BeginOptions): Promise<HeldLock> {
    const held = await this.#processLock(this.#options.lockWaitMilliseconds ?? 60_000).acquire(options);
    try {
      settleTransactions(this.#layout, (step) => this.#step(step));
      return held;
    } catch (error) {
      held.release();
      throw error;
    }
  }

  /** The lock if it is free now; `undefined` when a living process holds it, or nothing can be written. */
  async #tryAcquire(): Promise<HeldLock | undefined> {
    if (!isThere(this.#layout.processLock)) return NOT_HELD;
    try {
      return await this.#processLock(0).acquire();
    } catch (error) {
      if (error instanceof PacksmithError && error.code === 'STORE_LOCKED') return undefined;
      throw error;
    }
  }

  #processLock(waitMilliseconds: number): ProcessLock {
    const { installed, processLock } = this.#layout;
    return new ProcessLock(processLock, {
      command: this.#options.command ?? 'packs',
      waitMilliseconds,
      what: 'the store of installed packs',
      lockedCode: 'STORE_LOCKED',
      prepare: () => mkdirSync(installed, { recursive: true }),
    });
  }

  #interrupted(id: string) {
    const files = describeTransactionFiles(this.#layout, id);
    const journal = isTransactionId(id) ? readStoreJournal(files) : undefined;
    if (journal?.phase === 'staging') return { journal, files };
    throw new PacksmithError('TRANSACTION_NOT_FOUND', `there is no unfinished transaction ${JSON.stringify(id)}`);
  }

  /** The same request, interrupted: asking for it once more goes on where it stopped. */
  #findInterrupted({ operation, requests }: InstallPlan): StoreJournal | undefined {
    const wanted = JSON.stringify([operation, requests]);
    return listTransactionIds(this.#layout)
      .map((id) => readStoreJournal(describeTransactionFiles(this.#layout, id)))
      .findLast((journal) => journal?.phase === 'staging' && JSON.stringify([journal.plan.operation, journal.plan.requests]) === wanted);
  }

  #transaction(journal: StoreJournal, held: HeldLock): StoreTransaction {
    const files = describeTransactionFiles(this.#layout, journal.id);
    return new NodeStoreTransaction({ layout: this.#layout, files, journal, held, onStep: (step) => this.#step(step) });
  }

  #step(step: string): void {
    this.#options.onStep?.(step);
  }
}

const NOT_HELD: HeldLock = { release: () => undefined };

function isOpen(journal: StoreJournal | undefined): boolean {
  return journal?.phase === 'staging' || journal?.phase === 'committing';
}

async function guard<Result>(doing: string, run: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toDiskError(error, doing);
  }
}

function existingParent(directory: string): string {
  return isThere(directory) ? directory : existingParent(dirname(directory));
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / (1 << 20))} MB`;
}
