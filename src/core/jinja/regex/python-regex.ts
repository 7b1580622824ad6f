import { compileNode, type MatchState, type RegexMeter } from './match-regex.ts';
import { parseRegex, type RegexFlags } from './parse-regex.ts';

/** One match: where it starts and ends, in characters, and its groups, the whole match first. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

/** A regular expression of Python's `re` for text. */
export interface PythonRegex {
  readonly groupNumbers: ReadonlyMap<string, number>;
  /** All matches of a text that is given as its characters, from left to right; at most `limit`. The meter ends a search by throwing. */
  findAll(text: readonly string[], meter: RegexMeter, limit?: number): RegexMatch[];
}

/** What a match takes besides its texts. */
const MATCH_BYTES = 64;

/**
 * Compiles a regular expression of Python's `re` with everything but `\N{…}` and choices that depend on a group. Matching goes back where
 * it has to, as Python does, so its time is bounded only by what the meter allows.
 * @throws RegexError
 */
export function compilePythonRegex(source: string, flags: RegexFlags): PythonRegex {
  const { node, groupCount, groupNumbers } = parseRegex(source, flags);
  const matcher = compileNode(node, (at, { start, mustAdvance }) => (mustAdvance && at === start ? -1 : at));
  const matchAt = (start: number, text: readonly string[], mustAdvance: boolean, meter: RegexMeter): RegexMatch | undefined => {
    const state: MatchState = { text, start, mustAdvance, groups: [], meter, depth: 0 };
    const end = matcher(start, state);
    if (end === -1) return undefined;
    meter.spendSteps(groupCount);
    const spans = Array.from({ length: groupCount }, (_, index) => state.groups[index + 1]);
    meter.allocate(spans.reduce((sum, span) => sum + 8 + (span === undefined ? 0 : span[1] - span[0]), end - start + MATCH_BYTES));
    const textOf = (span: readonly [number, number] | undefined): string | null =>
      span === undefined ? null : text.slice(...span).join('');
    return { start, end, groups: [textOf([start, end]), ...spans.map(textOf)] };
  };
  return {
    groupNumbers,
    findAll(text, meter, limit = Number.POSITIVE_INFINITY) {
      const found: RegexMatch[] = [];
      let at = 0;
      let emptyAt = -1;
      while (at <= text.length && found.length < limit) {
        const match = matchAt(at, text, emptyAt === at, meter);
        if (match === undefined) {
          at++;
          continue;
        }
        found.push(match);
        at = match.end;
        emptyAt = match.start === match.end ? match.end : -1;
      }
      return found;
    },
  };
}
