import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatInstalledLock, type InstalledLock } from '../../core/install/installed-lock.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { StoreTransaction } from '../../ports/pack-store.ts';
import { makeDurable } from '../files/durability.ts';
import { toDiskError } from '../files/errno.ts';
import type { HeldLock } from '../files/process-lock.ts';
import { nativeHash } from '../hash.ts';
import { computeTreeIntegrity } from '../sources/tree-integrity.ts';
import { readInstalledFile, writeInstalledFile } from './installed-file.ts';
import { isThere, movePack } from './move-pack.ts';
import { finishTransaction, retreat } from './settle-transactions.ts';
import { listStaged, type StoreJournal, writeStoreJournal } from './store-journal.ts';
import { type StoreLayout, storedDirectory, type TransactionFiles, toHex } from './store-layout.ts';
import { readOnlyMode, readStoredTree, removeTree, writeTree } from './stored-tree.ts';

export interface OpenStoreTransaction {
  readonly layout: StoreLayout;
  readonly files: TransactionFiles;
  readonly journal: StoreJournal;
  readonly held: HeldLock;
  /** Called before each change on disk, for tests that interrupt. */
  readonly onStep: (step: string) => void;
}

/** One change of the installed packs on disk; the process lock is held as long as it is open. */
export class NodeStoreTransaction implements StoreTransaction {
  readonly id: string;
  readonly staged: ReadonlySet<string>;
  readonly #open: OpenStoreTransaction;
  readonly #made: string[] = [];
  #journal: StoreJournal;

  constructor(open: OpenStoreTransaction) {
    this.id = open.files.id;
    this.#open = open;
    this.#journal = open.journal;
    this.staged = new Set(listStaged(open.files).filter((integrity) => this.#isIntact(integrity)));
  }

  async readStaged(integrity: string): Promise<FileTree> {
    const tree = readStoredTree(this.#stagedDirectory(integrity), integrity);
    if (tree !== undefined) return tree;
    throw new PacksmithError('STORE_DAMAGED', `nothing was staged as ${integrity}`);
  }

  async stage(integrity: string, files: FileTree): Promise<void> {
    if (computeTreeIntegrity(files) !== integrity) {
      throw new PacksmithError('INTEGRITY_MISMATCH', `what was fetched is not what its integrity ${integrity} says`);
    }
    const directory = this.#stagedDirectory(integrity);
    this.#open.onStep(`stage ${toHex(integrity).slice(0, 8)}`);
    try {
      removeTree(directory);
      mkdirSync(dirname(directory), { recursive: true });
      this.#made.push(...writeTree(directory, files, readOnlyMode));
    } catch (error) {
      throw toDiskError(error, 'write the store');
    }
  }

  async commit(lock: InstalledLock): Promise<void> {
    try {
      await this.#commit(lock);
    } catch (error) {
      if (!this.#takeBack()) throw toDiskError(error, 'write the store');
    } finally {
      this.#open.held.release();
    }
  }

  async suspend(): Promise<boolean> {
    const { files, held } = this.#open;
    const isResumable = listStaged(files).length > 0;
    if (!isResumable) removeTree(files.directory);
    held.release();
    return isResumable;
  }

  async #commit(lock: InstalledLock): Promise<void> {
    const { layout, files, onStep } = this.#open;
    const adds = listStaged(files).filter((integrity) => lock.packs.some((pack) => pack.integrity === integrity));
    await makeDurable([...this.#made, ...(isThere(files.staged) ? [files.staged] : [])], files.directory);
    onStep('begin the commit');
    this.#write({ phase: 'committing', adds, lockAfter: nativeHash(formatInstalledLock(lock)) });
    const touched = new Set([layout.store]);
    for (const integrity of adds) touched.add(dirname(this.#place(integrity)));
    mkdirSync(layout.store, { recursive: true });
    await makeDurable([...touched], layout.store);
    onStep('replace the lock');
    await writeInstalledFile(layout, lock);
    onStep('finish');
    finishTransaction(files, this.#journal);
  }

  /** Moves one staged pack into the store; a damaged one that stands there is kept aside until the end. */
  #place(integrity: string): string {
    const { layout, files, onStep } = this.#open;
    const stored = storedDirectory(layout, integrity);
    if (isThere(stored)) {
      onStep(`put aside ${toHex(integrity).slice(0, 8)}`);
      const replaced = join(files.replaced, toHex(integrity));
      removeTree(replaced);
      movePack(stored, replaced);
    }
    onStep(`place ${toHex(integrity).slice(0, 8)}`);
    movePack(this.#stagedDirectory(integrity), stored);
    return stored;
  }

  /**
   * After a failed commit, unless the lock was replaced already: what is not committed leaves the store. Should that fail too, the next command
   * does it.
   * @returns whether the transaction counts after all.
   */
  #takeBack(): boolean {
    if (this.#journal.phase !== 'committing') return false;
    if (readInstalledFile(this.#open.layout).digest === this.#journal.lockAfter) return true;
    retreat(this.#open.layout, this.#open.files, this.#journal);
    return false;
  }

  #write(change: Partial<StoreJournal>): void {
    this.#journal = { ...this.#journal, ...change };
    writeStoreJournal(this.#open.files, this.#journal);
  }

  #stagedDirectory(integrity: string): string {
    return join(this.#open.files.staged, toHex(integrity));
  }

  #isIntact(integrity: string): boolean {
    try {
      return readStoredTree(this.#stagedDirectory(integrity), integrity) !== undefined;
    } catch (error) {
      if (error instanceof PacksmithError) return false;
      throw error;
    }
  }
}
