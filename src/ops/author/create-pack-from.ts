import { basename } from 'node:path';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { createEnvironment } from '../../core/jinja/environment.ts';
import { renderTemplate } from '../../core/jinja/render-template.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { scanSecrets } from '../../core/publish/scan-secrets.ts';
import { makePackFrom, type PackFrom, type PackFromRequest } from '../../core/starter/make-pack-from.ts';
import { findProjectFacts, type ProjectFacts } from '../../core/starter/project-facts.ts';
import { type Proposal, proposeVariables } from '../../core/starter/proposals.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import type { ProjectDir } from '../../ports/project-dir.ts';
import { readPackTree } from '../packs/read-pack-tree.ts';
import type { CasePorts } from './case-world.ts';
import { generateTree } from './generate-tree.ts';
import { readSourceTree, type SourceTree } from './read-source-tree.ts';

export interface SurveyRequest {
  /** The project that the pack is made from. */
  readonly project: ProjectDir;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What a project has that a pack can be made from. */
export interface ProjectSurvey extends SourceTree {
  readonly name: string;
  readonly facts: ProjectFacts;
  readonly proposals: readonly Proposal[];
  /** What looks like a secret. */
  readonly secrets: readonly Diagnostic[];
}

/** Reads a project and finds out what should be variables; writes nothing. @throws PacksmithError `PROJECT_NOT_FOUND` where there are no files, `FILE_NOT_FOUND`, `PATH_BLOCKED`. */
export async function surveyProject(
  { project, include, exclude }: SurveyRequest,
  { hash }: Pick<CasePorts, 'hash'>,
): Promise<ProjectSurvey> {
  if (!(await project.inspect()).exists)
    throw new PacksmithError('FILE_NOT_FOUND', `there is no directory ${project.root}`, {
      hint: 'give the directory of the project that the pack is made from',
    });
  const source = await readSourceTree(project, { include, exclude });
  if (source.tree.size === 0)
    throw new PacksmithError('PROJECT_NOT_FOUND', `${project.root} has no files that a pack could be made from`, {
      hint: 'what version control ignores is left out; `--include GLOB` takes it all the same',
    });
  const directory = basename(project.root);
  const facts = findProjectFacts(source.tree, directory);
  const name = facts.name ?? directory;
  const environment = createEnvironment({ hash });
  const proposals = proposeVariables(facts, name, (expression, variables) => {
    try {
      return renderTemplate(expression, { name: 'a spelling', context: variables, environment });
    } catch (error) {
      if (error instanceof PacksmithError) return undefined;
      throw error;
    }
  });
  return { ...source, name, facts, proposals, secrets: scanSecrets(source.tree) };
}

export interface CreateFromRequest {
  readonly survey: ProjectSurvey;
  /** The proposals that are wanted. */
  readonly proposals: readonly Proposal[];
  readonly pack: Omit<PackFromRequest, 'tree' | 'proposals' | 'verbatim' | 'name'> & { readonly id: PackName };
  /** Of the pack, absolute. */
  readonly directory: string;
  readonly signal?: AbortSignal;
}

export interface CreatedFrom extends PackFrom {
  /** Files that are copied because a template would not give them back byte for byte. */
  readonly verbatim: readonly string[];
}

/**
 * Makes the pack and its directory: all of it, or nothing. The pack is tried before it is written: with its defaults it gives every file back.
 * @throws PacksmithError `DIRECTORY_IN_THE_WAY`, `PACK_NOT_FAITHFUL`, `INTERRUPTED`, and those of a failing disk.
 */
export async function createPackFrom(
  request: CreateFromRequest,
  ports: CasePorts & { readonly packFiles: PackFiles },
): Promise<CreatedFrom> {
  const { survey, proposals, pack, directory, signal } = request;
  const make = (verbatim: ReadonlySet<string>): PackFrom =>
    makePackFrom({ ...pack, name: survey.name, tree: survey.tree, proposals, verbatim });
  const first = make(new Set());
  const unlike = await findDifferences(first, request, ports);
  const verbatim = new Set(unlike);
  const made = verbatim.size === 0 ? first : make(verbatim);
  const left = verbatim.size === 0 ? [] : await findDifferences(made, request, ports);
  if (left.length > 0) {
    throw new PacksmithError('PACK_NOT_FAITHFUL', `the pack would not give ${left.slice(0, 5).join(', ')} back as it is`, {
      hint: `leave such files out: \`--exclude ${left[0]}\``,
    });
  }
  signal?.throwIfAborted();
  await ports.packFiles.createDirectory(directory, made.files);
  return { ...made, verbatim: [...verbatim] };
}

/** The files of the project that the pack, with its defaults, does not give back byte for byte, and those that it gives besides. */
async function findDifferences({ files }: PackFrom, { survey, directory, signal }: CreateFromRequest, ports: CasePorts): Promise<string[]> {
  const pack = readPackTree(files, { provenance: { kind: 'project', location: directory }, integrity: 'made' });
  const given = await generateTree({ pack, directory, ...(signal && { signal }) }, ports);
  return [...new Set([...sortedPaths(survey.tree), ...sortedPaths(given)])].filter((path) => !isSame(survey.tree, given, path));
}

function isSame(a: FileTree, b: FileTree, path: Parameters<FileTree['get']>[0]): boolean {
  const [left, right] = [a.get(path), b.get(path)];
  if (left === undefined || right === undefined || left.content.length !== right.content.length) return false;
  return (left.mode & 0o100) === (right.mode & 0o100) && left.content.every((byte, index) => byte === right.content[index]);
}
