import { scanSecrets } from '../../core/publish/scan-secrets.ts';
import { compileGlob } from '../../core/text/glob.ts';
import { IgnoreRules } from '../../core/text/ignore-rules.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { FileEntry, FileTree } from '../../core/tree/file-tree.ts';
import { findPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import type { ProjectDir } from '../../ports/project-dir.ts';

export interface SourceTree {
  readonly tree: FileTree;
  /** Directories and files that were left out, by the reason; directories end in `/`. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
}

/** What no project gives away: dependencies, caches, what is built, and where keys and credentials are. */
const BUILT = [
  'node_modules/ .venv/ venv/ __pycache__/ *.pyc *.pyo .pytest_cache/ .mypy_cache/ .ruff_cache/ .tox/ *.egg-info/',
  'dist/ coverage/ .nyc_output/ .next/ .nuxt/ .svelte-kit/ .turbo/ .parcel-cache/ .cache/ *.tsbuildinfo',
  '.gradle/ .terraform/ *.log .DS_Store Thumbs.db',
  '.env .env.* !.env.example* !.env.sample* !.env.template* !.env.dist* !.env.defaults*',
  '.ssh/ .aws/ .azure/ .gnupg/ .kube/ .docker/ .netrc .pypirc .htpasswd .dockercfg .git-credentials .vault-token .pgpass',
  '*.pem *.key *.p12 *.pfx *.jks *.keystore *.kdbx *.ppk id_rsa id_dsa id_ecdsa id_ed25519 *.tfstate *.tfstate.*',
  '.packsmith/ /packsmith.toml /packsmith.lock',
]
  .join(' ')
  .split(' ')
  .join('\n');

/** Reads the files of a project but for what version control ignores, what is built, secrets, links, and what is not wanted. Globs that include are strongest. */
export async function readSourceTree(
  project: ProjectDir,
  { include, exclude }: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): Promise<SourceTree> {
  const wanted = include.map(compileGlob);
  const unwanted = exclude.map(compileGlob);
  const built = new IgnoreRules(new Map([['', BUILT]]));
  const left = new Map<string, string>();
  const isWanted = (path: string): boolean => wanted.some((glob) => glob.matches(path));
  const reasonFor = (path: string, ignored: IgnoreRules): string | undefined => {
    if (isWanted(path.replace(/\/$/, '')) || (path.endsWith('/') && mayHold(include, path))) return undefined;
    if (unwanted.some((glob) => glob.matches(path.replace(/\/$/, '')))) return 'excluded';
    if (ignored.ignores(path)) return 'ignored by version control';
    return built.ignores(path) ? 'built, installed or private' : undefined;
  };
  const skip =
    (ignored: IgnoreRules) =>
    (path: string): boolean => {
      const reason = reasonFor(path, ignored);
      if (reason !== undefined) left.set(path, reason);
      return reason !== undefined;
    };
  const root = new Map([['', await readText(project, '.gitignore')]]);
  const listed = await project.listFiles(skip(new IgnoreRules(root)));
  const nested = await Promise.all(
    listed
      .filter((path) => path.endsWith('/.gitignore'))
      .map(async (path) => [path.slice(0, -'/.gitignore'.length), await readText(project, path)] as const),
  );
  const paths = listed.filter((path) => !skip(new IgnoreRules(new Map([...root, ...nested])))(path));
  const tree = withoutSecrets(await readAll(project, paths, left), isWanted, left);
  return { tree, left: [...left].map(([path, reason]) => ({ path, reason })).sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** What looks like a secret goes into a pack only by name. */
function withoutSecrets(tree: FileTree, isWanted: (path: string) => boolean, left: Map<string, string>): FileTree {
  for (const { message, where } of scanSecrets(tree)) {
    if (where !== undefined && !isWanted(where.file)) left.set(where.file, `line ${where.line ?? 1}: ${message}`);
  }
  return new Map([...tree].filter(([path]) => !left.has(path)));
}

/** Whether something below a directory is included. */
function mayHold(include: readonly string[], directory: string): boolean {
  return include.some((pattern) => pattern.startsWith(directory));
}

async function readText(project: ProjectDir, path: string): Promise<string> {
  const entries = await project.survey([path as ProjectPath]);
  if (entries.get(path as ProjectPath)?.kind !== 'file') return '';
  const content = await project.readFile(path as ProjectPath);
  return (content === undefined ? undefined : decodeUtf8(content)) ?? '';
}

async function readAll(project: ProjectDir, paths: readonly ProjectPath[], left: Map<string, string>): Promise<FileTree> {
  const entries = await project.survey(paths);
  const tree = new Map<ProjectPath, FileEntry>();
  for (const path of paths) {
    const entry = entries.get(path);
    const problem = findPathProblem(path);
    if (problem !== undefined) left.set(path, `not portable: ${problem}`);
    else if (entry?.kind !== 'file') left.set(path, 'a link, or no plain file');
    else {
      const content = await project.readFile(path);
      // What others may do with the file is theirs to decide: only whether it can be run is kept.
      if (content !== undefined) tree.set(path, { content, mode: (entry.mode & 0o100) === 0 ? 0o644 : 0o755 });
    }
  }
  return tree;
}
