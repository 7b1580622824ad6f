// How often each part of the built program was executed, by all processes that recorded it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Neighbours that cover a file without a gap, each from its start to before its end. */
export interface ExecutedRange {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface OpenRange {
  readonly end: number;
  readonly count: number;
}

/** Adds up what `record-execution.cjs` wrote into a directory. @returns the ranges by the name of the file, such as `cli/program.cjs`. */
export function sumExecutions(directory: string): Map<string, ExecutedRange[]> {
  const sums = new Map<string, Map<number, number>>();
  for (const name of readdirSync(directory).filter((entry) => entry.endsWith('.json'))) {
    const executed = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Record<string, number[]>;
    for (const [file, ranges] of Object.entries(executed)) {
      const changes = sums.get(file) ?? new Map<number, number>();
      sums.set(file, changes);
      addChanges(changes, ranges);
    }
  }
  return new Map([...sums].map(([file, changes]) => [file, toRanges(changes)]));
}

/** Ranges are nested, and the innermost says how often its part was executed: each adds what it differs by from the one that it is in. */
function addChanges(changes: Map<number, number>, flat: readonly number[]): void {
  const open: OpenRange[] = [];
  for (const [start, end, count] of inOrder(flat)) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= start) open.pop();
    const difference = count - (open.at(-1)?.count ?? 0);
    open.push({ end, count });
    if (difference === 0) continue;
    changes.set(start, (changes.get(start) ?? 0) + difference);
    changes.set(end, (changes.get(end) ?? 0) - difference);
  }
}

/** What contains comes before what is contained. */
function inOrder(flat: readonly number[]): [start: number, end: number, count: number][] {
  const ranges: [number, number, number][] = [];
  for (let index = 0; index < flat.length; index += 3) ranges.push([flat[index] ?? 0, flat[index + 1] ?? 0, flat[index + 2] ?? 0]);
  return ranges.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
}

function toRanges(changes: ReadonlyMap<number, number>): ExecutedRange[] {
  const offsets = [...changes.keys()].sort((one, other) => one - other);
  let count = 0;
  return offsets.slice(0, -1).map((startOffset, index) => {
    count += changes.get(startOffset) ?? 0;
    return { startOffset, endOffset: offsets[index + 1] ?? startOffset, count };
  });
}
