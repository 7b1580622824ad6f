import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { NoSolution } from '../../core/resolver/derivation.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import { ResolveRun } from './resolve-run.ts';
import type { ResolvedPacks, ResolvePacksRequest, ResolvePorts } from './resolved-packs.ts';

const TIME_LIMIT = 30_000;

/**
 * Resolves references to one version of every pack that is needed, each from the one place that decides about it.
 * What is installed or locked is taken without asking any place, as long as everything fits together that way.
 *
 * @throws PacksmithError `NO_SOLUTION` with the explanation and remedies that were tried; `PACK_NOT_FOUND` for a reference that no place knows;
 * `PLACE_CONFLICT`, `DEPENDENCY_CYCLE`, `LIMIT_EXCEEDED` (100 packs, 30 s), `REFERENCE_INVALID`, and those of the sources.
 */
export async function resolvePacks(request: ResolvePacksRequest, ports: ResolvePorts): Promise<ResolvedPacks> {
  const deadline = AbortSignal.timeout(request.timeLimit ?? TIME_LIMIT);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
  const installed = request.installed ?? (await ports.store.readInstalled()).lock;
  const attempt = async (refresh: ReadonlySet<string> | 'all'): Promise<ResolvedPacks | NoAnswer> => {
    const options: FetchOptions = { offline: request.offline, signal };
    const run = new ResolveRun({ request: { ...request, installed, refresh }, options, deadline }, ports);
    const outcome = await Promise.race([run.resolve(), rejectWhenOver(deadline)]);
    return outcome.kind === 'resolution' ? run.describe(outcome) : { noSolution: outcome, run };
  };
  try {
    const first = await attempt(request.refresh ?? new Set());
    if ('packs' in first) return first;
    const second = first.run.isNarrowed ? await attempt('all') : first;
    if ('packs' in second) return second;
    throw await second.run.explain(second.noSolution);
  } catch (error) {
    if (!deadline.aborted || request.signal?.aborted === true || isOwn(error)) throw error;
    throw new PacksmithError('LIMIT_EXCEEDED', 'the packs could not be resolved within 30 s', {
      hint: 'a registry may be slow; try again, or work from what was fetched before with --offline',
      cause: error,
    });
  }
}

/** Ends the wait for a source that does not heed its signal. */
function rejectWhenOver(deadline: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
  });
}

function isOwn(error: unknown): boolean {
  return error instanceof PacksmithError && error.code !== 'INTERRUPTED' && error.code !== 'SOURCE_UNREACHABLE';
}

interface NoAnswer {
  readonly noSolution: NoSolution;
  readonly run: ResolveRun;
}
