import type { FileEntry, FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ScratchProject } from '../../ports/scratch.ts';

/** The user's files of a project, packsmith's own records left out. */
export async function readCaseProject({ project }: Pick<ScratchProject, 'project'>): Promise<FileTree> {
  const paths = (await project.listFiles()).filter((path) => !path.startsWith('.packsmith/') && !RECORDS.has(path));
  const entries = await project.survey(paths);
  const files = await Promise.all(
    paths.map(async (path): Promise<[ProjectPath, FileEntry][]> => {
      const entry = entries.get(path);
      const content = entry?.kind === 'file' ? await project.readFile(path) : undefined;
      return entry?.kind !== 'file' || content === undefined ? [] : [[path, { content, mode: entry.mode }]];
    }),
  );
  return new Map(files.flat());
}

const RECORDS: ReadonlySet<string> = new Set(['packsmith.toml', 'packsmith.lock']);
