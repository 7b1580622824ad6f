import type { Composition } from '../core/compose/compose-packs.ts';
import type { DesiredFile } from '../core/compose/desired-tree.ts';
import { chooseDriver } from '../core/compose/merges/choose-driver.ts';
import type { MergeDriver } from '../core/compose/merges/merge-driver.ts';
import { mergePlainText } from '../core/compose/merges/text.ts';
import type { Baseline } from '../core/lockfile/baseline.ts';
import {
  BASELINE_PATH,
  LOCKFILE_PATH,
  type LockedFile,
  type LockedInjection,
  type LockedPack,
  MANIFEST_PATH,
} from '../core/lockfile/lockfile.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { GenerationPlan, Operation, PlannedHook, PlannedPath } from '../core/plan/generation-plan.ts';
import { planRecords } from '../core/plan/plan-records.ts';
import { toPlannedAnswers } from '../core/plan/planned-answers.ts';
import { toPlannedContents } from '../core/plan/planned-contents.ts';
import { type InTheWayPolicy, reconcileTree } from '../core/plan/reconcile-tree.ts';
import type { AnswerOutcome } from '../core/template/answers/answer-types.ts';
import { collectSecrets, type Secrets, unmaskSecrets } from '../core/template/mask-secrets.ts';
import { compareText } from '../core/text/compare-text.ts';
import { decodeText, encodeUtf8 } from '../core/text/utf8.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';
import { loadDrivers } from './load-drivers.ts';
import { loadBaseline, type ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { planBackups } from './plan-backups.ts';
import { planInjections } from './plan-injections.ts';

export type PlanningPorts = Pick<Ports, 'project' | 'hash' | 'codec'>;

export interface PlanProjectRequest {
  readonly operation: Operation;
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
  readonly composition: Composition;
  readonly answers: AnswerOutcome;
  readonly hooks: readonly PlannedHook[];
  readonly now: string;
  /** The text of packsmith.toml as it should be. */
  readonly manifest: string;
  readonly inTheWay: InTheWayPolicy;
  readonly backup: boolean;
  /** Which files of the last generation this plan is about; the others, and their records, stay as they are. */
  readonly isConcerned: (path: ProjectPath) => boolean;
  /** Whether packsmith's own files are written. A single template outside a project leaves none. */
  readonly keepsRecords: boolean;
  readonly warnings: readonly string[];
}

/** The one function behind every command that touches a project: desired tree × last generation × disk → plan. */
export async function planProject(request: PlanProjectRequest, ports: PlanningPorts): Promise<GenerationPlan> {
  const { state, composition, answers, packs } = request;
  const { project, hash } = ports;
  const concerned = new Map([...state.generated].filter(([path]) => request.isConcerned(path)));
  const injected = composition.loose.map(({ into }) => into);
  const records = [MANIFEST_PATH, LOCKFILE_PATH, BASELINE_PATH];
  const disk = await project.survey(new Set([...composition.tree.keys(), ...concerned.keys(), ...injected, ...records]));
  const secrets = secretsOf(answers);
  const merges = await loadMerges({ request, disk, concerned, secrets }, ports);
  const reconciliation = reconcileTree({
    desired: composition.tree,
    generated: concerned,
    disk,
    inTheWay: request.inTheWay,
    hash,
    merge: (path, file) => mergeFile(merges.get(path), file),
  });
  const backups = request.backup ? await planBackups(reconciliation.paths, ports) : NOTHING;
  const injections = await planInjections({ loose: composition.loose, locked: state.lockfile?.injections ?? [], disk }, ports);
  const kept = request.keepsRecords
    ? await planOwnRecords({ request, disk, secrets, concerned, injections: injections.locked, digests: reconciliation.digests }, ports)
    : NOTHING;
  return {
    format: 1,
    operation: request.operation,
    packs: packs.map(({ pack, source, because }) => ({
      id: pack.manifest.id,
      version: pack.manifest.version,
      source,
      integrity: pack.integrity,
      because,
    })),
    answers: toPlannedAnswers(answers),
    paths: [...[...reconciliation.paths, ...injections.paths, ...backups.paths].sort((a, b) => compareText(a.path, b.path)), ...kept.paths],
    decisions: composition.decisions,
    conflicts: composition.conflicts,
    contents: toPlannedContents([reconciliation.contents, injections.contents, backups.contents, kept.contents]),
    hooks: request.hooks,
    warnings: request.warnings,
  };
}

const NOTHING: { readonly paths: readonly PlannedPath[]; readonly contents: ReadonlyMap<Digest, Uint8Array> } = {
  paths: [],
  contents: new Map(),
};

interface OwnRecords {
  readonly request: PlanProjectRequest;
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly secrets: Secrets;
  readonly concerned: ReadonlyMap<ProjectPath, LockedFile>;
  readonly injections: readonly LockedInjection[];
  readonly digests: Parameters<typeof planRecords>[0]['digests'];
}

async function planOwnRecords(
  { request, disk, secrets, concerned, injections, digests }: OwnRecords,
  ports: PlanningPorts,
): Promise<ReturnType<typeof planRecords>> {
  const { state, answers, packs, composition, now, manifest } = request;
  const others = [...state.generated.values()].filter(({ path }) => !concerned.has(path) && !composition.tree.has(path));
  const baseline: Baseline = others.length === 0 || state.lockfile === undefined ? new Map() : await loadBaseline(state.lockfile, ports);
  const wanted = new Set(others.map((file) => file.masked ?? file.sha256));
  return planRecords({
    desired: composition.tree,
    digests,
    secrets,
    now,
    answers: ports.hash(JSON.stringify(toPlannedAnswers(answers).map(({ pack, name, value }) => [pack, name, value]))),
    packs: packs.map(({ pack, source }) => toLockedPack(pack, source)),
    injections,
    untouched: { files: others, baseline: new Map([...baseline].filter(([digest]) => wanted.has(digest))) },
    manifest,
    disk,
    hash: ports.hash,
    compress: (content) => ports.codec.compress(content),
  });
}

function toLockedPack({ manifest, integrity }: Pack, source: string): LockedPack {
  const dependencies = Object.fromEntries(manifest.dependencies.map(({ id, version }) => [id, version] as const).sort());
  return { id: manifest.id, version: manifest.version, source, integrity, dependencies };
}

function secretsOf(answers: AnswerOutcome): Secrets {
  const secret = new Set(answers.entries.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  return new Map([...answers.answers.values()].flatMap((values) => [...collectSecrets(values, (name) => secret.has(name))]));
}

/** What a three-way merge of one path starts from. */
interface MergeSides {
  readonly path: ProjectPath;
  readonly base: Uint8Array;
  readonly ours: Uint8Array;
  readonly driver: MergeDriver;
}

interface MergeFacts {
  readonly request: PlanProjectRequest;
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly concerned: ReadonlyMap<ProjectPath, LockedFile>;
  readonly secrets: Secrets;
}

/** Reads the base and the user's bytes of every path that both sides may have changed. */
async function loadMerges(
  { request, disk, concerned, secrets }: MergeFacts,
  ports: PlanningPorts,
): Promise<ReadonlyMap<ProjectPath, MergeSides>> {
  const { lockfile } = request.state;
  const edited = [...concerned.values()].filter(({ path, sha256 }) => {
    const entry = disk.get(path);
    return request.composition.tree.has(path) && entry?.kind === 'file' && entry.digest !== sha256;
  });
  if (lockfile === undefined || edited.length === 0) return new Map();
  const baseline = await loadBaseline(lockfile, ports);
  const driverOf = (path: ProjectPath): string => request.composition.tree.get(path)?.merge ?? chooseDriver(path);
  const drivers = await loadDrivers(edited.map(({ path }) => driverOf(path)));
  const sides = new Map<ProjectPath, MergeSides>();
  for (const { path, sha256, masked } of edited) {
    const base = baseline.get(masked ?? sha256);
    const ours = await ports.project.readFile(path);
    if (base !== undefined && ours !== undefined)
      sides.set(path, { path, base: unmaskSecrets(base, secrets), ours, driver: drivers.get(driverOf(path)) ?? mergePlainText });
  }
  return sides;
}

/** Three-way, by the form of the file; where that cannot be read, line by line. */
function mergeFile(sides: MergeSides | undefined, file: DesiredFile): Uint8Array | undefined {
  const [base, ours, theirs] = [sides?.base, sides?.ours, file.content].map((bytes) => bytes && decodeText(bytes));
  if (sides === undefined || base === undefined || ours === undefined || theirs === undefined) return undefined;
  const input = { base, ours, theirs, labels: { ours: 'yours', base: 'last generated', theirs: file.packs.join(', ') }, path: sides.path };
  const outcome = sides.driver(input);
  const final = outcome.kind === 'unparsable' ? mergePlainText(input) : outcome;
  return final.kind === 'merged' ? encodeUtf8(final.text) : undefined;
}
