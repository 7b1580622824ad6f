import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findMarker } from '../../core/foreign/foreign-kind.ts';
import { referenceWithin } from '../../core/foreign/reference-within.ts';
import { SeveralTemplates } from '../../core/foreign/several-templates.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import { demandsOf } from '../project/demands.ts';
import type { PackDemand } from '../project/load-packs.ts';
import { loadProject, type ProjectState } from '../project/load-project.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from '../project/plan-wanted.ts';
import { filledManifest, newManifestText } from '../project/project-manifest-text.ts';
import type { FoundRecords, RecordedDemand } from './find-foreign-records.ts';
import { inferredAnswers } from './infer-answers.ts';
import { type Candidates, type CandidatesRequest, exactReference, listCandidates } from './list-candidates.ts';
import { type Match, matchPack } from './match-pack.ts';
import type { InferredAnswer } from './match-request.ts';

export interface AdoptRequest extends ProjectOptions {
  /** The packs that the project was made from, or like; those of packsmith.toml when empty. */
  readonly references: readonly string[];
  /** How many versions of each pack are compared, the newest ones. */
  readonly versions: number;
}

/** One pack of an adoption: the version that was chosen, and what else was looked at. */
export interface AdoptedPack extends Match {
  readonly id: PackName;
  /** The next best version. */
  readonly runnerUp: Match | undefined;
  /** How many versions were compared, and how many there are besides. */
  readonly compared: number;
  readonly notCompared: number;
}

export interface Adoption {
  readonly preview: GenerationPreview;
  readonly packs: readonly AdoptedPack[];
  /** What the files say of variables that nobody answered. */
  readonly inferred: readonly InferredAnswer[];
}

/** Directories that programs fill, and packs, which look like what they give. */
const PASSED_OVER = /^packs\/|(^|\/)(\.git|node_modules|dist|build|target|vendor|\.venv|__pycache__|coverage)\//;

/**
 * Plans giving records to a project that has none, as if it had been generated from the versions of the packs that it is most like: what is
 * different in it is the user's edit from then on. No file of the user's is written.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_ALREADY_GENERATED`, `ADOPT_NO_MATCH`, `ADOPT_RECORD_INVALID`.
 */
export async function planAdoption(asked: AdoptRequest, ports: GenerationPorts): Promise<Adoption> {
  const state = await loadProject(ports);
  refuseGenerated(state, ports);
  const places = { workingDirectory: asked.workingDirectory, root: ports.project.root };
  const named = demandsOf({ references: asked.references, packs: state.manifest?.packs ?? [], places });
  const manifest = state.manifest ?? emptyManifest();
  const files = await ports.project.listFiles((path) => PASSED_OVER.test(path));
  const recorded = named.length === 0 ? await findRecorded(files, ports) : undefined;
  const demands = recorded?.demands ?? named;
  const request = { ...asked, given: [...asked.given, ...(recorded?.given ?? [])] };
  if (demands.length === 0)
    throw new PacksmithError('INVALID_ARGUMENTS', 'name the packs that the project was made from', { hint: 'packs adopt REF… [DIR]' });
  const chosen: Chosen[] = [];
  // One after the other: what one pack says of a shared variable holds for the next.
  for (const demand of demands) chosen.push(await choose({ demand, request, state, manifest, files, before: chosen }, ports));
  const inferred = chosen.flatMap((entry) => entry.inferred);
  const name = inferred.find(({ kind }) => kind === 'project-name')?.value;
  const titled: ProjectManifest = typeof name === 'string' ? { ...manifest, name: manifest.name ?? name } : manifest;
  const preview = await planWanted(
    {
      operation: 'adopt',
      state,
      demands: chosen.map(({ exact }) => exact),
      manifest: titled,
      manifestText: (facts) => (state.manifestText === undefined ? newManifestText(facts, undefined) : filledManifest(state, facts)),
      policy: 'ours',
      adopts: true,
    },
    { ...request, given: [...request.given, ...inferredAnswers(inferred)], skipHooks: true, ifExists: 'merge', backup: false },
    ports,
  );
  const plan = { ...preview.plan, warnings: [...preview.plan.warnings, ...(recorded?.notes ?? [])] };
  return { preview: { ...preview, plan }, packs: chosen.map(({ adopted }) => adopted), inferred };
}

/** What Copier or cruft recorded; loaded only where nothing else says what a project was made from. */
async function findRecorded(files: readonly ProjectPath[], { project }: Pick<GenerationPorts, 'project'>): Promise<FoundRecords> {
  const { findForeignRecords } = await import('./find-foreign-records.ts');
  return findForeignRecords(files, project);
}

function refuseGenerated({ lockfile }: ProjectState, { project }: Pick<GenerationPorts, 'project'>): void {
  if (lockfile === undefined) return;
  const packs = lockfile.packs.map(({ id }) => id).join(', ');
  throw new PacksmithError('PROJECT_ALREADY_GENERATED', `${project.root} has a packsmith.lock: it was generated from ${packs}`, {
    hint: '`packs add` puts another pack into it, and `packs update` brings newer versions',
  });
}

function emptyManifest(): ProjectManifest {
  return {
    format: 1,
    name: undefined,
    packs: [],
    variables: new Map(),
    merge: { mode: 'merge', rules: [] },
    preserve: [],
    overrides: new Map(),
  };
}

interface ChooseRequest {
  readonly demand: PackDemand;
  readonly request: AdoptRequest;
  readonly state: ProjectState;
  readonly manifest: ProjectManifest;
  readonly files: readonly ProjectPath[];
  readonly before: readonly Chosen[];
}

/** The candidates of a demand; of a template of several tools those that the tool of the record reads. */
async function listOfTool(
  demand: PackDemand & Partial<Pick<RecordedDemand, 'tool' | 'relativeIn'>>,
  rest: Omit<CandidatesRequest, 'demand'>,
  ports: GenerationPorts,
): Promise<Candidates & { readonly demand: PackDemand }> {
  try {
    return { demand, ...(await listCandidates({ demand, ...rest }, ports)) };
  } catch (error) {
    const { tool, requested, relativeIn } = demand;
    if (relativeIn !== undefined && error instanceof PacksmithError && ['PACK_NOT_FOUND', 'SOURCE_UNREACHABLE'].includes(error.code))
      throw new PacksmithError(error.code, error.message, {
        hint: `${relativeIn} has a path that counts from where its tool ran: write the whole path there`,
      });
    const listed = error instanceof SeveralTemplates ? error.templates : [];
    const path = listed.find((one) => tool !== undefined && findMarker(one.path)?.kind === tool)?.path;
    const reference = path === undefined ? undefined : referenceWithin(demand.reference, path);
    if (path === undefined || reference === undefined) throw error;
    const within = requested === undefined ? undefined : referenceWithin(requested, path);
    return listOfTool({ ...demand, reference, ...(within !== undefined && { requested: within }) }, rest, ports);
  }
}

interface Chosen {
  readonly exact: PackDemand;
  readonly adopted: AdoptedPack;
  readonly inferred: readonly InferredAnswer[];
}

async function choose({ demand: asked, request, state, manifest, files, before }: ChooseRequest, ports: GenerationPorts): Promise<Chosen> {
  const { offline = false, signal, workingDirectory } = request;
  const options: FetchOptions = { offline, ...(signal && { signal }) };
  const { candidates, notCompared, reference, exact, demand } = await listOfTool(asked, { options, limit: request.versions }, ports);
  const given = [...request.given, ...inferredAnswers(before.flatMap(({ inferred }) => inferred))];
  const match = await matchPack({ candidates, state, manifest, given, workingDirectory, files }, ports);
  const [best, runnerUp] = match?.matches ?? [];
  if (match === undefined || best === undefined || best.identical + best.alike === 0) {
    const compared = candidates.length === 1 ? 'one version was' : `${candidates.length} versions were`;
    throw new PacksmithError('ADOPT_NO_MATCH', `${ports.project.root} has no file that is like what ${demand.reference} gives`, {
      hint: `${compared} compared; answers that decide about paths help: give them with --var`,
    });
  }
  const { id } = match.pack.manifest;
  const release = exact.get(match.pack);
  return {
    exact: {
      ...demand,
      reference: release ?? exactReference(reference, best.version) ?? demand.reference,
      // Updates go on from the repository, not from the one release.
      ...(release !== undefined && { requested: demand.requested ?? demand.reference }),
    },
    adopted: { id, ...best, runnerUp, compared: match.matches.length, notCompared },
    inferred: match.inferred,
  };
}
