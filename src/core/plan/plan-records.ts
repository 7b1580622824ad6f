import type { DesiredFile, DesiredTree, PathDecision } from '../compose/desired-tree.ts';
import { type Baseline, formatBaseline } from '../lockfile/baseline.ts';
import { formatLockfile } from '../lockfile/format-lockfile.ts';
import {
  BASELINE_PATH,
  LOCKFILE_PATH,
  type LockedData,
  type LockedDecision,
  type LockedFile,
  type LockedInjection,
  type LockedPack,
  MANIFEST_PATH,
} from '../lockfile/lockfile.ts';
import { maskSecrets, type Secrets } from '../template/mask-secrets.ts';
import { compareText } from '../text/compare-text.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Digest, Hash } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import { DEFAULT_MODE } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PlannedPath } from './generation-plan.ts';

export interface RecordsRequest {
  readonly desired: DesiredTree;
  readonly digests: ReadonlyMap<ProjectPath, Digest>;
  /** Outputs at which the user had a file before any pack wanted one. */
  readonly wasThere: ReadonlySet<ProjectPath>;
  /** Where files go that the user moved, by output. */
  readonly moved: ReadonlyMap<ProjectPath, ProjectPath>;
  readonly secrets: Secrets;
  /** The files with masks in the place of secrets, rendered so that filters change the mask and never the secret; empty where there is no secret. */
  readonly masked: DesiredTree;
  readonly now: string;
  /** SHA-256 of the canonical answers. */
  readonly answers: Digest;
  readonly packs: readonly LockedPack[];
  readonly injections: readonly LockedInjection[];
  readonly data: readonly LockedData[];
  /** Files of the last generation that this plan is not about, and their stored bytes. */
  readonly untouched: { readonly files: readonly LockedFile[]; readonly baseline: Baseline };
  /** The text of packsmith.toml as it should be. */
  readonly manifest: string;
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly hash: Hash;
  readonly compress: (content: Uint8Array) => Uint8Array;
}

export interface Records {
  /** The manifest, the baseline, and the lockfile last: its presence is what marks a generation as complete. */
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
  /** What the files are that hold secrets: SHA-256 of the bytes, with that of the masked bytes that the lockfile has. */
  readonly originals: ReadonlyMap<Digest, Digest>;
}

/** Decides packsmith's own files: what was asked for, what it gave, and the bytes that later merges start from. Secrets are masked in all of them. */
export function planRecords(request: RecordsRequest): Records {
  const { hash, compress } = request;
  const stored = new Map<Digest, Uint8Array>(request.untouched.baseline);
  const originals = new Map<Digest, Digest>();
  const files = [...request.desired].map(([path, file]): LockedFile => {
    const sha256 = request.digests.get(path) ?? hash(file.content);
    const { stored: masked, isMasked } = storedBytes(file, request.masked.get(path), request.secrets);
    const key = isMasked ? hash(masked) : sha256;
    stored.set(key, masked);
    if (isMasked) originals.set(sha256, key);
    const parts = file.parts.size === 0 ? {} : { parts: Object.fromEntries(file.parts) };
    const target = request.moved.get(path);
    const place = target === undefined ? { path } : { path: target, output: path };
    return {
      ...place,
      sha256,
      mode: file.mode,
      packs: file.packs,
      template: file.template,
      ...(isMasked ? { masked: key } : {}),
      ...(request.wasThere.has(path) ? { wasThere: true } : {}),
      ...parts,
      ...(file.decision === undefined ? {} : { decision: toLockedDecision(file.decision) }),
    };
  });
  const block = formatBaseline(stored);
  const lockfile = formatLockfile({
    format: 1,
    now: request.now,
    answers: request.answers,
    baseline: hash(block),
    packs: request.packs,
    files: [...files, ...request.untouched.files].sort((a, b) => compareText(a.path, b.path)),
    injections: request.injections,
    ...(request.data.length === 0 ? {} : { data: request.data }),
  });
  const records: [ProjectPath, Uint8Array][] = [
    [MANIFEST_PATH, encodeUtf8(request.manifest)],
    [BASELINE_PATH, compress(block)],
    [LOCKFILE_PATH, encodeUtf8(lockfile)],
  ];
  const contents = new Map(records.map(([, content]) => [hash(content), content] as const));
  const paths = records.map(([path, content]) => planRecord({ path, digest: hash(content), entry: request.disk.get(path) }));
  return { paths, contents, originals };
}

/** The bytes that are stored of a file: those rendered with masks where they differ, and masks over whatever secret is still in them. */
export function storedBytes(
  { content }: Pick<DesiredFile, 'content'>,
  masked: Pick<DesiredFile, 'content'> | undefined,
  secrets: Secrets,
): { readonly stored: Uint8Array; readonly isMasked: boolean } {
  const rendered = masked?.content ?? content;
  const isSame = rendered === content || (rendered.length === content.length && rendered.every((byte, at) => byte === content[at]));
  const stored = maskSecrets(isSame ? content : rendered, secrets);
  return { stored, isMasked: stored !== content };
}

function toLockedDecision({ how, driver, by, packs }: PathDecision): LockedDecision {
  return { how, ...(driver === undefined ? {} : { driver }), by, among: packs };
}

function planRecord({ path, digest, entry }: { path: ProjectPath; digest: Digest; entry: DiskEntry | undefined }): PlannedPath {
  const common = { path, class: 'record', packs: [], template: '', after: { digest, mode: DEFAULT_MODE } } as const;
  if (entry === undefined) return { ...common, action: 'create', reason: 'packsmith keeps its records here' };
  if (entry.kind !== 'file') return { ...common, action: 'conflict', reason: 'something that is no file is in the way' };
  const before = { digest: entry.digest, mode: entry.mode };
  if (entry.digest === digest) return { ...common, before, after: before, action: 'keep', reason: 'unchanged' };
  return { ...common, before, action: 'update', reason: 'packsmith keeps its records here' };
}
