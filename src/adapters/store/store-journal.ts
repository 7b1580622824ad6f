import { readdirSync, readFileSync } from 'node:fs';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { InstallPlan } from '../../core/install/install-plan.ts';
import { isIntegrity } from '../../core/install/installed-lock.ts';
import { type Digest, isDigest } from '../../core/tree/digest.ts';
import type { StoreTransactionRecord } from '../../ports/pack-store.ts';
import { isErrno } from '../files/errno.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { integrityOfDirectory, type TransactionFiles } from './store-layout.ts';

/**
 * What a transaction of the store is about and how far it got. `staging`: nothing outside its own directory was touched. `committing`: packs are
 * being moved into the store, and the lock decides whether that counted. `done` and `rolled-back` are history.
 */
export interface StoreJournal {
  readonly format: 1;
  readonly id: string;
  readonly startedAt: string;
  readonly phase: 'staging' | 'committing' | 'done' | 'rolled-back';
  readonly plan: InstallPlan;
  /** Integrities that are moved into the store and were not there. */
  readonly adds: readonly string[];
  /** SHA-256 of the lock that commits it. */
  readonly lockAfter: Digest | undefined;
}

const PHASES: readonly unknown[] = ['staging', 'committing', 'done', 'rolled-back'];

export function writeStoreJournal(files: TransactionFiles, journal: StoreJournal): void {
  writeFileAtomic(files.journal, `${JSON.stringify(journal)}\n`);
}

/**
 * Reads a journal; `undefined` when there is none, so that the transaction was never begun.
 * @throws PacksmithError `JOURNAL_INVALID`.
 */
export function readStoreJournal(files: TransactionFiles): StoreJournal | undefined {
  let text: string;
  try {
    text = readFileSync(files.journal, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
  const journal = parseJson(text, files);
  if (!isJournal(journal) || journal.id !== files.id) throw invalid(files);
  return journal;
}

/** A journal as commands see it. */
export function toTransactionRecord(journal: StoreJournal, files: TransactionFiles, isRunning: boolean): StoreTransactionRecord {
  const { id, startedAt, plan, phase } = journal;
  const isOpen = phase === 'staging' || phase === 'committing';
  const state = isOpen ? (isRunning ? 'running' : 'interrupted') : phase;
  return { id, operation: plan.operation, state, startedAt, plan, staged: isOpen ? listStaged(files) : [] };
}

/** The integrities of what stands among the staged packs; whether they are intact is not looked at. */
export function listStaged({ staged }: Pick<TransactionFiles, 'staged'>): string[] {
  try {
    return readdirSync(staged).flatMap((name) => integrityOfDirectory(name) ?? []);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

function parseJson(text: string, files: TransactionFiles): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(files);
    throw error;
  }
}

function isJournal(value: unknown): value is StoreJournal {
  if (typeof value !== 'object' || value === null) return false;
  const journal = value as Partial<Record<keyof StoreJournal, unknown>>;
  const isTextual = typeof journal.id === 'string' && typeof journal.startedAt === 'string';
  const hasLock = journal.lockAfter === undefined || (typeof journal.lockAfter === 'string' && isDigest(journal.lockAfter));
  const hasAdds = Array.isArray(journal.adds) && journal.adds.every(isIntegrity);
  return journal.format === 1 && isTextual && PHASES.includes(journal.phase) && hasLock && hasAdds && isPlan(journal.plan);
}

function isPlan(value: unknown): value is InstallPlan {
  if (typeof value !== 'object' || value === null) return false;
  const plan = value as Partial<Record<keyof InstallPlan, unknown>>;
  const hasLists = [plan.requests, plan.packs, plan.removes, plan.levels, plan.warnings].every(Array.isArray);
  return plan.format === 1 && typeof plan.operation === 'string' && typeof plan.basis === 'string' && hasLists;
}

function invalid(files: TransactionFiles): PacksmithError {
  return new PacksmithError('JOURNAL_INVALID', `the journal of an interrupted change of the store is damaged: ${files.journal}`, {
    hint: `delete ${files.directory}: nothing in it is installed`,
  });
}
