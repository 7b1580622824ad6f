// Counts of a coverage map for people and for the readiness report.
import type { CoverageMap, FileCoverage } from './coverage-map.ts';

export interface Counts {
  readonly covered: number;
  readonly total: number;
}

/** One way of a branch that nothing took. */
export interface UntakenWay {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  /** Counted from 1. */
  readonly way: number;
}

/** Each way of each branch counts. */
export function countBranches(files: CoverageMap, layer: string): Counts {
  return sum(ofLayer(Object.entries(files), layer).map(({ b }) => count(Object.values(b).flat())));
}

/** Lines in which a statement begins. */
export function countLines(files: CoverageMap, layer: string): Counts {
  return sum(ofLayer(Object.entries(files), layer).map((file) => count([...countsByLine(file).values()])));
}

/** What is known of files by their paths, of those of a layer. */
export function ofLayer<T>(files: Iterable<readonly [path: string, value: T]>, layer: string): T[] {
  return [...files].filter(([path]) => path.replaceAll('\\', '/').includes(`/src/${layer}/`)).map(([, value]) => value);
}

/** In the order of the files and their lines. */
export function listUntaken(files: CoverageMap): UntakenWay[] {
  const untaken = Object.entries(files).flatMap(([file, { branchMap, b }]) =>
    Object.entries(b).flatMap(([id, counts]) =>
      counts.flatMap((taken, index): UntakenWay[] => {
        const { type = '', loc, locations } = branchMap[id] ?? {};
        const line = locations?.[index]?.start.line ?? loc?.start.line ?? 0;
        return taken > 0 ? [] : [{ file, line, kind: type, way: index + 1 }];
      }),
    ),
  );
  return untaken.sort((one, other) => (one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1));
}

function countsByLine({ statementMap, s }: FileCoverage): Map<number, number> {
  const lines = new Map<number, number>();
  for (const [id, taken] of Object.entries(s)) {
    const line = statementMap[id]?.start.line ?? 0;
    lines.set(line, Math.max(lines.get(line) ?? 0, taken));
  }
  return lines;
}

function count(taken: readonly number[]): Counts {
  return { covered: taken.filter((times) => times > 0).length, total: taken.length };
}

function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((total, one) => ({ covered: total.covered + one.covered, total: total.total + one.total }), {
    covered: 0,
    total: 0,
  });
}
