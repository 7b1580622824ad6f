import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { NoSolution } from './derivation.ts';
import { type FactProvider, findFact } from './facts.ts';
import type { Resolution } from './resolution.ts';
import type { ResolveRequest } from './resolve-request.ts';
import { solve } from './solve.ts';

/**
 * Resolves with facts that are all at hand, as after they were fetched once.
 * @throws what `solve` throws, and PACK_NOT_FOUND when a fact that is needed is unknown
 */
export function solveWithFacts(request: ResolveRequest, facts: FactProvider): Resolution | NoSolution {
  const search = solve(request);
  let turn = search.next();
  while (turn.done !== true) {
    const fact = findFact(turn.value, facts);
    if (fact === undefined) throw new PacksmithError('PACK_NOT_FOUND', `nothing is known here of ${turn.value.pack}`);
    turn = search.next(fact);
  }
  return turn.value;
}
