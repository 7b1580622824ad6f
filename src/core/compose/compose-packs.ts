import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { ProjectMerge } from '../manifest/project-manifest.ts';
import type { MergeRule } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import { injectText, inOrderOfResult } from '../template/inject-text.ts';
import type { RenderedFile, RenderedInjection, RenderedPack } from '../template/rendered-pack.ts';
import { compareText } from '../text/compare-text.ts';
import { compileGlob } from '../text/glob.ts';
import { decodeText, encodeUtf8 } from '../text/utf8.ts';
import { foldPath, type ProjectPath } from '../tree/project-path.ts';
import type { DesiredFile, DesiredTree, PathConflict, PathDecision } from './desired-tree.ts';
import { chooseDriver, isMergeDriverName } from './merges/choose-driver.ts';
import type { MergeDriver } from './merges/merge-driver.ts';
import { PACKAGES_TEMPLATE } from './package-manifests.ts';
import { compileRules } from './path-rules.ts';
import { settlePath } from './settle-path.ts';

export interface ComposeRequest {
  /** In order of composition: the first writer's comments, order and style are kept. */
  readonly packs: readonly RenderedPack[];
  readonly rules: ProjectMerge;
  /** `[merge]` of the packs: the first that matches a path decides. */
  readonly packRules: readonly MergeRule[];
  /** At least those that `neededDrivers` names. */
  readonly drivers: ReadonlyMap<string, MergeDriver>;
}

export interface Composition {
  readonly tree: DesiredTree;
  /** Every path that more than one pack writes, by path. */
  readonly decisions: readonly PathDecision[];
  readonly conflicts: readonly PathConflict[];
  /** Injections into files that no pack of the composition writes. */
  readonly loose: readonly RenderedInjection[];
}

/**
 * Puts what several packs want into one tree. A path in conflict is left out of the tree and listed.
 * @throws PacksmithError `INJECTION_FAILED` where a marker is missing.
 */
export function composePacks(request: ComposeRequest): Composition {
  const rulingOf = compileRules(request.rules);
  const driverFor = compileDriverRules(request.packRules);
  const tree = new Map<ProjectPath, DesiredFile>();
  const decisions: PathDecision[] = [];
  const conflicts: PathConflict[] = [];
  for (const files of filesByPath(request.packs)) {
    const path = files[0]?.path as ProjectPath;
    const { driver, prefer } = files.length > 1 ? driverFor(files) : NO_CHOICE;
    const ruling = rulingOf(path);
    const settled = settlePath({
      files,
      ruling: prefer !== undefined && ruling.action === 'merge' ? { ...ruling, prefer: ruling.prefer ?? prefer } : ruling,
      driver,
      drivers: request.drivers,
    });
    if (settled.kind === 'conflict') conflicts.push(settled.conflict);
    else tree.set(path, withDriver(settled.file, driverFor(files).driver, path));
    if (settled.kind === 'settled' && settled.decision !== undefined) decisions.push(settled.decision);
  }
  conflicts.push(...takeOutBelowFiles(tree));
  const unsettled = new Set(conflicts.map(({ path }) => path));
  const before = new Map(tree);
  const loose = inOrderOfResult(request.packs.flatMap((pack) => pack.injections)).filter(
    (injection) => !unsettled.has(injection.into) && !injectInto(tree, injection),
  );
  const settled = [...decisions, ...injectedDecisions(tree, { before, decided: new Set(decisions.map(({ path }) => path)) })];
  for (const decision of settled) {
    const file = tree.get(decision.path);
    if (file !== undefined) tree.set(decision.path, { ...file, decision });
  }
  return {
    tree: new Map([...tree].sort(([a], [b]) => compareText(a, b))),
    decisions: settled.sort((a, b) => compareText(a.path, b.path)),
    conflicts,
    loose,
  };
}

/** Takes what would stand below a file of another pack out of the tree, as conflicts. */
function takeOutBelowFiles(tree: Map<ProjectPath, DesiredFile>): PathConflict[] {
  const conflicts: PathConflict[] = [];
  for (const [path, { packs }] of [...tree]) {
    for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      const above = tree.get(path.slice(0, end) as ProjectPath);
      const [ours] = above?.packs ?? [];
      const [theirs] = packs;
      if (ours === undefined || theirs === undefined) continue;
      const reason = `${path.slice(0, end)} is a file, so that nothing can be below it`;
      conflicts.push({ path, ours, theirs, places: [{ at: '', reason }], isAsked: false });
      tree.delete(path);
      break;
    }
  }
  return conflicts;
}

/** The names of the drivers that a composition will use: none for a single pack. */
export function neededDrivers({ packs, packRules }: Pick<ComposeRequest, 'packs' | 'packRules'>): ReadonlySet<string> {
  const driverFor = compileDriverRules(packRules);
  const shared = filesByPath(packs).filter((files) => files.length > 1);
  const hasPackages = shared.some((files) => files.some(({ template }) => template === PACKAGES_TEMPLATE));
  return new Set([...shared.flatMap((files) => [driverFor(files).driver, 'text']), ...(hasPackages ? ['packages'] : [])]);
}

/** One diagnostic for each place of each conflict, with both packs named, and the rule that the file could have. */
export function describeConflicts(conflicts: readonly PathConflict[], file: string): Diagnostic[] {
  return conflicts.flatMap(({ path, ours, theirs, places }) =>
    places.map((place): Diagnostic => {
      const at = place.at === '' ? path : `${path} at ${place.at}`;
      const values = place.ours !== undefined && place.theirs !== undefined ? ` (${place.ours} and ${place.theirs})` : '';
      const suggestion = `rule for it in ${file}: [merge] rules = [{ path = ${JSON.stringify(path)}, action = "overwrite", prefer = ${JSON.stringify(ours)} }]`;
      return {
        code: 'COMPOSE_PATH_CONFLICT',
        severity: 'error',
        message: `${ours} and ${theirs} disagree on ${at}: ${place.reason}${values}`,
        where: { file: path },
        suggestion,
      };
    }),
  );
}

/** Files that are one where case is ignored count as one path, under the name of the first writer; sorted by path. */
function filesByPath(packs: readonly RenderedPack[]): RenderedFile[][] {
  const groups = new Map<string, RenderedFile[]>();
  for (const file of packs.flatMap((pack) => pack.files)) {
    const folded = foldPath(file.path);
    const group = groups.get(folded);
    if (group === undefined) groups.set(folded, [file]);
    else group.push({ ...file, path: group[0]?.path ?? file.path });
  }
  return [...groups.values()].sort(([a], [b]) => compareText(a?.path ?? '', b?.path ?? ''));
}

/** The template's own choice first, then a pack's `[merge]`, then what the path's form asks for. */
function compileDriverRules(packRules: readonly MergeRule[]): (files: readonly RenderedFile[]) => DriverChoice {
  const rules = packRules.map(({ path, driver }) => ({ glob: compileGlob(path), driver }));
  return (files) => {
    const chosen = files.find(({ merge }) => merge !== undefined)?.merge;
    const path = files[0]?.path ?? '';
    return parseDriver(chosen ?? rules.find(({ glob }) => glob.matches(path))?.driver ?? 'merge', path);
  };
}

/** What a path's files are merged by, and the pack that a rule of a pack prefers. */
interface DriverChoice {
  readonly driver: string;
  readonly prefer: PackName | undefined;
}

const NO_CHOICE: DriverChoice = { driver: '', prefer: undefined };

/** `merge` is by the path's form; `prefer ID` takes the whole file of a pack, `merge prefer ID` where the merge is not clean. */
function parseDriver(text: string, path: string): DriverChoice {
  const [, action, prefer] = /^(?:(merge) )?prefer (\S+)$/.exec(text) ?? [];
  if (prefer !== undefined) return { driver: action === undefined ? 'overwrite' : chooseDriver(path), prefer: prefer as PackName };
  return { driver: text === 'merge' ? chooseDriver(path) : text, prefer: undefined };
}

/** The merge that a pack asks for, also where the user's file meets a new version. What is taken or kept whole among packs is merged by its form. */
function withDriver(file: DesiredFile, driver: string, path: ProjectPath): DesiredFile {
  return isMergeDriverName(driver) && driver !== chooseDriver(path) ? { ...file, merge: driver } : file;
}

/** Files that one pack writes and others put text into. */
function injectedDecisions(
  tree: ReadonlyMap<ProjectPath, DesiredFile>,
  { before, decided }: { before: ReadonlyMap<ProjectPath, DesiredFile>; decided: ReadonlySet<ProjectPath> },
): PathDecision[] {
  return [...tree].flatMap(([path, { packs }]): PathDecision[] => {
    const isInjected = packs.length > (before.get(path)?.packs.length ?? 0) && !decided.has(path);
    return isInjected ? [{ path, packs, how: 'injected', driver: undefined, by: 'default' }] : [];
  });
}

/** Injects into a file of the tree; tells whether there was one. */
function injectInto(tree: Map<ProjectPath, DesiredFile>, injection: RenderedInjection): boolean {
  const target = tree.get(injection.into);
  if (target === undefined) return false;
  const text = decodeText(target.content);
  if (text === undefined)
    throw new PacksmithError('INJECTION_FAILED', `${injection.into} is not text`, { where: { file: injection.template } });
  const packs = target.packs.includes(injection.pack) ? target.packs : [...target.packs, injection.pack];
  tree.set(injection.into, { ...target, packs, content: encodeUtf8(injectText(text, injection)) });
  return true;
}
