import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Baseline } from '../../core/lockfile/baseline.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import { storedBytes } from '../../core/plan/plan-records.ts';
import type { GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { checkAnswer } from '../../core/template/answers/check-answer.ts';
import { exampleOf } from '../../core/template/answers/describe-expectation.ts';
import { secretsAmong } from '../../core/template/mask-secrets.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { DataPorts } from '../data/prepare-data.ts';
import { prepareDataOf } from '../data/prepare-data-of.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';
import { type AbsentPack, loadLockedPacks } from '../project/load-locked-packs.ts';
import type { ProjectState } from '../project/load-project.ts';
import type { LoadedPack } from '../project/loaded-pack.ts';
import { withExternalData } from './read-external-data.ts';
import { renderMasked } from './render-masked.ts';
import { renderProject } from './render-project.ts';
import { projectAnswers, projectFacts, settleAnswers } from './settle-answers.ts';
import { settleComposition } from './settle-composition.ts';

export interface ReplayRequest extends FetchOptions {
  /** Of the project as the last generation left it; its packsmith.toml has the answers. */
  readonly state: ProjectState;
  /** What is given now: it answers only what packsmith.toml does not, such as secrets. */
  readonly given: readonly GivenAnswers[];
  /** Absolute; paths of data are relative to it. */
  readonly workingDirectory: string;
}

export interface ReplayedGeneration {
  /** Only bytes of which packsmith.lock has the digest, secrets masked. */
  readonly contents: Baseline;
  /** All that was rendered, by path, whether packsmith.lock has its digest or not. */
  readonly rendered: RenderedFiles;
  /** The locked packs that are not to be had, and why. */
  readonly absent: readonly AbsentPack[];
}

type ReplayPorts = ResolvePorts & DataPorts & Pick<Ports, 'clock'>;

/**
 * Renders the last generation again: the locked packs, the recorded answers and instant, data as it is now, and no hooks. Each file is compared with its digest in
 * packsmith.lock, so that what comes out differently, whatever the reason, is no base. Never fails for what the packs or answers are.
 */
export async function replayGeneration(request: ReplayRequest, ports: ReplayPorts): Promise<ReplayedGeneration> {
  const { state } = request;
  const { lockfile, manifest } = state;
  if (lockfile === undefined || manifest === undefined) return { contents: new Map(), rendered: new Map(), absent: [] };
  const { packs, absent } = await loadLockedPacks({ ...request, lockfile, manifest }, ports);
  if (packs.length === 0) return { contents: new Map(), rendered: new Map(), absent };
  const given = [...projectAnswers(manifest), ...request.given];
  const locked = [...state.generated.values()];
  const contents = new Map<Digest, Uint8Array>();
  const rendered = new Map<ProjectPath, Uint8Array>();
  // A file with a secret that is not given now is rendered with something in its place: what is stored has only its mask.
  for (const standIns of [[], secretStandIns(packs)]) {
    const isWanted = (digest: Digest): boolean => locked.some(({ sha256, masked = sha256 }) => masked === digest);
    if (locked.every(({ sha256, masked = sha256 }) => contents.has(masked))) break;
    const tree = await renderStored(
      { state, manifest, packs, workingDirectory: request.workingDirectory, given: [...given, ...standIns] },
      ports,
    );
    for (const [path, content] of tree) {
      const digest = ports.hash(content);
      if (isWanted(digest)) contents.set(digest, content);
      if (!rendered.has(path)) rendered.set(path, content);
    }
  }
  return { contents, rendered, absent };
}

type RenderedFiles = ReadonlyMap<ProjectPath, Uint8Array>;

interface RenderRequest {
  readonly state: ProjectState;
  readonly manifest: ProjectManifest;
  readonly packs: readonly LoadedPack[];
  readonly given: readonly GivenAnswers[];
  readonly workingDirectory: string;
}

/** What these packs and answers give, as a baseline stores it; nothing where they give nothing. */
async function renderStored(
  { state, manifest, packs, given, workingDirectory }: RenderRequest,
  ports: ReplayPorts,
): Promise<RenderedFiles> {
  const quiet = { ...ports, reporter: { report: () => undefined }, prompter: undefined };
  try {
    const facts = await withExternalData(projectFacts({ state, manifest, packs }, ports), ports.project);
    const answers = await settleAnswers({ manifest, given, ask: 'never', assume: true, packs, facts }, quiet);
    const { merge } = manifest;
    const { facts: data } = await prepareDataOf({ facts, answers, workingDirectory, state, expectsChanges: true }, quiet);
    const { composition } = await settleComposition({ rendered: renderProject({ facts, answers, data }, quiet), merge }, quiet);
    const masked = await renderMasked({ facts, answers, data, merge }, quiet);
    const secrets = secretsAmong(answers);
    return new Map([...composition.tree].map(([path, file]) => [path, storedBytes(file, masked.get(path), secrets).stored] as const));
  } catch (error) {
    if (error instanceof PacksmithError && error.code !== 'INTERRUPTED') return new Map();
    throw error;
  }
}

function secretStandIns(packs: readonly LoadedPack[]): GivenAnswers[] {
  const secrets = packs.flatMap(({ pack }) => pack.manifest.variables.filter(({ type }) => type === 'secret'));
  const values = secrets.map((definition): [string, GivenValue] => {
    const unlikely: GivenValue = { kind: 'text', text: `packsmith-stand-in-for-${definition.name}` };
    const isValid = checkAnswer(unlikely, definition).kind === 'valid';
    return [definition.name, isValid ? unlikely : { kind: 'text', text: exampleOf(definition) }];
  });
  return [{ source: 'settings', detail: 'a stand-in', values: new Map(values) }];
}
