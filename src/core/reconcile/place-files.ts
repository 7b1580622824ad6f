import type { DesiredFile, DesiredTree } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import { compareText } from '../text/compare-text.ts';
import { decodeText } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { RENAME_SIMILARITY, textSimilarity } from './similarity.ts';

/** Where one generated file was, is, and will be. Three equal paths are the usual case. */
export interface Placement {
  /** Where the packs want it now; absent when they no longer do. */
  readonly output: ProjectPath | undefined;
  /** The last generation; absent when the file is new. */
  readonly locked: LockedFile | undefined;
  /** Where the user has it, or would have it. */
  readonly current: ProjectPath;
  /** Where it goes: what the pack renamed goes to the new path, what the user moved stays there. */
  readonly target: ProjectPath;
  readonly how: 'in-place' | 'renamed' | 'moved';
  /** How a rename was found. */
  readonly by?: RenamedBy;
  /** What stands at `current` is another file, which goes to its own new path. */
  readonly isVacated?: true;
}

/** By a migration, by the template that both have in common, or by their lines. */
export type RenamedBy = 'declared' | 'template' | 'similar';

export interface PlacementRequest {
  readonly desired: DesiredTree;
  readonly generated: ReadonlyMap<ProjectPath, LockedFile>;
  /** The old output of a new one, where a pack declares the rename. */
  readonly declared: (output: ProjectPath) => string | undefined;
  /** Files that the user moved, by the path of the last generation. */
  readonly moved: ReadonlyMap<ProjectPath, ProjectPath>;
  /** Whether something of the user's stands at a path. */
  readonly isTaken: (path: ProjectPath) => boolean;
  /** The stored text of the last generation, where there is one. */
  readonly baseText: (locked: LockedFile) => string | undefined;
}

/**
 * Matches what the packs want with what was generated last: by a rename that a pack declares; by output path; by the same template with another
 * output; by similarity of 60 % and more. A rename onto something of the user's is none. Sorted by target.
 */
export function placeFiles(request: PlacementRequest): Placement[] {
  const generated = new Map([...request.generated.values()].map((locked) => [outputOf(locked), locked] as const));
  const declared = matchDeclared(request, generated);
  const taken = new Set([...declared.values()].map(({ locked }) => locked.path));
  const byOutput = new Map([...generated].filter(([output, { path }]) => !taken.has(path) && !declared.has(output)));
  const added = [...request.desired.keys()].filter((path) => !byOutput.has(path) && !declared.has(path));
  const removed = [...generated.values()].filter(
    ({ path, output = path }) => !taken.has(path) && !(request.desired.has(output) && byOutput.has(output)),
  );
  const renamed = new Map([...declared, ...matchRenames(request, added, removed)]);
  // A file of the user's that is like a missing one, at a path that the packs want for another, was not moved there.
  const moved = new Map([...request.moved].filter(([from, to]) => !request.desired.has(to) || renamed.get(to)?.locked.path === from));
  const sources = new Set([...renamed.values()].map(({ locked }) => locked.path));
  const vacated = new Set([...renamed].flatMap(([output, { locked }]) => (locked.path === output ? [] : [locked.path])));
  const wanted = [...request.desired.keys()].map((output): Placement => {
    const placement = placeWanted({ output, locked: byOutput.get(output), renamed: renamed.get(output) }, { ...request, moved });
    const isVacated = placement.locked === undefined && vacated.has(placement.current) && !moved.has(placement.current);
    return isVacated ? { ...placement, isVacated } : placement;
  });
  const obsolete = removed
    .filter(({ path }) => !sources.has(path))
    .map((locked): Placement => {
      const current = moved.get(locked.path) ?? locked.path;
      return { output: undefined, locked, current, target: current, how: current === outputOf(locked) ? 'in-place' : 'moved' };
    });
  return [...wanted, ...obsolete].sort((a, b) => compareText(a.target, b.target));
}

const outputOf = ({ path, output = path }: LockedFile): ProjectPath => output;

/** A file of the last generation that a new output continues. */
interface Match {
  readonly locked: LockedFile;
  readonly by: RenamedBy;
}

interface Wanted {
  readonly output: ProjectPath;
  readonly locked: LockedFile | undefined;
  readonly renamed: Match | undefined;
}

function placeWanted({ output, locked, renamed }: Wanted, request: PlacementRequest): Placement {
  const last = locked ?? renamed?.locked;
  if (last === undefined) return { output, locked: undefined, current: output, target: output, how: 'in-place' };
  const movedTo = findPlace(last, request);
  // The user and the pack gave it the same new path.
  if (movedTo === output)
    return { output, locked: last, current: output, target: output, how: 'in-place', ...(renamed && { by: renamed.by }) };
  if (movedTo !== undefined) return { output, locked: last, current: movedTo, target: movedTo, how: 'moved' };
  if (renamed !== undefined && last.path !== output)
    return { output, locked: last, current: last.path, target: output, how: 'renamed', by: renamed.by };
  return { output, locked: last, current: output, target: output, how: 'in-place' };
}

/** Where the user has a file that is not where the packs have it; `undefined` also where it was moved back, or a pack wants that place now. */
function findPlace({ path, output }: LockedFile, { moved, desired, isTaken }: PlacementRequest): ProjectPath | undefined {
  if (output === undefined) return moved.get(path);
  if (!isTaken(path) && isTaken(output)) return undefined;
  return moved.get(path) ?? (desired.has(path) ? undefined : path);
}

/** Renames that migrations declare. Their new path may be the old one of another file that is renamed as well. */
function matchDeclared(request: PlacementRequest, generated: ReadonlyMap<ProjectPath, LockedFile>): Map<ProjectPath, Match> {
  const wishes = [...request.desired.keys()].flatMap((output) => {
    const old = request.declared(output);
    const locked = old === undefined || old === output ? undefined : generated.get(old as ProjectPath);
    return locked === undefined ? [] : [{ output, locked }];
  });
  const leaving = new Set(wishes.map(({ locked }) => locked.path));
  const matches = new Map<ProjectPath, Match>();
  for (const { output, locked } of wishes) {
    const isMovedThere = request.moved.get(locked.path) === output;
    const isFree = leaving.has(output) || isMovedThere || (!request.isTaken(output) && !generated.has(output));
    const isUsed = [...matches.values()].some((match) => match.locked === locked);
    if (isFree && !isUsed) matches.set(output, { locked, by: 'declared' });
  }
  return matches;
}

/** New outputs with the last generation they continue. Each is matched once; what is surer is matched first. */
function matchRenames(request: PlacementRequest, added: readonly ProjectPath[], removed: readonly LockedFile[]): Map<ProjectPath, Match> {
  const matches = new Map<ProjectPath, Match>();
  if (removed.length === 0) return matches;
  const free = new Map(removed.map((locked) => [locked.path, locked] as const));
  const match = (output: ProjectPath, locked: LockedFile | undefined, by: RenamedBy): void => {
    if (locked === undefined || matches.has(output) || !free.has(locked.path)) return;
    if (request.isTaken(output) && request.moved.get(locked.path) !== output) return;
    free.delete(locked.path);
    matches.set(output, { locked, by });
  };
  // A file that the user moved to where the packs want another one now, and no longer want it: there can be only one.
  for (const output of added) {
    const there = free.get(output);
    if (there === undefined) continue;
    free.delete(output);
    matches.set(output, { locked: there, by: 'similar' });
  }
  const goals = new Set(request.moved.values());
  const candidates = added.filter((output) => !request.isTaken(output) || goals.has(output));
  for (const output of candidates)
    match(output, onlySameTemplate(request.desired.get(output), candidates, [...free.values()], request.desired), 'template');
  for (const { output, locked } of similarPairs(request, candidates, [...free.values()])) match(output, locked, 'similar');
  return matches;
}

/** The one removed file of the same template of the same pack, where that template also gives only one new file. */
function onlySameTemplate(
  file: DesiredFile | undefined,
  added: readonly ProjectPath[],
  removed: readonly LockedFile[],
  desired: DesiredTree,
): LockedFile | undefined {
  if (file === undefined) return undefined;
  const isSame = (other: { readonly template: string; readonly packs: readonly string[] }): boolean =>
    other.template === file.template && other.packs[0] === file.packs[0];
  const siblings = added.filter((path) => isSame(desired.get(path) ?? file));
  const sources = removed.filter(isSame);
  return siblings.length === 1 && sources.length === 1 ? sources[0] : undefined;
}

function similarPairs(request: PlacementRequest, added: readonly ProjectPath[], removed: readonly LockedFile[]) {
  const texts = removed.map((locked) => ({ locked, text: request.baseText(locked) }));
  const pairs = added.flatMap((output) => {
    const file = request.desired.get(output);
    const text = file && decodeText(file.content);
    if (text === undefined) return [];
    return texts.flatMap(({ locked, text: base }) => {
      const score = base === undefined || locked.packs[0] !== file?.packs[0] ? 0 : textSimilarity(base, text);
      return score >= RENAME_SIMILARITY ? [{ output, locked, score }] : [];
    });
  });
  return pairs.sort((a, b) => b.score - a.score || compareText(a.output, b.output) || compareText(a.locked.path, b.locked.path));
}
