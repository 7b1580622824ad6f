import type { PackName } from '../pack/pack-name.ts';
import type { RenderedFile } from '../template/rendered-pack.ts';
import { decodeText, encodeUtf8 } from '../text/utf8.ts';
import { isExecutable } from '../tree/file-tree.ts';
import type { Attribution, DesiredFile, PathConflict, PathDecision } from './desired-tree.ts';
import type { MergeDriver, MergeInput, MergeOutcome, MergePart } from './merges/merge-driver.ts';
import { PACKAGES_TEMPLATE } from './package-manifests.ts';
import type { Ruling } from './path-rules.ts';

export interface SettleRequest {
  /** All files that packs want at one path, in order of composition. */
  readonly files: readonly RenderedFile[];
  readonly ruling: Ruling;
  /** The name of the driver that the path or a pack asks for: a merge driver, or `overwrite`, `keep`, `fail`. */
  readonly driver: string;
  readonly drivers: ReadonlyMap<string, MergeDriver>;
}

export type Settled =
  | { readonly kind: 'settled'; readonly file: DesiredFile; readonly decision: PathDecision | undefined }
  | { readonly kind: 'conflict'; readonly conflict: PathConflict };

/**
 * Settles one path by its ruling. Two different values are never settled by accident: what no rule decides and no merge unites is a conflict.
 * Rulings are about whole files: `[packages]` are merged into what was settled, whatever they say, and `prefer` names whose version counts
 * where no version satisfies all.
 */
export function settlePath(request: SettleRequest): Settled {
  const written = request.files.filter(({ template }) => template !== PACKAGES_TEMPLATE);
  const contributed = request.files.filter(({ template }) => template === PACKAGES_TEMPLATE);
  if (contributed.length === 0) return settleFiles(request);
  const [first, ...others] = contributed;
  if (written.length > 0) return addPackages(settleFiles({ ...request, files: written }), contributed, request);
  const start = first && fromRendered(first);
  return start === undefined ? settleFiles(request) : addPackages({ kind: 'settled', file: start, decision: undefined }, others, request);
}

function addPackages(settled: Settled, contributed: readonly RenderedFile[], request: SettleRequest): Settled {
  if (settled.kind === 'conflict') return settled;
  let merged = settled.file;
  let isPreferred = false;
  for (const file of contributed) {
    const { prefer } = request.ruling;
    const packages = { ...request, driver: 'packages' };
    let { outcome } = mergePair(merged, file, packages);
    const favour = outcome.kind === 'conflict' && prefer !== undefined ? favouredSide(merged, file.pack, { outcome, prefer }) : undefined;
    isPreferred ||= favour !== undefined;
    if (favour !== undefined) outcome = mergePair(merged, file, { ...packages, favour }).outcome;
    if (outcome.kind !== 'merged') return conflictOf({ merged, other: file, places: placesOf(outcome), isAsked: false });
    merged = takeIn(merged, file, outcome);
  }
  const packs = [...new Set(request.files.map(({ pack }) => pack))];
  if (packs.length === 1) return { kind: 'settled', file: { ...merged, parts: new Map() }, decision: undefined };
  const before = settled.decision ?? { how: 'same', by: 'default' };
  const rule = isPreferred
    ? { how: 'preferred' as const, by: request.ruling.by }
    : { how: before.how === 'same' ? 'merged' : before.how, by: before.by };
  const decision: PathDecision = { path: (request.files[0] as RenderedFile).path, packs, driver: 'packages', ...rule };
  return { kind: 'settled', file: merged, decision };
}

/** Whose version counts: that of the preferred pack, where every place of the conflict is between it and another. */
function favouredSide(
  merged: DesiredFile,
  pack: PackName,
  { outcome, prefer }: { readonly outcome: MergeOutcome; readonly prefer: PackName },
): 'ours' | 'theirs' | undefined {
  if (pack === prefer) return 'theirs';
  const isOwner = outcome.kind === 'conflict' && outcome.conflicts.every(({ at }) => ownersOf(merged, at).includes(prefer));
  return isOwner ? 'ours' : undefined;
}

/** The packs that gave a place of a merged file: those of the nearest place around it that is attributed. */
function ownersOf({ parts, packs }: DesiredFile, at: string): readonly PackName[] {
  for (let place = at; place !== ''; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
    const owners = parts.get(place);
    if (owners !== undefined) return owners;
  }
  return packs;
}

function settleFiles(request: SettleRequest): Settled {
  const { files, ruling } = request;
  const [first, ...others] = files;
  if (first === undefined) throw new RangeError('a path has at least one file');
  const whole = fromRendered(first);
  if (others.length === 0) return { kind: 'settled', file: whole, decision: undefined };
  const packs = [...new Set(files.map(({ pack }) => pack))];
  const decide = (how: PathDecision['how'], driver?: string): PathDecision => ({ path: first.path, packs, how, driver, by: ruling.by });
  if (others.every((file) => isSame(first, file))) return { kind: 'settled', file: { ...whole, packs }, decision: decide('same') };
  const chosen = chooseWhole(request);
  if (chosen !== undefined) return { kind: 'settled', file: fromRendered(chosen.file), decision: decide(chosen.how) };
  if (ruling.action === 'fail' || ruling.action === 'ask' || request.driver === 'fail') {
    const reason = ruling.action === 'ask' ? 'the rules ask for a decision' : 'the rules allow one pack only';
    return conflictOf({ merged: whole, other: others[0] ?? first, places: [{ at: '', reason }], isAsked: ruling.action === 'ask' });
  }
  return mergeAll(request, decide);
}

/** The file that is taken whole, where a rule or a pack says so. */
function chooseWhole({ files, ruling, driver }: SettleRequest): { file: RenderedFile; how: PathDecision['how'] } | undefined {
  const preferred = files.find(({ pack }) => pack === ruling.prefer);
  const isWhole = ruling.action !== 'merge' || driver === 'overwrite' || driver === 'keep';
  if (!isWhole || ruling.action === 'fail' || ruling.action === 'ask') return undefined;
  if (preferred !== undefined) return { file: preferred, how: 'preferred' };
  const isKeep = ruling.action === 'keep' || (ruling.action === 'merge' && driver === 'keep');
  const file = isKeep ? files[0] : files.at(-1);
  return file && { file, how: isKeep ? 'kept' : 'layered' };
}

function mergeAll(request: SettleRequest, decide: (how: PathDecision['how'], driver?: string) => PathDecision): Settled {
  const { files, ruling } = request;
  let merged = fromRendered(files[0] as RenderedFile);
  let usedDriver = request.driver;
  for (const file of files.slice(1)) {
    const { outcome, driver } = mergePair(merged, file, request);
    if (outcome.kind !== 'merged') {
      const preferred = files.find(({ pack }) => pack === ruling.prefer);
      if (preferred !== undefined) return { kind: 'settled', file: fromRendered(preferred), decision: decide('preferred') };
      return conflictOf({ merged, other: file, places: placesOf(outcome), isAsked: false });
    }
    usedDriver = driver;
    merged = takeIn(merged, file, outcome);
  }
  return { kind: 'settled', file: merged, decision: decide('merged', usedDriver) };
}

/** Merges a file into what is there; where the format cannot be read, line by line. */
function mergePair(
  merged: DesiredFile,
  file: RenderedFile,
  { driver, drivers, favour }: SettleRequest & Pick<MergeInput, 'favour'>,
): { outcome: MergeOutcome; driver: string } {
  const ours = decodeText(merged.content);
  const theirs = decodeText(file.content);
  if (ours === undefined || theirs === undefined) return { outcome: { kind: 'unparsable', reason: 'two different binary files' }, driver };
  const input = { ours, theirs, labels: { ours: merged.packs.join(', '), theirs: file.pack }, path: file.path, ...(favour && { favour }) };
  const outcome = drivers.get(driver)?.(input) ?? { kind: 'unparsable', reason: `there is no merge driver ${JSON.stringify(driver)}` };
  if (outcome.kind !== 'unparsable' || driver === 'text') return { outcome, driver };
  return { outcome: drivers.get('text')?.(input) ?? outcome, driver: 'text' };
}

function takeIn(merged: DesiredFile, file: RenderedFile, { text, parts }: Extract<MergeOutcome, { kind: 'merged' }>): DesiredFile {
  return {
    ...merged,
    content: encodeUtf8(text),
    mode: isExecutable(file.mode) ? file.mode : merged.mode,
    packs: [...new Set([...merged.packs, file.pack])],
    parts: attribute(merged, file.pack, parts),
  };
}

function placesOf(outcome: Exclude<MergeOutcome, { kind: 'merged' }>): PathConflict['places'] {
  return outcome.kind === 'conflict' ? outcome.conflicts : [{ at: '', reason: outcome.reason }];
}

function attribute(merged: DesiredFile, pack: PackName, parts: readonly MergePart[]): Attribution {
  const attributed = new Map(merged.parts);
  for (const { at, from } of parts) {
    const before = merged.parts.get(at) ?? merged.packs;
    if (from === 'theirs') attributed.set(at, [pack]);
    else attributed.set(at, from === 'both' ? [...new Set([...before, pack])] : before);
  }
  return attributed;
}

interface ConflictFacts {
  /** What other packs gave so far. */
  readonly merged: DesiredFile;
  readonly other: RenderedFile;
  readonly places: PathConflict['places'];
  readonly isAsked: boolean;
}

/** Names the pack that gave the first place in question, another one than the pack that disagrees where there is one. */
function conflictOf({ merged, other, places, isAsked }: ConflictFacts): Settled {
  const owners = ownersOf(merged, places[0]?.at ?? '');
  const ours = owners.find((pack) => pack !== other.pack) ?? owners[0] ?? other.pack;
  return { kind: 'conflict', conflict: { path: other.path, ours, theirs: other.pack, places, isAsked } };
}

function fromRendered({ content, mode, pack, template, onExists, merge, wholeOf }: RenderedFile): DesiredFile {
  return { content, mode, packs: [pack], template, onExists, merge, ...(wholeOf && { wholeOf }), parts: new Map() };
}

function isSame(a: RenderedFile, b: RenderedFile): boolean {
  return (
    isExecutable(a.mode) === isExecutable(b.mode) &&
    a.content.length === b.content.length &&
    a.content.every((byte, at) => byte === b.content[at])
  );
}
