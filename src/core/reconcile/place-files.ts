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
}

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
 * Matches what the packs want with what was generated last: by output path; by a rename that a pack declares; by the same template with another
 * output; by similarity of 60 % and more. A rename onto something of the user's is none. Sorted by target.
 */
export function placeFiles(request: PlacementRequest): Placement[] {
  const byOutput = new Map([...request.generated.values()].map((locked) => [locked.output ?? locked.path, locked] as const));
  const added = [...request.desired.keys()].filter((path) => !byOutput.has(path));
  const removed = [...byOutput.values()].filter((locked) => !request.desired.has(locked.output ?? locked.path));
  const renamed = matchRenames(request, added, removed);
  const sources = new Set([...renamed.values()].map(({ path }) => path));
  const wanted = [...request.desired.keys()].map((output) =>
    placeWanted({ output, locked: byOutput.get(output), renamedFrom: renamed.get(output) }, request),
  );
  const obsolete = removed
    .filter(({ path }) => !sources.has(path))
    .map((locked): Placement => {
      const current = request.moved.get(locked.path) ?? locked.path;
      return { output: undefined, locked, current, target: current, how: 'in-place' };
    });
  return [...wanted, ...obsolete].sort((a, b) => compareText(a.target, b.target));
}

interface Wanted {
  readonly output: ProjectPath;
  readonly locked: LockedFile | undefined;
  readonly renamedFrom: LockedFile | undefined;
}

function placeWanted({ output, locked, renamedFrom }: Wanted, request: PlacementRequest): Placement {
  const last = locked ?? renamedFrom;
  if (last === undefined) return { output, locked: undefined, current: output, target: output, how: 'in-place' };
  const movedTo = findPlace(last, request);
  if (movedTo !== undefined) return { output, locked: last, current: movedTo, target: movedTo, how: 'moved' };
  if (renamedFrom !== undefined && last.path !== output)
    return { output, locked: last, current: last.path, target: output, how: 'renamed' };
  return { output, locked: last, current: output, target: output, how: 'in-place' };
}

/** Where the user has a file that is not where the packs have it; `undefined` also where it was moved back, or a pack wants that place now. */
function findPlace({ path, output }: LockedFile, { moved, desired, isTaken }: PlacementRequest): ProjectPath | undefined {
  if (output === undefined) return moved.get(path);
  if (!isTaken(path) && isTaken(output)) return undefined;
  return moved.get(path) ?? (desired.has(path) ? undefined : path);
}

/** New outputs with the last generation they continue. Each is matched once; what is surer is matched first. */
function matchRenames(
  request: PlacementRequest,
  added: readonly ProjectPath[],
  removed: readonly LockedFile[],
): Map<ProjectPath, LockedFile> {
  const matches = new Map<ProjectPath, LockedFile>();
  if (removed.length === 0) return matches;
  const free = new Map(removed.map((locked) => [locked.path, locked] as const));
  const match = (output: ProjectPath, locked: LockedFile | undefined): void => {
    if (locked === undefined || matches.has(output) || !free.delete(locked.path)) return;
    matches.set(output, locked);
  };
  // A file that the user moved to where the packs want another one now, and no longer want it: there can be only one.
  for (const output of added) match(output, free.get(output));
  const candidates = added.filter((output) => !request.isTaken(output));
  for (const output of candidates) {
    const old = request.declared(output);
    match(output, old === undefined ? undefined : removed.find((locked) => (locked.output ?? locked.path) === old));
  }
  for (const output of candidates)
    match(output, onlySameTemplate(request.desired.get(output), candidates, [...free.values()], request.desired));
  for (const { output, locked } of similarPairs(request, candidates, [...free.values()])) match(output, locked);
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
