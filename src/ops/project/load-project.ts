import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { USUAL_RECORDS } from '../../core/foreign/record-names.ts';
import { LOCKFILE_PATH, type LockedFile, type Lockfile, MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import { parseLockfile } from '../../core/lockfile/parse-lockfile.ts';
import { PENDING_PATH, type Pending, parsePending } from '../../core/lockfile/pending.ts';
import { parseProjectManifest } from '../../core/manifest/parse-project-manifest.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { type ProjectPath, parseProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { recognizeOriginals } from '../render/recognize-masked.ts';

/** What a project says of itself; everything is absent in a directory that was never generated. */
export interface ProjectState {
  readonly manifest: ProjectManifest | undefined;
  readonly manifestText: string | undefined;
  readonly lockfile: Lockfile | undefined;
  /** A change whose conflicts are not settled yet. */
  readonly pending: Pending | undefined;
  /** The last generation by path. */
  readonly generated: ReadonlyMap<ProjectPath, LockedFile>;
}

/**
 * Reads packsmith.toml and packsmith.lock, after finishing or taking back what an interrupted command left.
 * @throws PacksmithError `PROJECT_MANIFEST_INVALID` with all findings, `LOCKFILE_INVALID`.
 */
export async function loadProject({ project, reporter }: Pick<Ports, 'project' | 'reporter'>): Promise<ProjectState> {
  const recovery = await project.recover();
  if (recovery !== undefined) {
    const { operation, outcome, kept } = recovery;
    reporter.report({ kind: 'recovered', operation, outcome, kept });
  }
  const manifestText = await readText(project, MANIFEST_PATH);
  const lockText = await readText(project, LOCKFILE_PATH);
  const pendingText = await readText(project, PENDING_PATH);
  const lockfile = lockText === undefined ? undefined : parseLockfile(lockText);
  const generated = await readGenerated(lockfile, { project });
  return {
    manifest: manifestText === undefined ? undefined : parseManifest(manifestText),
    manifestText,
    lockfile,
    generated,
    pending: pendingText === undefined ? undefined : parsePending(pendingText),
  };
}

/** The files of a generation by path, with the digests of secrets that this copy of the project knows. */
export function readGenerated(lockfile: Lockfile | undefined, ports: Pick<Ports, 'project'>): Promise<ProjectState['generated']> {
  return recognizeOriginals(new Map((lockfile?.files ?? []).map((file) => [file.path, file] as const)), ports);
}

/** As `loadProject`, for commands that need a generated project. @throws PacksmithError `PROJECT_NOT_FOUND` as well. */
export async function requireProject(ports: Pick<Ports, 'project' | 'reporter'>): Promise<ProjectState & { readonly lockfile: Lockfile }> {
  const state = await loadProject(ports);
  const { lockfile } = state;
  if (lockfile === undefined) {
    throw new PacksmithError('PROJECT_NOT_FOUND', `${ports.project.root} is not a packsmith project: it has no ${LOCKFILE_PATH}`, {
      hint: await adviseOnOther(state, ports),
    });
  }
  return { ...state, lockfile };
}

/** What to do in a directory that is no project yet; one that another tool made, or that was made before there was a record, is adopted. */
async function adviseOnOther({ manifest }: ProjectState, { project }: Pick<Ports, 'project'>): Promise<string> {
  const [record] = (await project.survey(USUAL_RECORDS.map(parseProjectPath))).keys();
  if (record !== undefined) return `${record} names the template that it was made from: \`packs adopt\` takes it over`;
  const elsewhere = '`--cwd DIR` names another directory';
  if (manifest === undefined) return `\`packs generate ID DIR\` makes one; ${elsewhere}`;
  const packs = manifest.packs.length === 0 ? ' REF…' : '';
  const make = packs === '' ? `compose --file ${MANIFEST_PATH} --output .` : 'generate ID .';
  return `it has ${MANIFEST_PATH}: \`packs adopt${packs}\` takes over files that are there, \`packs ${make} --into-existing\` makes them; ${elsewhere}`;
}

/**
 * As `requireProject`, for commands that change what the manifest asks for: without one, or with one that lists nothing, everything would be taken
 * for unwanted. @throws PacksmithError `PACKS_NOT_LISTED` as well.
 */
export async function requireManifest(
  ports: Pick<Ports, 'project' | 'reporter'>,
): Promise<ProjectState & { readonly lockfile: Lockfile; readonly manifest: ProjectManifest }> {
  const state = await requireProject(ports);
  const { manifest } = state;
  if (manifest === undefined) {
    throw new PacksmithError('PROJECT_NOT_FOUND', `${ports.project.root} has ${LOCKFILE_PATH}, but no ${MANIFEST_PATH}`, {
      hint: `restore ${MANIFEST_PATH} from version control; \`packs generate\` with the same packs writes a new one`,
    });
  }
  refuseUnlisted(manifest, state.lockfile);
  return { ...state, manifest };
}

function refuseUnlisted({ packs: listed }: ProjectManifest, { packs }: Lockfile): void {
  if (listed.length > 0 || packs.length === 0) return;
  const ids = packs.map(({ id }) => id).join(', ');
  throw new PacksmithError('PACKS_NOT_LISTED', `${MANIFEST_PATH} lists no packs, but ${LOCKFILE_PATH} has ${ids}`, {
    hint: `restore [packs] of ${MANIFEST_PATH} from version control, or let \`packs generate\` with the same packs write it; \`packs remove\` takes packs out`,
  });
}

function parseManifest(text: string): ProjectManifest {
  const { manifest, diagnostics } = parseProjectManifest(text, MANIFEST_PATH);
  if (manifest === undefined) throw new PacksmithError('PROJECT_MANIFEST_INVALID', `${MANIFEST_PATH} has errors`, { diagnostics });
  return manifest;
}

async function readText(project: Ports['project'], path: ProjectPath): Promise<string | undefined> {
  const bytes = await project.readFile(path);
  if (bytes === undefined) return undefined;
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new PacksmithError('LOCKFILE_INVALID', `${path} is not valid UTF-8`, { where: { file: path } });
  return text;
}
