import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import type { ShapeOutcome, ShapeRequest, ShapeValidator } from '../../ports/shape-validator.ts';
import { HEAP_MEGABYTES, isOutOfHeap, startBoundedWorker } from '../system/bounded-worker.ts';
import type { ShapeAnswer, ShapeWork } from './protocol.ts';

export interface ShapeValidatorSettings {
  /** The path of the built worker. */
  readonly workerFile: string;
  /** How long one validation may take; as long as one query where absent. */
  readonly milliseconds?: number;
}

/** A worker for each validation, which is ended at the limit of time. */
export class WorkerShapeValidator implements ShapeValidator {
  readonly #settings: ShapeValidatorSettings;

  constructor(settings: ShapeValidatorSettings) {
    this.#settings = settings;
  }

  validate({ data, shapes, signal }: ShapeRequest): Promise<ShapeOutcome> {
    if (signal?.aborted) return Promise.reject(interrupted());
    const { workerFile, milliseconds = LIMITS.querySeconds.maximum * 1000 } = this.#settings;
    const workerData: ShapeWork = { data, shapes };
    const worker = startBoundedWorker(workerFile, workerData);
    return new Promise<ShapeOutcome>((settle, fail) => {
      const end = (finish: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        finish();
        worker.terminate().catch(() => undefined);
      };
      const onAbort = (): void => end(() => fail(interrupted()));
      const timer = setTimeout(() => end(() => fail(timedOut(milliseconds))), milliseconds);
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.once('message', (answer: ShapeAnswer) => end(() => settle(answer)));
      worker.once('error', (error) => end(() => fail(isOutOfHeap(error) ? outOfMemory() : error)));
      worker.once('exit', () => end(() => fail(new Error('the worker that checks shapes has ended'))));
    });
  }
}

function timedOut(milliseconds: number): PacksmithError {
  return new PacksmithError(
    'SHAPES_TIMEOUT',
    `checking the shapes was ended after ${milliseconds / 1000} s, which is the limit (querySeconds)`,
  );
}

function outOfMemory(): PacksmithError {
  return new PacksmithError(
    'QUERY_OUT_OF_MEMORY',
    `checking the shapes needs more than ${HEAP_MEGABYTES} MB of memory, which is the limit`,
  );
}

function interrupted(): PacksmithError {
  return new PacksmithError('INTERRUPTED', 'checking the shapes was interrupted');
}
