import type { Baseline } from '../../core/lockfile/baseline.ts';
import { BASELINE_PATH, LOCKFILE_PATH, type Lockfile } from '../../core/lockfile/lockfile.ts';
import type { BaselineNotice } from '../../core/plan/generation-plan.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ReplayedGeneration } from '../render/replay-generation.ts';
import { type BaselinePorts, type BaselineRecords, readBaseline } from './read-baseline.ts';

/** The base of every merge: the bytes of the last generation, as far as they are to be had. */
export interface FoundBaseline {
  readonly contents: Baseline;
  /** Present where the stored baseline is missing or damaged, and a file was generated. */
  readonly notice?: BaselineNotice;
}

export type FindBaseline = () => Promise<FoundBaseline>;

export interface FindBaselineRequest extends BaselineRecords {
  /** Renders the last generation again. */
  readonly replay: () => Promise<Pick<ReplayedGeneration, 'contents' | 'absent'>>;
}

/**
 * The stored baseline; where it is missing or damaged, what is left of it and what the locked packs give again. Only bytes with the digest that
 * packsmith.lock has of a file are taken.
 */
export async function findBaseline({ replay, ...records }: FindBaselineRequest, ports: BaselinePorts): Promise<FoundBaseline> {
  const { lockfile } = records;
  const stored = await readBaseline(records, ports);
  const isStored = filesWithout(lockfile, stored.contents).length === 0;
  if (stored.state === 'intact' && isStored) return { contents: stored.contents };
  const replayed = isStored ? NOTHING_REPLAYED : await replay();
  const contents = new Map<Digest, Uint8Array>([...stored.contents, ...replayed.contents]);
  const without = filesWithout(lockfile, contents);
  if (lockfile.files.length === 0) return { contents };
  return {
    contents,
    notice: describeFallback({
      lockfile,
      state: stored.state === 'intact' ? 'incomplete' : stored.state,
      without,
      absent: replayed.absent,
    }),
  };
}

const NOTHING_REPLAYED: Pick<ReplayedGeneration, 'contents' | 'absent'> = { contents: new Map(), absent: [] };

function filesWithout({ files }: Lockfile, contents: Baseline): ProjectPath[] {
  return files.filter(({ sha256, masked = sha256 }) => !contents.has(masked)).map(({ path }) => path);
}

interface Fallback {
  readonly lockfile: Lockfile;
  readonly state: BaselineNotice['state'];
  readonly without: readonly ProjectPath[];
  readonly absent: ReplayedGeneration['absent'];
}

const NAMED = 5;

function describeFallback({ lockfile, state, without, absent }: Fallback): BaselineNotice {
  const { files, packs } = lockfile;
  const found = files.length - without.length;
  const code = found === 0 ? 'BASELINE_ABSENT' : 'BASELINE_RENDERED';
  const from = packs.filter(({ id }) => absent.every((pack) => pack.id !== id)).map(({ id, version }) => `${id} ${version}`);
  const reasons = absent.map(({ reason }) => reason);
  const parts = [
    `${BASELINE_PATH} is ${state}`,
    found === 0
      ? 'the last generation cannot be rendered again'
      : `it was rendered again from ${from.join(', ') || 'what is left of it'}: ${found} of ${files.length} files are as ${LOCKFILE_PATH} has them`,
    ...reasons,
    ...(without.length === 0 ? [] : [describeWithout(without, files.length)]),
  ];
  return { code, state, found, without, message: parts.join('; ') };
}

function describeWithout(without: readonly ProjectPath[], total: number): string {
  const named = without.slice(0, NAMED).join(', ');
  const more = without.length > NAMED ? ` and ${without.length - NAMED} more` : '';
  const which = without.length === total ? 'every file' : `${named}${more}`;
  return `${which} is compared with what the packs give now, without a base: nothing of yours is overwritten, and what both have differently is a conflict`;
}
