import { countedCheck, countOf, findingsOf, type ScoreDimension } from './score-facts.ts';

export const dependencies: ScoreDimension = {
  name: 'dependencies',
  checks: (facts) => {
    const { packages, dependencies: packs } = facts.lint.pack.manifest;
    const ranges = [...packages, ...packs].map(({ version }) => version);
    const deprecated = findingsOf(facts, 'deprecated-package', 'deprecated-dependency').length;
    const of = ranges.length;
    return [
      ...countedCheck(
        'packages and packs with a range that ends',
        5,
        countOf(ranges, isBounded),
        'write ranges such as ^1.2.0, which end before the next breaking version',
      ),
      ...countedCheck(
        'packages and packs that are not known to be deprecated',
        5,
        { done: of - Math.min(of, deprecated), of },
        'replace what `packs lint` calls deprecated',
      ),
    ];
  },
};

/** Whether a range of npm, PyPI or Cargo stops somewhere. */
function isBounded(range: string): boolean {
  return range.split('||').every((part) => /[\^~<]|~=|==|^\s*=?\s*v?\d+(?:\.[\dx*]+)*\s*$|\s-\s/.test(part));
}
