import { isAbsolute, relative, resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { DataPlace, LockedData, LockedFile } from '../../core/lockfile/lockfile.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import { parseOutputPath } from '../../core/template/parse-output-path.ts';
import { findPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

/** Where a file of data was found, and its bytes. */
export interface LocatedData {
  readonly place: DataPlace;
  /** Below the pack or the project; relative to the project's root, with `/`, for a file outside. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface LocateRequest {
  readonly pack: Pack;
  /** The name in `[data]`, for messages. */
  readonly name: string;
  /** What `from` rendered to; not empty. */
  readonly from: string;
  readonly entries: readonly AnswerEntry[];
  /** Where relative paths of this run's answers start. Absolute. */
  readonly workingDirectory: string;
  readonly generated: ReadonlyMap<ProjectPath, LockedFile>;
  /** What the lockfile has of the same data. */
  readonly locked: LockedData | undefined;
}

type LocatePorts = Pick<Ports, 'project' | 'dataFiles'>;

/** Who says that the file is to be read: the user in this run, the user's packsmith.toml, or only the pack. */
type Authority = 'run' | 'project' | 'pack';

/**
 * Finds the file that a pack's `from` means. A pack alone can name its own files, and files of the project that it generated. Any other file is
 * read only where the path is, as a whole, an answer that the user gave: in this run, relative to the working directory, then to the project; from
 * packsmith.toml, inside the project, or outside it only what the user of this machine once named in a run.
 * @returns `undefined` where there is no such file, and only the pack asked for it.
 * @throws PacksmithError `DATA_NOT_FOUND`, `DATA_NOT_NAMED`, `PATH_BLOCKED`, `LIMIT_EXCEEDED`, `FILE_UNREADABLE`.
 */
export async function locateData(request: LocateRequest, ports: LocatePorts): Promise<LocatedData | undefined> {
  const authority = authorityOf(request);
  const looked: string[] = [];
  for (const full of candidates(authority, request, ports)) {
    const found = await readCandidate({ full, authority, request }, ports);
    if (found !== undefined) return found;
    looked.push(full);
  }
  const own = request.pack.files.get(request.from as ProjectPath);
  if (own !== undefined) return { place: 'pack', path: request.from, bytes: own.content };
  if (authority === 'pack') return undefined;
  throw new PacksmithError('DATA_NOT_FOUND', `data.${request.name} of ${request.pack.manifest.id}: there is no file ${request.from}`, {
    hint: `it was looked for as ${looked.join(', ')}, and in the pack`,
  });
}

/** A choice or a computed value is the pack's, whoever picked it; so is what equals the pack's default. */
function authorityOf({ pack, from, entries }: LocateRequest): Authority {
  const ranks = entries.map(({ packs, value, source, definition }): Authority => {
    const isText = definition.type === 'string' || definition.type === 'text' || definition.type === 'path';
    if (!isText || value !== from || definition.default === from || !packs.includes(pack.manifest.id)) return 'pack';
    // What files of the project gave is no more than what its packsmith.toml has, and so is a default of the pack that was agreed to.
    if (source === 'project' || source === 'inferred' || (source === 'interactive' && isComputed(definition.default))) return 'project';
    return source === undefined || source === 'default' || source === 'computed' || source === 'none' ? 'pack' : 'run';
  });
  return ranks.find((rank) => rank === 'run') ?? ranks.find((rank) => rank === 'project') ?? 'pack';
}

function isComputed(value: unknown): boolean {
  return typeof value === 'string' && /\{[{%]/.test(value);
}

/** Absolute paths, the first that exists is the one. */
function candidates(
  authority: Authority,
  { from, workingDirectory, generated, locked, pack }: LocateRequest,
  { project }: LocatePorts,
): string[] {
  const inProject = resolve(project.root, from);
  if (authority === 'run') return [...new Set([resolve(workingDirectory, from), inProject])];
  if (authority === 'project') {
    return [
      inProject,
      ...(locked !== undefined && locked.from === from && locked.place !== 'pack' ? [resolve(project.root, locked.path)] : []),
    ];
  }
  const own = [...generated.values()].find(({ path, output = path, packs }) => output === from && packs.includes(pack.manifest.id));
  return own === undefined ? [] : [resolve(project.root, own.path)];
}

interface Candidate {
  readonly full: string;
  readonly authority: Authority;
  readonly request: LocateRequest;
}

async function readCandidate(
  { full, authority, request }: Candidate,
  { project, dataFiles }: LocatePorts,
): Promise<LocatedData | undefined> {
  const path = relative(project.root, full).replaceAll('\\', '/');
  const isOutside = path === '' || path === '..' || path.startsWith('../') || isAbsolute(path);
  if (!isOutside) {
    if (findPathProblem(path) !== undefined) return undefined;
    const bytes = await project.readFile(parseOutputPath(path));
    return bytes === undefined ? undefined : { place: 'project', path, bytes };
  }
  if (authority !== 'run' && !dataFiles.wasNamed({ project: project.root, path: full })) {
    throw new PacksmithError(
      'DATA_NOT_NAMED',
      `data.${request.name} of ${request.pack.manifest.id} is ${path}, a file outside the project`,
      {
        hint: 'only files that you name yourself are read there: give the answer once more, as `--var NAME=PATH`, or move the file into the project',
      },
    );
  }
  const bytes = await dataFiles.read(full);
  return bytes === undefined ? undefined : { place: 'outside', path, bytes };
}
