import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import { storedBytes } from '../../core/plan/plan-records.ts';
import { fitsMasks, maskSecrets, type Secrets } from '../../core/template/mask-secrets.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { type BaselinePorts, type BaselineRecords, readBaseline } from '../reconcile/read-baseline.ts';

/** The last generation by path. */
type Generated = ReadonlyMap<ProjectPath, LockedFile>;

/**
 * packsmith.lock has of a file that holds secrets only the digest of its bytes with masks in their place. Here such a file gets the digest of
 * what is on disk, where this copy of the project knows that packsmith generated that. Another keeps the digest of the masked bytes, which
 * no file on disk has, so that it counts as edited.
 */
export async function recognizeOriginals(files: Generated, { project }: Pick<Ports, 'project'>): Promise<Generated> {
  const unknown = unknownAmong(files);
  if (unknown.length === 0) return files;
  const originals = await project.readOriginals();
  const disk = await project.survey(unknown.map(({ path }) => path));
  const found = unknown.flatMap(({ path, masked }): Found[] => {
    const entry = disk.get(path);
    return entry?.kind === 'file' && originals.get(entry.digest) === masked ? [[path, entry.digest]] : [];
  });
  return withDigests(files, found);
}

export interface GivenSecrets {
  /** What the packs want now, and the same with masks in the place of secrets. */
  readonly tree: DesiredTree;
  readonly masked: DesiredTree;
  readonly secrets: Secrets;
}

/** As `recognizeOriginals`, by the secrets as they are given now: in a copy of the project where nothing was generated, or the file was edited. */
export async function recognizeByMasking(
  files: Generated,
  { tree, masked, secrets }: GivenSecrets,
  { project, hash }: Pick<Ports, 'project' | 'hash'>,
): Promise<Generated> {
  const found: Found[] = [];
  for (const { path, output = path, masked: last } of unknownAmong(files)) {
    const wanted = tree.get(output);
    if (wanted !== undefined && hash(storedBytes(wanted, masked.get(output), secrets).stored) === last) {
      found.push([path, hash(wanted.content)]);
      continue;
    }
    const bytes = (await project.survey([path])).get(path)?.kind === 'file' ? await project.readFile(path) : undefined;
    if (bytes !== undefined && hash(maskSecrets(bytes, secrets)) === last) found.push([path, hash(bytes)]);
  }
  return withDigests(files, found);
}

/**
 * As `recognizeOriginals`, without the secrets, in a copy of the project where the file was never generated: whatever stands in the place of a
 * mask is taken for the secret. Only for what is shown.
 */
export async function recognizeByForm(files: Generated, records: BaselineRecords, ports: BaselinePorts): Promise<Generated> {
  const known = new Set(unknownAmong(files).length === 0 ? [] : (await ports.project.readOriginals()).values());
  const unknown = unknownAmong(files).filter(({ sha256 }) => !known.has(sha256));
  if (unknown.length === 0) return files;
  const { contents } = await readBaseline(records, ports);
  const disk = await ports.project.survey(unknown.map(({ path }) => path));
  const found: Found[] = [];
  for (const { path, sha256 } of unknown) {
    const entry = disk.get(path);
    const [base, bytes] = [contents.get(sha256), entry?.kind === 'file' ? await ports.project.readFile(path) : undefined];
    if (entry?.kind === 'file' && base !== undefined && bytes !== undefined && fitsMasks(bytes, base)) found.push([path, entry.digest]);
  }
  return withDigests(files, found);
}

type Found = readonly [path: ProjectPath, digest: Digest];

function unknownAmong(files: Generated): LockedFile[] {
  return [...files.values()].filter(({ sha256, masked }) => masked === sha256);
}

function withDigests(files: Generated, found: readonly Found[]): Generated {
  const digests = new Map(found);
  return new Map([...files].map(([path, file]) => [path, { ...file, sha256: digests.get(path) ?? file.sha256 }]));
}
