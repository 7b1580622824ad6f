import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { compareVersions } from '../../core/pack/versions.ts';
import { type Likeness, measureLikeness } from '../../core/reconcile/likeness.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { DataPorts } from '../data/prepare-data.ts';
import { prepareDataOf } from '../data/prepare-data-of.ts';
import { withExternalData } from '../render/read-external-data.ts';
import { renderProject } from '../render/render-project.ts';
import { projectAnswers, projectFacts, settleAnswers } from '../render/settle-answers.ts';
import { settleComposition } from '../render/settle-composition.ts';
import { inferAnswers, inferredAnswers } from './infer-answers.ts';
import type { InferredAnswer, MatchRequest, PresentFiles, RenderTry } from './match-request.ts';

export type MatchPorts = DataPorts & Pick<Ports, 'clock' | 'reporter' | 'prompter'>;

export interface Match extends Likeness {
  readonly version: string;
}

export interface PackMatch {
  readonly pack: Pack;
  /** Best first; of equal ones the newest. */
  readonly matches: readonly Match[];
  readonly inferred: readonly InferredAnswer[];
}

/**
 * Finds the version of a pack that a project is most like: each is rendered and compared with the files that are there. What the files say of
 * variables is found out with the version that comes first, and used for all of them. @throws PacksmithError where none can be rendered: why the newest
 * cannot.
 */
export async function matchPack(request: MatchRequest, ports: MatchPorts): Promise<PackMatch | undefined> {
  const present = await cachedFiles(request.files, ports.project);
  let failure: PacksmithError | undefined;
  const render: RenderTry = async (pack, answers) => {
    try {
      return await renderAlone({ pack, answers, request }, ports);
    } catch (error) {
      if (!(error instanceof PacksmithError) || error.code === 'INTERRUPTED') throw error;
      failure ??= error;
      return undefined;
    }
  };
  const measure = async (pack: Pack, answers: readonly InferredAnswer[]): Promise<Likeness | undefined> => {
    const tree = await render(pack, answers);
    if (tree === undefined) return undefined;
    await present.read(tree.keys());
    return measureLikeness(tree, present.get);
  };
  const first = await rank(request.candidates, (pack) => measure(pack, []));
  const [top] = first;
  if (top === undefined && failure !== undefined) throw failure;
  if (top === undefined) return undefined;
  const settings = { request, render, measure, present, files: request.files };
  const inferred = await inferAnswers(top.pack, settings);
  const second = inferred.length === 0 ? first : await rank(request.candidates, (pack) => measure(pack, inferred));
  const best = second[0] ?? top;
  const own = best.pack === top.pack ? inferred : await inferAnswers(best.pack, settings);
  const likeness = (await measure(best.pack, own)) ?? best.likeness;
  const ranked = second.map((entry) => (entry === best ? { ...entry, likeness } : entry));
  return { pack: best.pack, matches: ranked.map((entry) => ({ version: entry.pack.manifest.version, ...entry.likeness })), inferred: own };
}

interface Ranked {
  readonly pack: Pack;
  readonly likeness: Likeness;
}

async function rank(candidates: readonly Pack[], measure: (pack: Pack) => Promise<Likeness | undefined>): Promise<Ranked[]> {
  const ranked: Ranked[] = [];
  for (const pack of candidates) {
    const likeness = await measure(pack);
    if (likeness !== undefined) ranked.push({ pack, likeness });
  }
  return ranked.sort((a, b) => b.likeness.score - a.likeness.score || compareVersions(b.pack.manifest.version, a.pack.manifest.version));
}

interface RenderAlone {
  readonly pack: Pack;
  readonly answers: readonly InferredAnswer[];
  readonly request: MatchRequest;
}

async function renderAlone({ pack, answers, request }: RenderAlone, ports: MatchPorts): Promise<DesiredTree> {
  const { state, workingDirectory } = request;
  const name = answers.find(({ kind }) => kind === 'project-name')?.value;
  const manifest = typeof name === 'string' ? { ...request.manifest, name } : request.manifest;
  const packs = [{ pack, source: '', because: 'asked for', isFoundById: true }];
  const quiet = { ...ports, reporter: { report: () => undefined }, prompter: undefined };
  const facts = await withExternalData(projectFacts({ state: { ...state, manifest: undefined }, manifest, packs }, ports), ports.project);
  const given = [...request.given, ...inferredAnswers(answers), ...projectAnswers(request.manifest)];
  const settled = await settleAnswers({ manifest, given, ask: 'never', assume: true, packs, facts }, quiet);
  const { facts: data } = await prepareDataOf({ facts, answers: settled, workingDirectory, state, expectsChanges: true }, quiet);
  const rendered = renderProject({ facts, answers: settled, data }, quiet);
  return (await settleComposition({ rendered, merge: request.manifest.merge }, quiet)).composition.tree;
}

/** Plain files of the project, each read once. */
async function cachedFiles(files: readonly ProjectPath[], project: Ports['project']): Promise<PresentFiles> {
  const listed = new Set(files);
  const known = new Map<ProjectPath, Uint8Array | undefined>();
  return {
    get: (path) => known.get(path),
    read: async (paths) => {
      const wanted = [...paths].filter((path) => listed.has(path) && !known.has(path));
      const disk = await project.survey(wanted);
      for (const path of wanted) known.set(path, disk.get(path)?.kind === 'file' ? await project.readFile(path) : undefined);
    },
  };
}
