import type { InstallOperation, InstallPlan } from '../core/install/install-plan.ts';
import type { InstalledLock } from '../core/install/installed-lock.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { FileTree } from '../core/tree/file-tree.ts';

/** The installed packs, and the digest of the lock that says so. */
export interface InstalledState {
  readonly lock: InstalledLock;
  readonly digest: Digest;
}

export type StoredState = 'intact' | 'damaged' | 'missing';

/** One change of the installed packs: under way elsewhere, left unfinished, or past. */
export interface StoreTransactionRecord {
  /** Sorts by age: later ones are greater. */
  readonly id: string;
  readonly operation: InstallOperation;
  /** `interrupted` ones can be resumed or rolled back; nothing of them is installed. */
  readonly state: 'running' | 'interrupted' | 'done' | 'rolled-back';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly plan: InstallPlan;
  /** Integrities of what was fetched and not yet installed. */
  readonly staged: readonly string[];
}

export interface SweepRequest {
  /** What no installed pack is, and what unfinished and past transactions left. */
  readonly store: boolean;
  /** What was downloaded; it is fetched again when it is needed. */
  readonly cache: boolean;
  /** Only count. */
  readonly dryRun: boolean;
}

export interface SweepReport {
  readonly packs: number;
  readonly transactions: number;
  readonly storeBytes: number;
  readonly cacheFiles: number;
  readonly cacheBytes: number;
}

export interface BeginOptions {
  readonly signal?: AbortSignal;
}

/** What a plan is applied in. The store's lock is held until `commit` or `suspend` returns. */
export interface StoreTransaction {
  readonly id: string;
  /** Integrities that need not be fetched: staged before the transaction was interrupted, and still intact. */
  readonly staged: ReadonlySet<string>;
  /** What was staged. @throws PacksmithError `STORE_DAMAGED` */
  readStaged(integrity: string): Promise<FileTree>;
  /**
   * Puts a pack aside for the commit.
   * @throws PacksmithError `INTEGRITY_MISMATCH` when the files are not what the integrity says; `DISK_FULL`, `PERMISSION_DENIED`, `DISK_FAILED`.
   */
  stage(integrity: string, files: FileTree): Promise<void>;
  /** Moves what is staged into the store and replaces the lock: all of it, or nothing. @throws PacksmithError those of a failing disk. */
  commit(lock: InstalledLock): Promise<void>;
  /**
   * Gives up for now; what was installed is as it was before. What is staged stays for `resume`.
   * @returns whether there is anything to resume; otherwise the transaction is gone.
   */
  suspend(): Promise<boolean>;
}

/** The installed packs of a user and their content, shared by all projects. Every implementation passes test/contracts/pack-store.ts. */
export interface PackStore {
  /** @throws PacksmithError `INSTALLED_LOCK_INVALID`. */
  readInstalled(): Promise<InstalledState>;
  /**
   * The files of a stored pack, hashed and compared with its integrity; `undefined` when it is not in the store.
   * @throws PacksmithError `STORE_DAMAGED`.
   */
  read(integrity: string): Promise<FileTree | undefined>;
  /** Where a stored pack is, for people and for provenance; it need not be there. */
  locate(integrity: string): string;
  check(integrity: string): Promise<StoredState>;
  /** Makes sure that so many bytes can be stored. @throws PacksmithError `DISK_FULL`, `PERMISSION_DENIED`. */
  preflight(bytes: number): Promise<void>;
  /**
   * Takes the store's lock, settles what a killed command left, and opens a transaction: the interrupted one of the same request, or a new one.
   * @throws PacksmithError `STORE_LOCKED` with the owner's name, `STORE_CHANGED` when the lock is not the plan's basis.
   */
  begin(plan: InstallPlan, options?: BeginOptions): Promise<StoreTransaction>;
  /** Opens an interrupted transaction again, for a plan made anew. @throws as `begin` does, and `TRANSACTION_NOT_FOUND`. */
  resume(id: string, plan: InstallPlan, options?: BeginOptions): Promise<StoreTransaction>;
  /** Newest first. */
  listTransactions(): Promise<readonly StoreTransactionRecord[]>;
  /** Forgets an interrupted transaction and what it staged. @throws PacksmithError `TRANSACTION_NOT_FOUND`, `STORE_LOCKED`. */
  rollback(id: string): Promise<StoreTransactionRecord>;
  /** Removes what nothing uses, or counts it. @throws PacksmithError `STORE_LOCKED`. */
  sweep(request: SweepRequest): Promise<SweepReport>;
  /**
   * Unpacks packs as plain, writable folders, each below its id: all of them or none.
   * @throws PacksmithError `TARGET_IN_THE_WAY` unless `replace`.
   */
  unpack(directory: string, packs: ReadonlyMap<string, FileTree>, options: { readonly replace: boolean }): Promise<void>;
}
