import { MessageChannel, type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import type { QueryAllowance } from '../../ports/sparql-engine.ts';
import { isOutOfHeap, startBoundedWorker } from '../system/bounded-worker.ts';
import type { CompiledEngine, WorkerOperations, WorkerReply, WorkerSettings } from './protocol.ts';

export interface WorkerPlace extends Pick<WorkerSettings, 'memory'> {
  /** The path of the built worker. */
  readonly file: string;
}

export interface AskOptions {
  /** How long the work may take once it has started; absent: as long as it needs. */
  readonly milliseconds?: number;
  /** What all queries that share it may take together. */
  readonly allowance?: QueryAllowance | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Answer = WorkerOperations[keyof WorkerOperations]['answer'];

interface Waiting {
  readonly started: () => void;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/**
 * What workers compiled, by what they were started with: the next ones of this process have it from here. To take it out of its port takes longer than a
 * small query, so that it stays there until somebody needs it.
 */
const compiledEngines = new Map<string, CompiledEngine | MessagePort>();

function takeCompiled(kind: string): CompiledEngine | undefined {
  const found = compiledEngines.get(kind);
  if (found === undefined || 'module' in found) return found;
  const compiled = receiveMessageOnPort(found)?.message as CompiledEngine | undefined;
  if (compiled === undefined) return undefined;
  found.close();
  compiledEngines.set(kind, compiled);
  return compiled;
}

/** The engine's worker while it lives. It does one thing after another, does not keep the process alive while idle, and is of no use once it has ended. */
export class EngineWorker {
  readonly #worker: Worker;
  readonly #memory: number;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;
  #end: Error | undefined;

  constructor({ file, memory }: WorkerPlace) {
    this.#memory = memory;
    this.#worker = startEngine(file, memory);
    this.#worker.unref();
    this.#worker.on('message', (reply: WorkerReply) => this.#take(reply));
    this.#worker.on('error', (error) => this.#fail(isOutOfHeap(error) ? this.#outOfMemory() : error));
    this.#worker.on('exit', () => this.#fail(new Error('the worker of the query engine has ended')));
  }

  /** Whether it can't be asked any more. */
  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  async ask<Name extends keyof WorkerOperations>(
    name: Name,
    ask: WorkerOperations[Name]['ask'],
    { milliseconds, allowance, signal }: AskOptions = {},
  ): Promise<WorkerOperations[Name]['answer']> {
    if (signal?.aborted) throw interrupted();
    if (this.#end !== undefined) throw this.#end;
    const id = ++this.#count;
    if (allowance !== undefined && allowance.milliseconds <= 0) throw usedUp();
    let timer: NodeJS.Timeout | undefined;
    let since: number | undefined;
    const onAbort = () => this.#stop(interrupted());
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#worker.ref();
    try {
      return await new Promise<Answer>((settle, fail) => {
        const started = () => {
          since = performance.now();
          const left = allowance?.milliseconds ?? Number.POSITIVE_INFINITY;
          const most = Math.min(milliseconds ?? left, left);
          if (Number.isFinite(most)) timer = setTimeout(() => this.#stop(most === milliseconds ? timedOut(most) : usedUp()), most);
        };
        this.#waiting.set(id, { started, settle, fail });
        this.#worker.postMessage({ id, name, ask });
      });
    } finally {
      clearTimeout(timer);
      if (allowance !== undefined && since !== undefined) allowance.milliseconds -= performance.now() - since;
      signal?.removeEventListener('abort', onAbort);
      if (this.#waiting.size === 0) this.#worker.unref();
    }
  }

  async stop(): Promise<void> {
    this.#end ??= new Error('the query engine is closed');
    await this.#worker.terminate();
  }

  #take(reply: WorkerReply): void {
    const waiting = this.#waiting.get(reply.id);
    switch (reply.kind) {
      case 'started':
        waiting?.started();
        break;
      case 'full':
        this.#stop(this.#outOfMemory());
        break;
      case 'answer':
        this.#waiting.delete(reply.id);
        waiting?.settle(reply.answer);
        break;
      case 'failure':
        this.#waiting.delete(reply.id);
        waiting?.fail(new PacksmithError(reply.failure.code, reply.failure.message, reply.failure.options));
        break;
    }
  }

  /** Ends the worker, with the reason for whoever waits. */
  #stop(reason: Error): void {
    this.#fail(reason);
    this.#worker.terminate().catch(() => undefined);
  }

  #fail(reason: Error): void {
    this.#end ??= reason;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { fail } of waiting) fail(reason);
  }

  #outOfMemory(): PacksmithError {
    const megabytes = Math.round(this.#memory / (1024 * 1024));
    return new PacksmithError(
      'QUERY_OUT_OF_MEMORY',
      `the data and the query need more than ${megabytes} MB of memory, which is the limit (queryBytes)`,
    );
  }
}

function startEngine(file: string, memory: number): Worker {
  const kind = `${memory} ${file}`;
  const compiled = takeCompiled(kind);
  if (compiled !== undefined) return startBoundedWorker(file, { memory, compiled } satisfies WorkerSettings);
  const { port1, port2 } = new MessageChannel();
  compiledEngines.set(kind, port2);
  return startBoundedWorker(file, { memory, compiled: port1 } satisfies WorkerSettings, [port1]);
}

function timedOut(milliseconds: number): PacksmithError {
  return new PacksmithError('QUERY_TIMEOUT', `the query was ended after ${milliseconds / 1000} s, which is the limit (querySeconds)`);
}

function usedUp(): PacksmithError {
  const seconds = LIMITS.queriesSeconds.maximum;
  return new PacksmithError('QUERY_TIMEOUT', `all queries together took ${seconds} s, which is the limit (queriesSeconds)`);
}

function interrupted(): PacksmithError {
  return new PacksmithError('INTERRUPTED', 'the query was interrupted');
}
