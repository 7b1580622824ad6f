import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findForeignLetter, findPackNameProblem, isPackName, type PackName } from '../../core/pack/pack-name.ts';
import { makeStarterPack } from '../../core/starter/starter-pack.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import type { ProjectDir } from '../../ports/project-dir.ts';

export interface CreatePackRequest {
  readonly id: string;
  /** Absolute. */
  readonly directory: string;
  readonly category?: string;
  readonly author?: string;
  readonly title?: string;
  readonly description?: string;
}

export interface CreatedPack {
  readonly id: PackName;
  readonly directory: string;
  readonly files: readonly ProjectPath[];
}

/**
 * Makes the directory of a new pack, which is valid, can be published, and generates a project as it is.
 * @throws PacksmithError `REFERENCE_INVALID` for an id that is none; `DIRECTORY_IN_THE_WAY`, and those of a failing disk: nothing is then left.
 */
export async function createPack(
  { id, directory, category, author, title, description }: CreatePackRequest,
  { packFiles, clock }: { readonly packFiles: PackFiles; readonly clock: Clock },
): Promise<CreatedPack> {
  const name = requirePackName(id);
  const about = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) };
  const files = makeStarterPack({ id: name, category, author, ...about, year: Number(clock.now().slice(0, 4)) });
  await packFiles.createDirectory(directory, files);
  return { id: name, directory, files: sortedPaths(files) };
}

/** Tells before anything is asked or read that a pack cannot be made in a directory. @throws PacksmithError `DIRECTORY_IN_THE_WAY`. */
export async function requireRoom(directory: string, ports: { openProject(root: string): Pick<ProjectDir, 'inspect'> }): Promise<void> {
  const { exists, isEmpty } = await ports.openProject(directory).inspect();
  if (exists && !isEmpty) throw new PacksmithError('DIRECTORY_IN_THE_WAY', `${directory} is there already and is no empty directory`);
}

/** @throws PacksmithError `REFERENCE_INVALID` for an id that is none. */
export function requirePackName(id: string): PackName {
  if (isPackName(id)) return id;
  const problem = findForeignLetter(id) ?? findPackNameProblem(id);
  throw new PacksmithError('REFERENCE_INVALID', `${JSON.stringify(id)} cannot be the id of a pack: ${problem}`, {
    hint: 'write for example my-pack',
  });
}
