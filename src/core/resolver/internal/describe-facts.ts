import type { DemandReason, DependencyReason, DerivationNode, FactNode, NoSolution, Reason } from '../derivation.ts';
import { bitsOf, difference, emptySet, hasBit, highestBit, isEmpty, isSubset, union, type VersionSet } from '../version-set.ts';
import { rangeSet, type VersionUniverse, versionOfBit } from '../version-universe.ts';
import { describeEach, describeNeeded, describeSome, joinWith } from './describe-versions.ts';

type Universes = NoSolution['universes'];

const MOST_RANGES = 5;

/** What a node states, as the second half of a sentence: "no version of core can be used". */
export function describeStatement({ terms }: DerivationNode, universes: Universes): string {
  const present: { universe: VersionUniverse; set: VersionSet }[] = [];
  const needed: string[] = [];
  for (const { pack, set } of terms) {
    const universe = universes.get(pack);
    if (universe === undefined) continue;
    if (hasBit(set, 0)) needed.push(describeNeeded(universe, difference(universe.full, set)));
    else present.push({ universe, set });
  }
  const [first, ...others] = present;
  if (first === undefined) return needed.length === 0 ? 'there is no solution' : `${joinWith(needed, 'or')} is needed`;
  const subject = describeEach(first.universe, first.set);
  const names = joinWith(
    present.map(({ universe, set }) => describeSome(universe, set)),
    'and',
  );
  if (needed.length > 0) return `${others.length === 0 ? `${subject} requires` : `${names} together require`} ${joinWith(needed, 'or')}`;
  if (others.length > 0) return `${names} cannot be used together`;
  return subject.startsWith('every ') ? `${subject.replace('every', 'no')} can be used` : `${subject} cannot be used`;
}

/** What was asked or found, as half a sentence: "auth 1.4.0 depends on core ^2". */
export function describeFact({ reason, terms }: FactNode, universes: Universes): string {
  const universe = universes.get(reason.pack);
  if (universe === undefined) return '';
  switch (reason.kind) {
    case 'demand':
      if (reason.optional) return `${describeAsker(reason.requestedBy)} allows ${reason.pack} only as ${reason.override ?? reason.range}`;
      return `${describeAsker(reason.requestedBy)} requires ${describeAsked(reason, universe)}`;
    case 'pin':
      return `${reason.pack} is pinned to ${reason.range}`;
    case 'dependency':
      return `${describeDependents([reason], universes)} ${describeDependency(reason, universe)}`;
    case 'yanked':
      return describeYanked(universe, terms[0]?.set ?? universe.yanked);
    case 'unusable':
      return `${reason.pack} ${reason.version} ${reason.reason}`;
    default:
      return reason satisfies never;
  }
}

/** Several demands of one asker: "your project requires auth ^1 and web-api ^2". */
export function describeDemands(reasons: readonly DemandReason[], universes: Universes): string {
  const asked = reasons.flatMap((reason) => {
    const universe = universes.get(reason.pack);
    return universe === undefined ? [] : [describeAsked(reason, universe)];
  });
  return `${describeAsker(reasons[0]?.requestedBy ?? 'project')} requires ${joinWith(asked, 'and')}`;
}

/** What different versions of one pack ask of another: "every version of web depends on core ^1 or ^2". */
export function describeDependencies(reasons: readonly DependencyReason[], universes: Universes): string {
  const [first] = reasons;
  const universe = first && universes.get(first.pack);
  if (first === undefined || universe === undefined) return '';
  const isPlain = reasons.every((reason) => !reason.optional && reason.override === undefined && !isEmpty(setOf(reason, universe)));
  const sorted = reasons.toSorted((a, b) => highestBit(a.versions) - highestBit(b.versions));
  if (!isPlain) {
    const texts = sorted.map((reason) => `${describeDependents([reason], universes)} ${describeDependency(reason, universe)}`);
    return joinWith([...new Set(texts)], 'and');
  }
  const ranges = [...new Set(sorted.map((reason) => reason.range))];
  const shown =
    ranges.length <= MOST_RANGES ? ranges : [...ranges.slice(0, MOST_RANGES - 1), `${ranges.length - MOST_RANGES + 1} other ranges`];
  return `${describeDependents(reasons, universes)} depends on ${first.pack} ${joinWith(shown, 'or')}`;
}

function describeAsker(requestedBy: string): string {
  return requestedBy === 'project' ? 'your project' : requestedBy;
}

function describeDependents(reasons: readonly DependencyReason[], universes: Universes): string {
  const universe = universes.get(reasons[0]?.dependent ?? '');
  if (universe === undefined) return '';
  const all = reasons.reduce((set, { versions }) => union(set, versions), emptySet(universe.versions.length + 1));
  return describeEach(universe, all);
}

function describeDependency(reason: DependencyReason, universe: VersionUniverse): string {
  if (reason.optional) return `works only with ${reason.pack} ${reason.override ?? reason.range}`;
  return `depends on ${describeAsked(reason, universe)}`;
}

function describeAsked(reason: Extract<Reason, { range: string; override: string | undefined }>, universe: VersionUniverse): string {
  const { pack, override } = reason;
  const range = reason.range === '*' || reason.range === '' ? pack : `${pack} ${reason.range}`;
  const asked = override === undefined ? range : `${pack}, overridden to ${override}`;
  const trouble = describeMismatch(universe, setOf(reason, universe));
  return trouble === undefined ? asked : `${asked} (${trouble})`;
}

/** Why a range comes to nothing, or `undefined` when some version is in it. */
export function describeMismatch(universe: VersionUniverse, set: VersionSet): string | undefined {
  if (universe.versions.length === 0) return 'no pack of that name exists';
  if (!isEmpty(set)) return undefined;
  if (isSubset(universe.present, universe.prerelease)) return `only pre-releases exist, the newest is ${universe.versions.at(-1)}`;
  return `no version matches, the newest is ${versionOfBit(universe, highestBit(difference(universe.present, universe.prerelease)))}`;
}

function setOf(reason: { readonly range: string; readonly override: string | undefined }, universe: VersionUniverse): VersionSet {
  return rangeSet(universe, reason.override ?? reason.range) ?? universe.absent;
}

function describeYanked(universe: VersionUniverse, set: VersionSet): string {
  const versions = bitsOf(difference(set, universe.absent)).map((bit) => versionOfBit(universe, bit));
  if (versions.length === 1) return `${universe.pack} ${versions[0]} was yanked`;
  if (versions.length === universe.versions.length) return `every version of ${universe.pack} was yanked`;
  if (versions.length > MOST_RANGES) return `${versions.length} versions of ${universe.pack} were yanked`;
  return `${universe.pack} ${joinWith(versions, 'and')} were yanked`;
}
