import { countedCheck, findingsOf, type ScoreDimension } from './score-facts.ts';

export const queries: ScoreDimension = {
  name: 'queries',
  checks: (facts) => {
    const { manifest } = facts.lint.pack;
    const of = manifest.queries.length + manifest.data.length;
    const wrong = Math.min(of, findingsOf(facts, 'unused-query').length);
    const compiled = facts.trial?.queries;
    return [
      ...countedCheck(
        'queries and data sources that templates use, and that are declared',
        4,
        { done: of - wrong, of },
        'mend what `packs lint` says of queries',
      ),
      ...(compiled === undefined
        ? []
        : countedCheck('queries that compile', 6, compiled, 'mend the queries that `packs validate --deep` names')),
    ];
  },
};
