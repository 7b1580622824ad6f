import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ApplyProgress, PassedOver, ProjectDir, RanCommand, Recovery, TransactionRecord } from '../../ports/project-dir.ts';
import { toDiskError } from '../files/errno.ts';
import { type HeldLock, ProcessLock } from '../files/process-lock.ts';
import { applyChanges } from './apply-changes.ts';
import { isThere } from './commit.ts';
import { DiskView, readPlainFile } from './disk-view.ts';
import { describeLocal, describeTransaction, type LocalLayout } from './layout.ts';
import { listPassedOver, listProjectFiles } from './list-files.ts';
import { hasLocal, LocalDirectory } from './local-directory.ts';
import { recallOriginals, rememberOriginals } from './originals.ts';
import { listPlannedChanges } from './planned-changes.ts';
import { listUnfinished, recoverUnfinished } from './recover.ts';
import { isTransactionId, makeTransactionId } from './transaction-id.ts';
import { listRecords, noteFinishedCommand, readReplacedFile } from './undo-log.ts';

export interface NodeProjectDirOptions {
  /** What runs, as it is named to those who wait for the lock: such as `packs update`. */
  readonly command?: string;
  /** How long another command that changes the same project is waited for; ten seconds when not given. */
  readonly lockWaitMilliseconds?: number;
  /** For tests that interrupt: called before each change to the disk with its name; what it throws ends the operation like a failed system call. */
  readonly onStep?: (step: string) => void;
}

/**
 * A project's directory on disk. Changes go through a transaction below `.packsmith/local`; docs/adr/0003-transactions.md has the whole story.
 * Every failed system call comes out as `DISK_FULL`, `PERMISSION_DENIED`, `PATH_TOO_LONG` or `DISK_FAILED`.
 */
export class NodeProjectDir implements ProjectDir {
  readonly root: string;
  readonly #local: LocalLayout;
  readonly #options: NodeProjectDirOptions;

  /** @param root need not exist; it is made when a plan is applied. */
  constructor(root: string, options: NodeProjectDirOptions = {}) {
    this.root = resolve(root);
    this.#local = describeLocal(this.root);
    this.#options = options;
  }

  inspect(): Promise<{ readonly exists: boolean; readonly isEmpty: boolean }> {
    return this.#guard('look into', async () => {
      const stats = statSync(this.root, { throwIfNoEntry: false });
      if (stats === undefined) return { exists: false, isEmpty: true };
      if (!stats.isDirectory()) throw new PacksmithError('PATH_BLOCKED', `${this.root} is not a directory`);
      const others = readdirSync(this.root, { withFileTypes: true }).filter((entry) => entry.name !== '.git');
      const isEmpty = others.every((entry) => entry.name === '.packsmith' && entry.isDirectory() && this.#hasOnlyLocal());
      return { exists: true, isEmpty };
    });
  }

  survey(paths: Iterable<ProjectPath>): Promise<ReadonlyMap<ProjectPath, DiskEntry>> {
    return this.#guard('read', async () => {
      const view = new DiskView(this.root);
      const entries = new Map<ProjectPath, DiskEntry>();
      let index = 0;
      for (const path of paths) {
        index += 1;
        if (index % 64 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
        const entry = await view.entryAt(path);
        if (entry !== undefined) entries.set(path, entry);
      }
      return entries;
    });
  }

  listFiles(isIgnored: (path: string) => boolean = () => false): Promise<ProjectPath[]> {
    return this.#guard('list', () => listProjectFiles(this.root, isIgnored));
  }

  listPassedOver(directory: ProjectPath | ''): Promise<PassedOver[]> {
    return this.#guard('list', () => listPassedOver(this.root, directory));
  }

  readFile(path: ProjectPath): Promise<Uint8Array | undefined> {
    return this.#guard('read', async () => {
      const node = new DiskView(this.root).nodeAt(path);
      if (node === undefined) return undefined;
      if (node.kind === 'file') return readPlainFile(join(this.root, path));
      const by = node.kind === 'blocked' ? `: ${node.by} is ${node.isLink ? 'a link' : 'not a directory'}` : '';
      throw new PacksmithError('PATH_BLOCKED', `${path} is not a plain file of the project${by}`);
    });
  }

  apply(
    plan: GenerationPlan,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ApplyProgress) => void } = {},
  ): Promise<TransactionRecord> {
    return this.#guard('change', async () => {
      const changes = listPlannedChanges(plan);
      if (changes.length === 0) return makeEmptyRecord(plan);
      const directory = new LocalDirectory(this.root, this.#local);
      try {
        return await this.#withLock({ directory, signal: options.signal }, async () => {
          await recoverUnfinished(this.root, this.#local, this.#onStep);
          const place = { root: this.root, local: this.#local, made: directory.made, onStep: this.#onStep };
          const record = await applyChanges({ operation: plan.operation, changes, ...options }, place);
          rememberOriginals(this.#local.originals, plan.originals);
          return record;
        });
      } catch (error) {
        directory.discard();
        throw error;
      }
    });
  }

  recover(): Promise<Recovery | undefined> {
    return this.#guard('recover', async () => {
      const unfinished = listUnfinished(this.#local);
      if (unfinished.length === 0 || !hasLocal(this.#local)) return undefined;
      // Without a journal nothing was changed yet: debris to be removed, or another command's staging, which readers need not wait for.
      const isBegun = unfinished.some((id) => isThere(describeTransaction(this.#local.transactions, id).journal));
      return isBegun ? this.#recoverLocked() : this.#recoverLocked(0).catch(returnIfLocked);
    });
  }

  listTransactions(): Promise<readonly TransactionRecord[]> {
    return this.#guard('read', async () => (hasLocal(this.#local) ? listRecords(this.#local) : []));
  }

  readOriginals(): Promise<ReadonlyMap<Digest, Digest>> {
    return this.#guard('read', async () => (hasLocal(this.#local) ? recallOriginals(this.#local.originals) : new Map()));
  }

  noteCommand(id: string, command: RanCommand): Promise<void> {
    return this.#guard('note a command in', async () => {
      if (hasLocal(this.#local) && isTransactionId(id)) noteFinishedCommand(this.#local, id, command);
    });
  }

  readReplaced(id: string, digest: Digest): Promise<Uint8Array> {
    return this.#guard('read', async () => {
      hasLocal(this.#local);
      return readReplacedFile(this.#local, id, digest);
    });
  }

  get #onStep(): (step: string) => void {
    return this.#options.onStep ?? ignore;
  }

  #recoverLocked(waitMilliseconds?: number): Promise<Recovery | undefined> {
    const directory = new LocalDirectory(this.root, this.#local);
    const run = (): Promise<Recovery | undefined> => recoverUnfinished(this.root, this.#local, this.#onStep);
    return this.#withLock({ directory, waitMilliseconds }, run);
  }

  #hasOnlyLocal(): boolean {
    return readdirSync(join(this.root, '.packsmith')).every((name) => name === 'local');
  }

  async #withLock<Result>({ directory, signal, waitMilliseconds }: LockRequest, run: () => Promise<Result>): Promise<Result> {
    const lock = new ProcessLock(this.#local.lock, {
      command: this.#options.command ?? 'packsmith',
      waitMilliseconds: waitMilliseconds ?? this.#options.lockWaitMilliseconds ?? 10_000,
      what: `the project ${this.root}`,
      lockedCode: 'PROJECT_LOCKED',
      prepare: () => directory.ensure(),
    });
    const held: HeldLock = await lock.acquire({ signal });
    try {
      // Whoever held the lock before may have removed what it had made.
      directory.ensure();
      return await run();
    } finally {
      held.release();
    }
  }

  async #guard<Result>(doing: string, run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      throw toDiskError(error, `${doing} the project ${this.root}`);
    }
  }
}

interface LockRequest {
  readonly directory: LocalDirectory;
  readonly signal?: AbortSignal | undefined;
  /** Instead of what the options say. */
  readonly waitMilliseconds?: number | undefined;
}

function returnIfLocked(error: unknown): undefined {
  if (error instanceof PacksmithError && error.code === 'PROJECT_LOCKED') return undefined;
  throw error;
}

/** Nothing is written for a plan that changes nothing, and there is nothing to undo. */
function makeEmptyRecord({ operation }: GenerationPlan): TransactionRecord {
  return { id: makeTransactionId(Date.now(), []), operation, finishedAt: new Date().toISOString(), paths: [] };
}

function ignore(): void {
  // Nobody is told of the steps.
}
