import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { type Baseline, parseBaseline } from '../../core/lockfile/baseline.ts';
import { BASELINE_PATH, type Lockfile } from '../../core/lockfile/lockfile.ts';
import type { Ports } from '../../ports/ports.ts';

/** A baseline larger than this was not made from packs within the limits. */
const MAX_BASELINE_BYTES = 1024 * 1024 * 1024;

export type BaselinePorts = Pick<Ports, 'project' | 'codec' | 'hash'>;

export interface StoredBaseline {
  /** `damaged` also where it is whole, but not the one that packsmith.lock names. */
  readonly state: 'intact' | 'missing' | 'damaged';
  /** Of a damaged one those that have the digest by which they are stored. */
  readonly contents: Baseline;
}

/** The lockfile, and the bytes of its baseline where they are not in `.packsmith/baseline.bin`. */
export interface BaselineRecords {
  readonly lockfile: Lockfile;
  readonly baseline?: Uint8Array;
}

/** Reads `.packsmith/baseline.bin`. Never fails for what is in it. */
export async function readBaseline(
  { lockfile, baseline }: BaselineRecords,
  { project, codec, hash }: BaselinePorts,
): Promise<StoredBaseline> {
  const stored = baseline ?? (await project.readFile(BASELINE_PATH));
  if (stored === undefined) return { state: 'missing', contents: new Map() };
  try {
    const block = codec.decompress(stored, MAX_BASELINE_BYTES);
    const contents = parseBaseline(block);
    if (hash(block) === lockfile.baseline) return { state: 'intact', contents };
    return { state: 'damaged', contents: new Map([...contents].filter(([digest, content]) => hash(content) === digest)) };
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'BASELINE_INVALID') return { state: 'damaged', contents: new Map() };
    throw error;
  }
}
