import type { Baseline } from '../../core/lockfile/baseline.ts';
import {
  BASELINE_PATH,
  LOCKFILE_PATH,
  type LockedFile,
  type LockedInjection,
  type LockedPack,
  MANIFEST_PATH,
} from '../../core/lockfile/lockfile.ts';
import { formatPending, PENDING_PATH, type PendingConflict } from '../../core/lockfile/pending.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { planRecords } from '../../core/plan/plan-records.ts';
import { canonicalAnswers, toPlannedAnswers } from '../../core/plan/planned-answers.ts';
import { toPlannedContents } from '../../core/plan/planned-contents.ts';
import { type Reconciliation, reconcileTree } from '../../core/plan/reconcile-tree.ts';
import { type Secrets, secretsAmong } from '../../core/template/mask-secrets.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import { DEFAULT_MODE } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { adoptWanted, keepAdopted } from '../reconcile/adopt-wanted.ts';
import { type FindBaseline, type FoundBaseline, findBaseline } from '../reconcile/find-baseline.ts';
import { holdRenamed } from '../reconcile/hold-renamed.ts';
import { loadMerges } from '../reconcile/load-merges.ts';
import { type LocatedFiles, locateFiles } from '../reconcile/locate-files.ts';
import { planBackups } from '../reconcile/plan-backups.ts';
import { planBeside } from '../reconcile/plan-beside.ts';
import { planInjections, toLockedInjection } from '../reconcile/plan-injections.ts';
import { recognizeByMasking } from '../render/recognize-masked.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { PlanningPorts, PlanProjectRequest } from './plan-request.ts';

/** The one function behind every command that touches a project: desired tree × last generation × disk → plan. */
export async function planProject(asked: PlanProjectRequest, ports: PlanningPorts): Promise<GenerationPlan> {
  const request = asked.adopts ? adoptWanted(asked, ports) : asked;
  const { state, composition, answers, packs } = request;
  const { hash } = ports;
  const secrets = secretsAmong(answers);
  const generated = new Map([...state.generated].filter(([path]) => request.isConcerned(path)));
  const concerned = await recognizeByMasking(generated, { tree: composition.tree, masked: request.masked, secrets }, ports);
  const injected = composition.loose.map(({ into }) => into);
  const records = [MANIFEST_PATH, LOCKFILE_PATH, BASELINE_PATH];
  const known = new Set([...composition.tree.keys(), ...concerned.keys(), ...injected, ...records]);
  const base = lazyBaseline(request, ports);
  const { findBase } = base;
  const located = await locateFiles({ request, concerned, known, findBase }, ports);
  const { disk, placements, baseline, held } = located;
  if (held.length > 0) return planProject(holdRenamed(asked, held), ports);
  const versions = { before: state.lockfile?.packs ?? [], now: packs.map(({ pack }) => pack.manifest) };
  const merges = await loadMerges(
    { tree: composition.tree, placements, disk, baseline, secrets, versions, labels: request.labels, formatting: request.formatting },
    ports,
  );
  const { policy, restores } = request;
  const decided = reconcileTree({ desired: composition.tree, placements, disk, policy, restores, hash, ...merges });
  const reconciliation = request.adopts ? { ...decided, paths: decided.paths.map(keepAdopted) } : decided;
  const backups = request.backup ? await planBackups(reconciliation.paths, placements, ports) : NOTHING;
  const beside = await planBeside(reconciliation.paths, { tree: composition.tree, disk, written: reconciliation.contents }, ports);
  const done = request.adopts ? composition.loose.map((injection) => toLockedInjection(injection, ports)) : state.lockfile?.injections;
  const injections = await planInjections({ loose: composition.loose, locked: done ?? [], disk }, ports);
  const own = request.keepsRecords
    ? await planOwnRecords({ request, located, findBase, secrets, concerned, injections: injections.locked, reconciliation }, ports)
    : NOTHING;
  const kept =
    beside.conflicts.length === 0 || !request.keepsRecords
      ? own
      : planPending({ request, records: own, conflicts: beside.conflicts }, ports);
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
    ...(request.data.length === 0 ? {} : { data: request.data }),
    paths: [
      ...[...reconciliation.paths, ...planExcluded(request), ...injections.paths, ...backups.paths, ...beside.paths].sort((a, b) =>
        compareText(a.path, b.path),
      ),
      ...kept.paths,
    ],
    decisions: composition.decisions,
    conflicts: composition.conflicts,
    contents: toPlannedContents([reconciliation.contents, injections.contents, backups.contents, beside.contents, kept.contents]),
    ...(own.originals.size === 0 ? {} : { originals: Object.fromEntries([...own.originals].sort(([a], [b]) => compareText(a, b))) }),
    hooks: request.hooks,
    ...describeBaseline(await base.found, [...request.warnings, ...merges.warnings]),
  };
}

/** The base is looked for at most once, and only where something needs it. */
function lazyBaseline(
  { state, replay, stored }: PlanProjectRequest,
  ports: PlanningPorts,
): { findBase: FindBaseline; found: Promise<FoundBaseline> | undefined } {
  const { lockfile } = state;
  const lazy: ReturnType<typeof lazyBaseline> = {
    found: undefined,
    findBase: () => {
      lazy.found ??=
        lockfile === undefined ? Promise.resolve({ contents: stored ?? new Map() }) : findBaseline({ lockfile, replay }, ports);
      return lazy.found;
    },
  };
  return lazy;
}

function describeBaseline(found: FoundBaseline | undefined, warnings: readonly string[]): Pick<GenerationPlan, 'baseline' | 'warnings'> {
  const notice = found?.notice;
  return notice === undefined ? { warnings } : { baseline: notice, warnings: [...warnings, `${notice.message} (${notice.code})`] };
}

/** Files that the user asked to leave alone are listed, so that nothing is passed over in silence. */
function planExcluded({ excluded = [] }: PlanProjectRequest): PlannedPath[] {
  return excluded.map(({ path, packs, template, situation, renamedTo }) => ({
    path,
    class: 'excluded',
    action: 'keep',
    reason:
      situation === 'preserved'
        ? `left alone, as \`preserve\` says${renamedTo ? ` of ${renamedTo}, its new path` : ''}`
        : 'of another template',
    situations: [situation],
    packs,
    template,
  }));
}

const NOTHING: ReturnType<typeof planRecords> = { paths: [], contents: new Map(), originals: new Map() };

interface PendingRequest {
  readonly request: PlanProjectRequest;
  readonly records: ReturnType<typeof planRecords>;
  readonly conflicts: readonly PendingConflict[];
}

/** While conflicts are open the records wait in a file of their own, so that the lockfile advances last. */
function planPending({ request, records, conflicts }: PendingRequest, { hash }: PlanningPorts): ReturnType<typeof planRecords> {
  const content = (path: PlannedPath): Uint8Array => {
    const bytes = path.after && records.contents.get(path.after.digest);
    if (bytes === undefined) throw new RangeError(`the record ${path.path} has no content`);
    return bytes;
  };
  const packs = request.packs.map(({ pack }) => `${pack.manifest.id} ${pack.manifest.version}`);
  const { manifestText } = request.state;
  const manifest = manifestText === undefined ? {} : { manifest: encodeUtf8(manifestText) };
  const waiting = records.paths.map((path) => ({ path: path.path, content: content(path) }));
  const bytes = encodeUtf8(formatPending({ format: 1, operation: request.operation, packs, conflicts, records: waiting, ...manifest }));
  const after = { digest: hash(bytes), mode: DEFAULT_MODE };
  const reason = 'what is recorded once the conflicts are settled';
  const path: PlannedPath = { path: PENDING_PATH, class: 'record', action: 'create', reason, after, packs: [], template: '' };
  return { paths: [path], contents: new Map([[after.digest, bytes]]), originals: records.originals };
}

interface OwnRecords {
  readonly request: PlanProjectRequest;
  readonly located: LocatedFiles;
  readonly findBase: FindBaseline;
  readonly secrets: Secrets;
  readonly concerned: ReadonlyMap<ProjectPath, LockedFile>;
  readonly injections: readonly LockedInjection[];
  readonly reconciliation: Reconciliation;
}

async function planOwnRecords(
  { request, located, findBase, secrets, concerned, injections, reconciliation }: OwnRecords,
  ports: PlanningPorts,
): Promise<ReturnType<typeof planRecords>> {
  const { state, answers, packs, composition, now, manifest } = request;
  const { disk, placements } = located;
  const moved = placements.flatMap(({ how, output, target }) =>
    how === 'moved' && output !== undefined ? [[output, target] as const] : [],
  );
  const others = [...state.generated.values()].filter(({ path }) => !concerned.has(path) && !composition.tree.has(path));
  const baseline: Baseline = others.length === 0 ? new Map() : (await findBase()).contents;
  const wanted = new Set(others.map((file) => file.masked ?? file.sha256));
  return planRecords({
    desired: composition.tree,
    digests: reconciliation.digests,
    wasThere: request.adopts ? new Set() : findWasThere(located, reconciliation.paths),
    moved: new Map(moved),
    secrets,
    masked: request.masked,
    now,
    answers: ports.hash(canonicalAnswers(answers)),
    packs: packs.map(toLockedPack),
    injections,
    data: request.data.map(({ pack, name, from, place, path, sha256 }) => ({ pack, name, from, place, path, sha256 })),
    untouched: { files: others, baseline: new Map([...baseline].filter(([digest]) => wanted.has(digest))) },
    manifest,
    disk,
    hash: ports.hash,
    compress: (content) => ports.codec.compress(content),
  });
}

/** Outputs at which the user had a file before any pack wanted one, and that was not overwritten. */
function findWasThere({ placements, disk }: LocatedFiles, paths: readonly PlannedPath[]): ReadonlySet<ProjectPath> {
  const overwritten = new Set(paths.filter(({ situations }) => situations?.includes('overwritten')).map(({ path }) => path));
  return new Set(
    placements.flatMap(({ output, locked, current, isVacated }) => {
      const isFirst = locked === undefined && isVacated !== true && disk.get(current)?.kind === 'file' && !overwritten.has(current);
      return output !== undefined && (isFirst || locked?.wasThere === true) ? [output] : [];
    }),
  );
}

function toLockedPack({ pack: { manifest, provenance, integrity }, source, registry, requested, override }: LoadedPack): LockedPack {
  const origin = {
    ...(registry !== undefined && { registry }),
    ...(requested !== undefined && { requested }),
    ...(provenance.revision !== undefined && { revision: provenance.revision }),
    ...(override !== undefined && { override }),
  };
  const dependencies = Object.fromEntries(manifest.dependencies.map(({ id, version }) => [id, version] as const).sort());
  return { id: manifest.id, version: manifest.version, source, ...origin, integrity, dependencies };
}
