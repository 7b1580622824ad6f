import { PacksmithError } from './packsmith-error.ts';

/** What is computed, or what its failure stands for. That a limit is reached is never passed over, nor is an error of packsmith itself. */
export function unlessItFails<Result, Other>(compute: () => Result, otherwise: (failure: PacksmithError) => Other): Result | Other {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof PacksmithError) || error.code === 'LIMIT_EXCEEDED') throw error;
    return otherwise(error);
  }
}
