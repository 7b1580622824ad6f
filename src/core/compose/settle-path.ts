import type { PackName } from '../pack/pack-name.ts';
import type { RenderedFile } from '../template/rendered-pack.ts';
import { decodeText, encodeUtf8 } from '../text/utf8.ts';
import { isExecutable } from '../tree/file-tree.ts';
import type { Attribution, DesiredFile, PathConflict, PathDecision } from './desired-tree.ts';
import type { MergeDriver, MergeOutcome, MergePart } from './merges/merge-driver.ts';
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

/** Settles one path by its ruling. Two different values are never settled by accident: what no rule decides and no merge unites is a conflict. */
export function settlePath(request: SettleRequest): Settled {
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
    return conflictOf({ first, other: others[0] ?? first, places: [{ at: '', reason }], isAsked: ruling.action === 'ask' });
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
      const places = outcome.kind === 'conflict' ? outcome.conflicts : [{ at: '', reason: outcome.reason }];
      return conflictOf({ first: files[0] ?? file, other: file, places, isAsked: false });
    }
    usedDriver = driver;
    merged = {
      ...merged,
      content: encodeUtf8(outcome.text),
      mode: isExecutable(file.mode) ? file.mode : merged.mode,
      packs: [...new Set([...merged.packs, file.pack])],
      parts: attribute(merged, file.pack, outcome.parts),
    };
  }
  return { kind: 'settled', file: merged, decision: decide('merged', usedDriver) };
}

/** Merges a file into what is there; where the format cannot be read, line by line. */
function mergePair(merged: DesiredFile, file: RenderedFile, { driver, drivers }: SettleRequest): { outcome: MergeOutcome; driver: string } {
  const ours = decodeText(merged.content);
  const theirs = decodeText(file.content);
  if (ours === undefined || theirs === undefined) return { outcome: { kind: 'unparsable', reason: 'two different binary files' }, driver };
  const input = { ours, theirs, labels: { ours: merged.packs.join(', '), theirs: file.pack }, path: file.path };
  const outcome = drivers.get(driver)?.(input) ?? { kind: 'unparsable', reason: `there is no merge driver ${JSON.stringify(driver)}` };
  if (outcome.kind !== 'unparsable' || driver === 'text') return { outcome, driver };
  return { outcome: drivers.get('text')?.(input) ?? outcome, driver: 'text' };
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
  readonly first: RenderedFile;
  readonly other: RenderedFile;
  readonly places: PathConflict['places'];
  readonly isAsked: boolean;
}

function conflictOf({ first, other, places, isAsked }: ConflictFacts): Settled {
  return { kind: 'conflict', conflict: { path: first.path, ours: first.pack, theirs: other.pack, places, isAsked } };
}

function fromRendered({ content, mode, pack, template, onExists, merge }: RenderedFile): DesiredFile {
  return { content, mode, packs: [pack], template, onExists, merge, parts: new Map() };
}

function isSame(a: RenderedFile, b: RenderedFile): boolean {
  return (
    isExecutable(a.mode) === isExecutable(b.mode) &&
    a.content.length === b.content.length &&
    a.content.every((byte, at) => byte === b.content[at])
  );
}
