import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedDecision, LockedFile, LockedPack } from '../../core/lockfile/lockfile.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { Value } from '../../core/pack/values.ts';
import { type PlainValue, toPlainValue } from '../../core/plan/generation-plan.ts';
import { listTemplates } from '../../core/template/list-templates.ts';
import { findReadNames, templateTexts } from '../../core/template/template-texts.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { nearest } from '../../core/text/nearest.ts';
import { type ProjectPath, parseProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { anchorReference } from '../packs/plan-install.ts';
import { readBaseline } from '../reconcile/read-baseline.ts';
import { checkFiles, type FileState } from './check-project.ts';
import { type ProjectState, requireProject } from './load-project.ts';
import { viewRecorded } from './view-recorded.ts';

/** A variable that the template of a file reads, and the recorded answer; a secret or a default that was not recorded has none. */
export interface ExplainedVariable {
  readonly name: string;
  readonly value: PlainValue | undefined;
}

/** A part of a file that several packs gave: a JSON pointer, a section title, a variable, lines. */
export interface ExplainedPart {
  readonly at: string;
  readonly packs: readonly string[];
}

export interface PathExplanation {
  readonly path: ProjectPath;
  readonly state: FileState;
  readonly template: string;
  /** The packs that contributed, in order of composition. */
  readonly packs: readonly LockedPack[];
  /** Empty where one pack gave the whole file, or all gave the same. */
  readonly parts: readonly ExplainedPart[];
  /** How the path was settled, where several packs write it. */
  readonly decision: LockedDecision | undefined;
  /** `undefined` where the pack of the template is no longer to be found at its locked version. */
  readonly variables: readonly ExplainedVariable[] | undefined;
}

/** Tells which packs, which template and which variables a file came from. @throws PacksmithError `PATH_NOT_GENERATED` with the nearest paths, `PROJECT_NOT_FOUND`. */
export async function explainPath(
  { path }: { readonly path: string },
  ports: Pick<Ports, 'project' | 'reporter' | 'repository' | 'codec' | 'hash'>,
): Promise<PathExplanation> {
  const state = await viewRecorded(await requireProject(ports), ports);
  const wanted = parseProjectPath(path);
  const file = state.generated.get(wanted);
  if (file === undefined) throw notGenerated(path, state);
  const { contents } = await readBaseline(state, ports);
  const checked = await checkFiles(state, ports, contents);
  const packs = file.packs.flatMap((id) => state.lockfile.packs.filter((pack) => pack.id === id));
  return {
    path: wanted,
    state: checked.find((candidate) => candidate.path === wanted)?.state ?? 'as-generated',
    template: file.template,
    packs,
    parts: Object.entries(file.parts ?? {}).map(([at, from]) => ({ at, packs: from })),
    decision: file.decision,
    variables: await findVariables({ file, path: wanted, packs, manifest: state.manifest }, ports),
  };
}

interface VariableFacts {
  readonly path: ProjectPath;
  readonly file: LockedFile;
  readonly packs: readonly LockedPack[];
  readonly manifest: ProjectManifest | undefined;
}

async function findVariables(
  { file, path, packs, manifest }: VariableFacts,
  ports: Pick<Ports, 'project' | 'repository'>,
): Promise<ExplainedVariable[] | undefined> {
  const [first] = packs;
  const pack = first && (await loadLocked(first, ports));
  const templates = pack === undefined ? [] : listTemplates(pack);
  const source = templates.find(({ name }) => name === file.template);
  if (pack === undefined || source === undefined) return undefined;
  const injected = templates.filter(({ declaration }) => declaration?.inject?.into === path);
  const texts = [source, ...injected].flatMap(templateTexts);
  const names = findReadNames(texts, source.name);
  const declared = pack.manifest.variables.filter(({ name }) => names.has(name)).sort((a, b) => compareText(a.name, b.name));
  return declared.map(({ name }) => {
    const value = manifest && answerFor(pack.manifest.id, name, manifest);
    return { name, value: value === undefined ? undefined : toPlainValue(value) };
  });
}

/** The answer for one pack is under `"pack.name"` or in a table of its name, and stronger than that for all packs. */
function answerFor(id: string, name: string, { variables }: ProjectManifest): Value | undefined {
  const table = variables.get(id);
  const own = table instanceof Map ? (table as ReadonlyMap<string, Value>).get(name) : undefined;
  return variables.get(`${id}.${name}`) ?? own ?? variables.get(name);
}

/** The pack as it was locked: a local one where its directory still has that content, any other where the repositories still have exactly that version by its id. */
async function loadLocked(locked: LockedPack, { project, repository }: Pick<Ports, 'project' | 'repository'>): Promise<Pack | undefined> {
  const { id, version, source, integrity } = locked;
  const place = source === 'builtin' ? undefined : parsePackReference(source);
  try {
    if (place?.kind !== 'path') return await repository.load(parsePackReference(`${id}@${version}`));
    const pack = await repository.load(anchorReference(place, project.root));
    return pack.integrity === integrity ? pack : undefined;
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
}

function notGenerated(path: string, { generated }: ProjectState): PacksmithError {
  const suggestions = nearest(path, generated.keys());
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : '`packs status --all` lists the generated files';
  return new PacksmithError('PATH_NOT_GENERATED', `${path} was not generated by a pack`, { hint, suggestions });
}
