import { compareText } from '../text/compare-text.ts';
import type { DemandReason, DerivationNode, NoSolution, Reason } from './derivation.ts';
import { type Conclusion, collapseDerivation, type Premise } from './internal/collapse-derivation.ts';
import { describeDemands, describeDependencies, describeFact, describeStatement } from './internal/describe-facts.ts';
import { joinWith } from './internal/describe-versions.ts';
import { isEmpty, isSubset } from './version-set.ts';
import { rangeSet } from './version-universe.ts';

/** A proof in words. */
export interface Explanation {
  /** What is wrong, as one clause without a full stop: "web-api and auth cannot be used together". */
  readonly summary: string;
  /** The reasoning, in order. */
  readonly lines: readonly ExplanationLine[];
  /** Every pack the proof needs; sorted. */
  readonly packs: readonly string[];
}

export interface ExplanationLine {
  /** A whole sentence. */
  readonly text: string;
  /** Set on the lines that later ones refer to, as `(1)`. */
  readonly number?: number;
}

/** A proof with more conclusions than this is told by its premises instead. */
const MOST_CONCLUSIONS = 60;

/** Puts the proof that there is no solution into sentences: who asks for what, and what follows, until nothing is left. */
export function explainNoSolution(noSolution: NoSolution): Explanation {
  const nodes = nodesOf(noSolution.derivation);
  const packs = new Set([...nodes].flatMap(({ terms }) => terms.map(({ pack }) => pack)));
  for (const node of nodes) if (node.kind === 'fact') packs.add(node.reason.pack);
  const root = collapseDerivation(noSolution.derivation);
  const usage = countUses(root);
  const lines = usage.size > MOST_CONCLUSIONS ? describePremises(noSolution, usage.size) : new Narration(noSolution, usage).tell(root);
  return { summary: summarize(noSolution), lines, packs: [...packs].sort(compareText) };
}

/** Writes an explanation as text: one line a sentence, with the numbers that other lines refer to at the end. */
export function formatExplanation({ lines }: Explanation): string {
  return lines.map(({ text, number }) => (number === undefined ? text : `${text} (${number})`)).join('\n');
}

/** The demands, from outside the graph, that the proof needs; sorted by pack. Without one of them there may be a solution. */
export function demandsOfProof({ derivation }: NoSolution): readonly DemandReason[] {
  const found = new Map<string, DemandReason>();
  for (const node of nodesOf(derivation)) {
    if (node.kind === 'fact' && node.reason.kind === 'demand') found.set(JSON.stringify(node.reason), node.reason);
  }
  return [...found.values()].sort((a, b) => compareText(a.pack, b.pack) || compareText(a.range, b.range));
}

/** Every node of a derivation once, the root first. */
export function nodesOf(root: DerivationNode): ReadonlySet<DerivationNode> {
  const found = new Set([root]);
  for (const node of found) if (node.kind === 'derived') found.add(node.left).add(node.right);
  return found;
}

function summarize(noSolution: NoSolution): string {
  const demands = demandsOfProof(noSolution);
  const names = [...new Set(demands.map(({ pack }) => pack))];
  const [only] = demands;
  if (names.length > 1) return `${joinWith(names, 'and')} cannot be used together`;
  if (only === undefined) return 'there is no solution';
  const universe = noSolution.universes.get(only.pack);
  const range = only.override ?? only.range;
  if (universe?.versions.length === 0) return `there is no pack named ${only.pack}`;
  if (universe !== undefined && isEmpty(rangeSet(universe, range) ?? universe.absent)) {
    return isSubset(universe.present, universe.prerelease)
      ? `${only.pack} has only pre-releases`
      : `no version of ${only.pack} matches ${range}`;
  }
  return demands.length > 1 ? `no version of ${only.pack} meets all demands` : `${only.pack} cannot be used`;
}

function countUses(root: Premise): ReadonlyMap<Conclusion, number> {
  const uses = new Map<Conclusion, number>();
  const pending = [root];
  for (let premise = pending.pop(); premise !== undefined; premise = pending.pop()) {
    if (premise.kind !== 'conclusion') continue;
    const before = uses.get(premise) ?? 0;
    uses.set(premise, before + 1);
    if (before === 0) pending.push(premise.left, premise.right);
  }
  return uses;
}

function describePremises(noSolution: NoSolution, size: number): ExplanationLine[] {
  const demands = demandsOfProof(noSolution).map((reason) => describeFact({ kind: 'fact', terms: [], reason }, noSolution.universes));
  return [
    { text: `Every combination of versions was ruled out; the full proof has ${size} steps.` },
    { text: `It starts from these demands: ${joinWith(demands, 'and')}.` },
  ];
}

/** Tells a proof from its facts upwards. A line relies on the one before it, or on others by number. */
class Narration {
  readonly #lines: { text: string; number?: number }[] = [];
  readonly #numbers = new Map<Conclusion, number>();
  readonly #noSolution: NoSolution;
  readonly #uses: ReadonlyMap<Conclusion, number>;

  constructor(noSolution: NoSolution, uses: ReadonlyMap<Conclusion, number>) {
    this.#noSolution = noSolution;
    this.#uses = uses;
  }

  tell(root: Premise): ExplanationLine[] {
    if (root.kind === 'conclusion') this.#tellConclusion(root);
    else this.#lines.push({ text: `${capitalize(this.#describe(root))}.` });
    return this.#lines;
  }

  #tellConclusion(conclusion: Conclusion): void {
    const { facts, rests } = this.#gather(conclusion);
    const told = rests.filter((rest) => this.#numbers.has(rest));
    const untold = rests.filter((rest) => !this.#numbers.has(rest));
    const [first, second] = simplestLast(untold);
    if (first !== undefined) this.#tellConclusion(first);
    if (first !== undefined && second !== undefined) {
      this.#number(first);
      this.#tellConclusion(second);
    }
    const referred = second === undefined ? told : [...told, ...(first === undefined ? [] : [first])];
    const premises = [...referred.map((rest) => this.#describe(rest)), ...this.#describeFacts(facts)];
    const outcome = this.#describeOutcome(conclusion, facts, rests.length);
    if (premises.length === 0) this.#lines.push({ text: `So ${outcome}.` });
    else this.#lines.push({ text: `${untold.length > 0 ? 'And because' : 'Because'} ${joinWith(premises, 'and')}, ${outcome}.` });
    if ((this.#uses.get(conclusion) ?? 0) > 1) this.#number(conclusion);
  }

  /** What one sentence concludes from: facts, and one or two earlier conclusions. Takes in the step below where that adds one fact, or demands. */
  #gather(conclusion: Conclusion): { facts: Exclude<Premise, Conclusion>[]; rests: Conclusion[] } {
    const facts: Exclude<Premise, Conclusion>[] = [];
    let current = conclusion;
    for (;;) {
      const sides = [current.left, current.right];
      const rests = sides.filter((side): side is Conclusion => side.kind === 'conclusion');
      const own = sides.filter((side) => side.kind !== 'conclusion');
      const [rest] = rests;
      const fits = facts.length + own.length <= 2 || [...facts, ...own].every(isDemand);
      if (current !== conclusion && (rests.length !== 1 || !fits)) return { facts: ordered(facts), rests: [current] };
      facts.push(...own);
      if (rests.length !== 1 || rest === undefined || this.#isReferredTo(rest)) return { facts: ordered(facts), rests };
      current = rest;
    }
  }

  #isReferredTo(conclusion: Conclusion): boolean {
    return (this.#uses.get(conclusion) ?? 0) > 1;
  }

  /** The conclusion; with the reason spelt out where two sides ask irreconcilable things of one pack. */
  #describeOutcome({ node }: Conclusion, facts: readonly Premise[], restCount: number): string {
    const statement = describeStatement(node, this.#noSolution.universes);
    const asking = facts.filter((fact) => targetOf(fact) === node.pivot);
    const isClash = restCount === 0 && facts.length === 2 && asking.length === 2 && node.terms.every(({ pack }) => pack !== node.pivot);
    if (!isClash) return statement;
    return node.terms.length === 1
      ? statement
      : `no version of ${node.pivot} satisfies both${node.terms.length > 1 ? `, so ${statement}` : ''}`;
  }

  /** Demands of one asker share a clause. */
  #describeFacts(facts: readonly Premise[]): string[] {
    const byAsker = new Map<string, DemandReason[]>();
    const others: Premise[] = [];
    for (const fact of facts) {
      const reason = reasonOf(fact);
      if (reason?.kind !== 'demand' || reason.optional) others.push(fact);
      else byAsker.set(reason.requestedBy, [...(byAsker.get(reason.requestedBy) ?? []), reason]);
    }
    const inOrder = [...byAsker].sort(([a], [b]) => Number(b === 'project') - Number(a === 'project') || compareText(a, b));
    const demands = inOrder.map(([, reasons]) => {
      const sorted = reasons.toSorted((a, b) => compareText(a.pack, b.pack) || compareText(a.range, b.range));
      return describeDemands(sorted, this.#noSolution.universes);
    });
    return [...demands, ...others.map((fact) => this.#describe(fact))];
  }

  #describe(premise: Premise): string {
    const { universes } = this.#noSolution;
    if (premise.kind === 'group') return describeDependencies(premise.reasons, universes);
    if (premise.kind === 'fact') return describeFact(premise.node, universes);
    return `${describeStatement(premise.node, universes)} (${this.#numbers.get(premise)})`;
  }

  /** Gives the line just told a number, once. */
  #number(conclusion: Conclusion): void {
    const line = this.#lines.at(-1);
    if (line === undefined || this.#numbers.has(conclusion)) return;
    line.number = this.#numbers.size + 1;
    this.#numbers.set(conclusion, line.number);
  }
}

/** Of two conclusions the one with more below it is told first, so that the short one directly precedes what follows from both. */
function simplestLast(conclusions: readonly Conclusion[]): readonly Conclusion[] {
  const [first, second] = conclusions;
  if (first === undefined || second === undefined) return conclusions;
  const isSimple = (conclusion: Conclusion): boolean => conclusion.left.kind !== 'conclusion' && conclusion.right.kind !== 'conclusion';
  return isSimple(first) && !isSimple(second) ? [second, first] : conclusions;
}

/** The order in which a person would tell: demands, then who depends before what it depends on, then the rest. */
function ordered<T extends Premise>(facts: readonly T[]): T[] {
  const remaining = facts.toSorted((a, b) => rankOf(a) - rankOf(b) || compareText(subjectOf(a), subjectOf(b)));
  const result: T[] = [];
  while (remaining.length > 0) {
    const isLeading = (fact: T): boolean => remaining.every((other) => other === fact || targetOf(other) !== subjectOf(fact));
    const index = Math.max(0, remaining.findIndex(isLeading));
    result.push(...remaining.splice(index, 1));
  }
  return result;
}

function rankOf(premise: Premise): number {
  return ['demand', 'pin', 'dependency', 'yanked', 'unusable'].indexOf(reasonOf(premise)?.kind ?? 'dependency');
}

/** The pack a fact speaks of. */
function subjectOf(premise: Premise): string {
  const reason = reasonOf(premise);
  if (reason?.kind === 'demand' || reason?.kind === 'pin') return '';
  return (reason?.kind === 'dependency' ? reason.dependent : reason?.pack) ?? '';
}

/** The pack a fact asks for. */
function targetOf(premise: Premise): string | undefined {
  const reason = reasonOf(premise);
  return reason?.kind === 'dependency' || reason?.kind === 'demand' ? reason.pack : undefined;
}

function reasonOf(premise: Premise): Reason | undefined {
  if (premise.kind === 'group') return premise.reasons[0];
  return premise.kind === 'fact' ? premise.node.reason : undefined;
}

function isDemand(premise: Premise): boolean {
  return reasonOf(premise)?.kind === 'demand';
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
