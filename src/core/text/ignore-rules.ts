import { compileIgnorePattern, type Glob } from './glob.ts';

/** One line of a `.gitignore`. */
interface IgnoreRule {
  readonly glob: Glob;
  readonly isNegated: boolean;
  readonly onlyDirectories: boolean;
}

/** Tells what version control leaves out, by `.gitignore` files (gitignore(5)). */
export class IgnoreRules {
  readonly #rules: readonly IgnoreRule[];

  /**
   * @param files texts by the directory that they stand in, `''` for the root; those of deeper directories are stronger.
   * @param compile what reads one pattern; git's way where nothing is said.
   */
  constructor(files: ReadonlyMap<string, string>, compile: (pattern: string) => Glob = compileIgnorePattern) {
    const byDepth = [...files].sort(([a], [b]) => a.split('/').length - b.split('/').length || a.length - b.length);
    this.#rules = byDepth.flatMap(([directory, text]) => parseRules(text, { directory, compile }));
  }

  /** Whether a path is left out, itself or by a directory above it. A directory's path ends in `/`. */
  ignores(path: string): boolean {
    const segments = path.replace(/\/$/, '').split('/');
    for (let depth = 1; depth <= segments.length; depth++) {
      const isDirectory = depth < segments.length || path.endsWith('/');
      if (this.#decide(segments.slice(0, depth).join('/'), isDirectory)) return true;
    }
    return false;
  }

  /**
   * Whether one list of patterns covers a file as pathspec reads it: the last pattern that matches the file or a directory above it decides, so
   * that `!src` brings back what stands below `src`.
   */
  covers(path: string): boolean {
    const segments = path.split('/');
    const above = segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
    const found = this.#rules.findLast(
      ({ glob, onlyDirectories }) => above.some((directory) => glob.matches(directory)) || (!onlyDirectories && glob.matches(path)),
    );
    return found !== undefined && !found.isNegated;
  }

  /**
   * Whether one list of patterns covers a file as the library `ignore` of Rust reads it: what says something of the file itself decides, else what
   * says something of the nearest directory above it, so that `!src/a` brings that back out of `src` wherever it stands in the list.
   */
  coversNearest(path: string): boolean {
    const segments = path.split('/');
    for (let depth = segments.length; depth > 0; depth--) {
      const found = this.#find(segments.slice(0, depth).join('/'), depth < segments.length);
      if (found !== undefined) return !found.isNegated;
    }
    return false;
  }

  #decide(path: string, isDirectory: boolean): boolean {
    const found = this.#find(path, isDirectory);
    return found !== undefined && !found.isNegated;
  }

  /** The last rule that matches decides. */
  #find(path: string, isDirectory: boolean): IgnoreRule | undefined {
    return this.#rules.findLast(({ glob, onlyDirectories }) => (isDirectory || !onlyDirectories) && glob.matches(path));
  }
}

interface RulesPlace {
  readonly directory: string;
  readonly compile: (pattern: string) => Glob;
}

function parseRules(text: string, place: RulesPlace): IgnoreRule[] {
  return text.split(/\r?\n/).flatMap((whole) => parseRule(whole, place) ?? []);
}

function parseRule(whole: string, { directory, compile }: RulesPlace): IgnoreRule | undefined {
  // Spaces at the end count only behind a backslash.
  const line = whole.replace(/(?<!\\)[ \t]+$/, '');
  if (line === '' || line.startsWith('#')) return undefined;
  const isNegated = line.startsWith('!');
  const pattern = isNegated ? line.slice(1) : line;
  const onlyDirectories = pattern.endsWith('/');
  const bare = pattern.replace(/\/$/, '');
  if (bare === '' || bare.length > 500) return undefined;
  const isAnchored = bare.includes('/');
  const inner = bare.replace(/^\//, '');
  const base = directory === '' ? '' : `${directory.replaceAll(/[*?[\\]/g, '\\$&')}/`;
  const glob = compile(`${base}${isAnchored ? '' : '**/'}${inner}`);
  return { glob, isNegated, onlyDirectories };
}
