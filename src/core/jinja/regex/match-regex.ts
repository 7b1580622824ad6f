import { isWordCharacter } from './character-classes.ts';
import { type CharacterNode, fixedWidth, type RegexEdge, type RegexNode, type Repetition } from './regex-nodes.ts';

/** Matching needs more calls within calls than there may be. */
export class RegexDepthError extends Error {}

/** Counts what matching takes, and fails where that is too much. */
export interface RegexMeter {
  readonly spendSteps: (count: number) => unknown;
  readonly allocate: (bytes: number) => unknown;
}

/** A match in progress. */
export interface MatchState {
  readonly text: readonly string[];
  /** Where the match begins. */
  readonly start: number;
  /** Whether a match of nothing is none. */
  readonly mustAdvance: boolean;
  /** Start and end of each group, by its number; group 0 is not among them. */
  groups: (readonly [number, number] | undefined)[];
  readonly meter: RegexMeter;
  depth: number;
}

/** Goes on from a place; gives the place where the whole match ends, or -1. */
export type Continue = (at: number, state: MatchState) => number;

const FAILED = -1;

/** Beyond it, an expression needs more memory than there is for calls. */
const MAX_CALLS = 2000;

/** Makes a matcher of a node: it tries every way in Python's order, and goes on with what follows. */
export function compileNode(node: RegexNode, then: Continue): Continue {
  const run = compileKind(node, then);
  return (at, state) => {
    state.meter.spendSteps(1);
    if (++state.depth > MAX_CALLS) throw new RegexDepthError('it goes too deep');
    const end = run(at, state);
    state.depth--;
    return end;
  };
}

function compileKind(node: RegexNode, then: Continue): Continue {
  switch (node.kind) {
    case 'character':
      return compileRun([node], then);
    case 'sequence':
      return compileSequence(node.items, then);
    case 'choice':
      return compileChoice(node.options.map((option) => compileNode(option, then)));
    case 'repeat':
      return compileRepeat(node.item, node.times, then);
    case 'group':
      return compileGroup(node.number, node.item, then);
    case 'atomic':
      return compileAtomic(node.item, then);
    case 'reference':
      return (at, state) => {
        const end = endOfReference(node, at, state);
        return end === FAILED ? FAILED : then(end, state);
      };
    case 'look':
      return compileLook(node, then);
    case 'edge':
      return (at, state) => (isAtEdge(node.edge, at, state.text) ? then(at, state) : FAILED);
  }
}

function compileChoice(options: readonly Continue[]): Continue {
  return (at, state) => {
    for (const option of options) {
      const { groups } = state;
      const end = option(at, state);
      if (end !== FAILED) return end;
      state.groups = groups;
    }
    return FAILED;
  };
}

function compileGroup(number: number, item: RegexNode, then: Continue): Continue {
  const starts: number[] = [];
  const inside = compileNode(item, (at, state) => {
    const start = starts.pop() ?? at;
    const before = state.groups;
    state.groups = before.slice();
    state.groups[number] = [start, at];
    const end = then(at, state);
    if (end === FAILED) {
      state.groups = before;
      starts.push(start);
    }
    return end;
  });
  return (at, state) => {
    starts.push(at);
    const end = inside(at, state);
    if (end === FAILED) starts.pop();
    return end;
  };
}

function compileAtomic(item: RegexNode, then: Continue): Continue {
  const inside = compileNode(item, (at) => at);
  return (at, state) => {
    const before = state.groups;
    const middle = inside(at, state);
    const end = middle === FAILED ? FAILED : then(middle, state);
    if (end === FAILED) state.groups = before;
    return end;
  };
}

function compileRepeat(item: RegexNode, times: Repetition, then: Continue): Continue {
  if (times.order === 'possessive') return compileAtomic({ kind: 'repeat', item, times: { ...times, order: 'greedy' } }, then);
  const run = asRun(item);
  return run !== undefined ? repeatRun(run, times, then) : repeatNode(item, times, then);
}

/** The characters of a node that takes always as many, with no choice among ways; `undefined` for any other, and for none. */
function asRun(node: RegexNode): readonly CharacterNode[] | undefined {
  if (node.kind === 'character') return [node];
  if (node.kind !== 'sequence' || node.items.length === 0) return undefined;
  const characters = node.items.filter((item) => item.kind === 'character');
  return characters.length === node.items.length ? characters : undefined;
}

/** Where a run ends that begins at a place, or -1. */
function endOfRun(run: readonly CharacterNode[], at: number, { text, meter }: MatchState): number {
  let place = at;
  for (const { test, cost } of run) {
    meter.spendSteps(cost);
    if (place >= text.length || !test(text[place] ?? '')) return FAILED;
    place++;
  }
  return place;
}

function compileRun(run: readonly CharacterNode[], then: Continue): Continue {
  return (at, state) => {
    const end = endOfRun(run, at, state);
    return end === FAILED ? FAILED : then(end, state);
  };
}

/** Characters beside each other are one step of calls. */
function compileSequence(items: readonly RegexNode[], then: Continue): Continue {
  let next = then;
  let run: CharacterNode[] = [];
  for (const item of items.toReversed()) {
    if (item.kind === 'character') run.unshift(item);
    else {
      next = compileNode(item, run.length === 0 ? next : compileRun(run, next));
      run = [];
    }
  }
  return run.length === 0 ? next : compileRun(run, next);
}

/** Without a call for each time. */
function repeatRun(run: readonly CharacterNode[], { min, max, order }: Repetition, then: Continue): Continue {
  const width = run.length;
  const reach = (at: number, limit: number, state: MatchState): number => {
    let end = at;
    for (let count = 0; count < limit; count++) {
      const next = endOfRun(run, end, state);
      if (next === FAILED) break;
      end = next;
    }
    return end;
  };
  if (order === 'lazy') {
    return (at, state) => {
      let place = reach(at, min, state);
      if (place - at < min * width) return FAILED;
      for (;;) {
        const end = then(place, state);
        if (end !== FAILED || place - at >= max * width || reach(place, 1, state) === place) return end;
        place += width;
      }
    };
  }
  return (at, state) => {
    for (let place = reach(at, max, state); place - at >= min * width; place -= width) {
      const end = then(place, state);
      if (end !== FAILED) return end;
    }
    return FAILED;
  };
}

/** One try of a repeated item. */
interface Try {
  /** How many items are behind. */
  readonly count: number;
  readonly at: number;
  /** Where the item before began: one that took nothing is the last. */
  readonly before: number | undefined;
}

function repeatNode(item: RegexNode, { min, max, order }: Repetition, then: Continue): Continue {
  /** The innermost is the last. */
  const tries: Try[] = [];
  const inside = compileNode(item, (at, state) => {
    const { count, ...last } = tries.pop() ?? { count: 0, at, before: undefined };
    const end = behind({ count: count + 1, at, before: count < min ? last.before : last.at }, state);
    if (end === FAILED) tries.push({ count, ...last });
    return end;
  });
  const once = (next: Try, state: MatchState): number => {
    if (next.count >= max || (next.count >= min && next.at === next.before)) return FAILED;
    const before = state.groups;
    tries.push(next);
    const end = inside(next.at, state);
    if (end === FAILED) {
      tries.pop();
      state.groups = before;
    }
    return end;
  };
  const behind = (next: Try, state: MatchState): number => {
    if (next.count < min) return once(next, state);
    const end = order === 'greedy' ? once(next, state) : then(next.at, state);
    if (end !== FAILED) return end;
    return order === 'greedy' ? then(next.at, state) : once(next, state);
  };
  return (at, state) => behind({ count: 0, at, before: undefined }, state);
}

function compileLook({ item, isBehind, isNegative }: RegexNode & { kind: 'look' }, then: Continue): Continue {
  const inside = compileNode(item, (at) => at);
  const width = isBehind ? (fixedWidth(item) ?? 0) : 0;
  return (at, state) => {
    const before = state.groups;
    const isThere = at >= width && inside(at - width, state) !== FAILED;
    if (isNegative || !isThere) state.groups = before;
    const end = isThere === isNegative ? FAILED : then(at, state);
    if (end === FAILED) state.groups = before;
    return end;
  };
}

function endOfReference(
  { number, ignoreCase }: RegexNode & { kind: 'reference' },
  at: number,
  { groups, text, meter }: MatchState,
): number {
  const group = groups[number];
  if (group === undefined) return FAILED;
  const [start, end] = group;
  for (let index = start; index < end; index++) {
    meter.spendSteps(1);
    const [a, b] = [text[index], text[at + index - start]];
    if (b === undefined || (a !== b && !(ignoreCase && a?.toLowerCase() === b.toLowerCase()))) return FAILED;
  }
  return at + end - start;
}

function isAtEdge(edge: RegexEdge, at: number, text: readonly string[]): boolean {
  switch (edge) {
    case 'first':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'last':
      return at === text.length || (at === text.length - 1 && text[at] === '\n');
    case 'line-start':
      return at === 0 || text[at - 1] === '\n';
    case 'line-end':
      return at === text.length || text[at] === '\n';
    default: {
      const isWord = isWordCharacter(text[at - 1] ?? '') !== isWordCharacter(text[at] ?? '');
      return isWord === (edge === 'word');
    }
  }
}
