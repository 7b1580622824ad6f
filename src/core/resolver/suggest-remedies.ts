import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { NoSolution } from './derivation.ts';
import { explainNoSolution, formatExplanation } from './explain-no-solution.ts';
import { type FactProvider, findFact } from './facts.ts';
import { findRemedies, type Remedy, type RemedyOptions } from './find-remedies.ts';
import { joinWith } from './internal/describe-versions.ts';

/** Looks for changes that would help, best first, judging by the facts at hand alone; what they don't settle isn't suggested. */
export function suggestRemedies(noSolution: NoSolution, facts: FactProvider, options: RemedyOptions = {}): readonly Remedy[] {
  const search = findRemedies(noSolution, options);
  let turn = search.next();
  while (turn.done !== true) turn = search.next(findFact(turn.value, facts));
  return turn.value;
}

/** Says what to do, as one clause without a full stop. */
export function describeRemedy(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'unpin':
      return `remove the pin of ${remedy.pack}`;
    case 'drop-override':
      return `remove the override of ${remedy.pack}`;
    case 'demand':
      return `${joinWith(
        remedy.changes.map(({ pack, version }) => `${pack} ${version}`),
        'and',
      )} would fit: ask for ${joinWith(
        remedy.changes.map(({ pack, range }) => `${pack}@${range}`),
        'and',
      )}`;
    case 'prerelease':
      return `${remedy.pack} ${remedy.version} would fit, a pre-release: allow pre-releases of ${remedy.pack}`;
    case 'yanked':
      return `${remedy.pack} ${remedy.version} would fit but was yanked: ask its publisher for a new version`;
    case 'override':
      return `override ${remedy.pack} to ${remedy.version}, whatever its dependents ask for, and test the result`;
    case 'remove':
      return `leave out ${remedy.pack}`;
    case 'rename':
      return `did you mean ${joinWith(remedy.names, 'or')} instead of ${remedy.pack}?`;
    default:
      return remedy satisfies never;
  }
}

/** Makes the failure NO_SOLUTION: the explanation as its message, the first remedy as its hint, the others as suggestions. */
export function noSolutionError(noSolution: NoSolution, remedies: readonly Remedy[]): PacksmithError {
  const explanation = explainNoSolution(noSolution);
  const [hint, ...suggestions] = remedies.map(describeRemedy);
  return new PacksmithError('NO_SOLUTION', `${explanation.summary}\n${formatExplanation(explanation)}`, {
    suggestions,
    ...(hint === undefined ? {} : { hint }),
  });
}
