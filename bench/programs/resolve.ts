/** Resolves synthetic universes, with every fact at hand, and prints the milliseconds of each round as JSON. */
import type { DependencyRange, FactProvider } from '../../src/core/resolver/facts.ts';
import { solveWithFacts } from '../../src/core/resolver/solve-with-facts.ts';

interface Universe {
  readonly packs: number;
  readonly versionsOfEach: number;
}

const [packs = 0, versionsOfEach = 0, rounds = 0] = process.argv.slice(2).map(Number);
const facts = makeFacts({ packs, versionsOfEach });
const request = { demands: [{ pack: 'pack-0', range: '^1.0.0', requestedBy: 'project' }] };
const milliseconds: number[] = [];
let selected = 0;
for (let round = 0; round < rounds; round++) {
  const start = process.hrtime.bigint();
  const outcome = solveWithFacts(request, facts);
  milliseconds.push(Number(process.hrtime.bigint() - start) / 1e6);
  if (!('packs' in outcome)) throw new Error('there is no solution');
  selected = outcome.packs.length;
}
process.stdout.write(JSON.stringify({ selected, milliseconds }));

/**
 * Each pack depends on three later ones. Its newest versions ask for a major version of the next pack that does not exist, so that the search
 * has to learn and go back; the older ones fit together.
 */
function makeFacts({ packs, versionsOfEach }: Universe): FactProvider {
  const versions = Array.from({ length: versionsOfEach }, (_, index) => `1.${Math.floor(index / 10)}.${index % 10}`);
  const available = versions.map((version) => ({ version }));
  const tooNew = new Set(versions.slice(Math.ceil(versionsOfEach * 0.8)));
  return {
    versions: (pack) => (numberOf(pack) < packs ? available : undefined),
    dependencies: (pack, version) => dependenciesOf(numberOf(pack), tooNew.has(version) ? '^2.0.0' : '^1.0.0'),
  };

  function dependenciesOf(number: number, nextRange: string): DependencyRange[] {
    return [1, 7, 31].flatMap((distance) => {
      if (number + distance >= packs) return [];
      return [{ pack: `pack-${number + distance}`, range: distance === 1 ? nextRange : '>=1.0.1' }];
    });
  }
}

function numberOf(pack: string): number {
  return Number(pack.slice('pack-'.length));
}
