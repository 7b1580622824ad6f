import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { ParseTemplate } from '../../jinja/environment.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { compileRustIgnorePattern } from '../../text/glob.ts';
import { IgnoreRules } from '../../text/ignore-rules.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { utf8At } from '../../tree/file-text.ts';
import { type FileEntry, type FileTree, sortedPaths } from '../../tree/file-tree.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { type CargoConfig, CONFIG_FILE, type FileLists, HOOK_STAGES } from './read-config.ts';

const IGNORE_FILE = '.genignore';
const SUFFIX = '.liquid';

/** The files that a template may give; those that only conditions leave out are among them. */
export function listFiles(files: FileTree, { lists, hooks }: CargoConfig): TemplateSource[] {
  const left = new Set([CONFIG_FILE, IGNORE_FILE, '.cargo-ok', ...HOOK_STAGES.flatMap((stage) => hooks[stage].map(bare))]);
  const rules = ignoreRules(files);
  return sortedPaths(files)
    .filter((path) => !path.startsWith('.git/') && !left.has(path) && !isReplaced(path, files))
    .filter((path) => !isIgnored(path, lists.ignore) && rules?.ignores(withoutSuffix(path)) !== true)
    .map((path) => ({
      name: path,
      entry: files.get(path),
      declaration: undefined,
      outputTemplate: path,
      isConvention: true,
      isRendered: true,
      foreign: { rest: '', newLines: undefined },
    }));
}

/** `NAME.liquid` is `NAME` before anything else is asked of it: lists and scripts know it by that name. */
export function withoutSuffix(path: string): string {
  return path.endsWith(SUFFIX) && !path.endsWith(`/${SUFFIX}`) && path !== SUFFIX ? path.slice(0, -SUFFIX.length) : path;
}

/** Whether `NAME.liquid` takes the place of a file. */
export function isReplaced(path: string, files: FileTree): boolean {
  return files.has(`${path}${SUFFIX}` as ProjectPath);
}

/** `.genignore` in all folders, where there is one at the top. */
function ignoreRules(files: FileTree): IgnoreRules | undefined {
  if (!files.has(IGNORE_FILE as ProjectPath)) return undefined;
  const texts = sortedPaths(files)
    .filter((path) => path === IGNORE_FILE || path.endsWith(`/${IGNORE_FILE}`))
    .map((path) => [path.slice(0, -IGNORE_FILE.length).replace(/\/$/, ''), utf8At(files, path) ?? ''] as const);
  return new IgnoreRules(new Map(texts), compileRustIgnorePattern);
}

/** Whether a path is one of a list of paths, or stands below one. */
export function isIgnored(path: string, ignored: readonly string[]): boolean {
  const known = withoutSuffix(path);
  return ignored.map(bare).some((name) => name !== '' && (known === name || known.startsWith(`${name}/`)));
}

/** A path as it stands in a tree. */
export function bare(path: string): string {
  return plainSegments(path).join('/');
}

/** Whether a file is rendered, and not only copied: with `include` what that covers, else what `exclude` does not. */
export function isIncluded(path: string, { include, exclude }: Pick<FileLists, 'include' | 'exclude'>): boolean {
  if (include !== undefined) return covers(include, path);
  return exclude === undefined || !covers(exclude, path);
}

/** Whether patterns as in `.gitignore` cover a file, or a folder above it. */
export function covers(patterns: readonly string[], path: string): boolean {
  const rules = compiled.get(patterns) ?? new IgnoreRules(new Map([['', patterns.join('\n')]]), compileRustIgnorePattern);
  compiled.set(patterns, rules);
  return rules.coversNearest(withoutSuffix(path));
}

const compiled = new WeakMap<readonly string[], IgnoreRules>();

/** The lists of a template together with those of the conditions that hold. */
export function mergeLists(lists: FileLists, more: readonly FileLists[]): FileLists {
  const all = [lists, ...more];
  const merged = (key: 'include' | 'exclude'): readonly string[] | undefined => {
    const given = all.flatMap((one) => one[key] ?? []);
    return all.some((one) => one[key] !== undefined) ? given : undefined;
  };
  return { include: merged('include'), exclude: merged('exclude'), ignore: all.flatMap(({ ignore }) => ignore) };
}

/** Files whose content is no text or no Liquid, by path: cargo-generate leaves them as they are. */
export function findUnreadable(sources: readonly TemplateSource[], config: CargoConfig, parse: ParseTemplate): Map<string, Diagnostic> {
  const found = new Map<string, Diagnostic>();
  const canBeIncluded = config.conditionals.some(({ lists }) => lists.include !== undefined);
  for (const { name, entry } of sources) {
    if (!canBeIncluded && !isIncluded(name, config.lists)) continue;
    const problem = entry && findProblem(entry, name, parse);
    if (problem !== undefined) found.set(name, problem);
  }
  return found;
}

/** Why the content of a file cannot be rendered. */
export function findProblem({ content }: FileEntry, name: string, parse: ParseTemplate): Diagnostic | undefined {
  const text = decodeUtf8(content);
  if (text === undefined) return undefinedText(name);
  if (!/\{[{%]/.test(text)) return undefined;
  try {
    parse(text, name);
    return undefined;
  } catch (error) {
    if (!(error instanceof PacksmithError) || error.code !== 'TEMPLATE_SYNTAX') throw error;
    const message = `the file is copied as it is, for it is no Liquid template: ${error.message.replace(/^Liquid: /, '')}`;
    const suggestion = 'put {% raw %} and {% endraw %} around what is none, or name the file below `exclude` in cargo-generate.toml';
    return { code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, ...(error.where && { where: error.where }), suggestion };
  }
}

function undefinedText(file: string): Diagnostic {
  return {
    code: 'FOREIGN_APPROXIMATED',
    severity: 'warning',
    message: 'the file is copied as it is, for it is no text in UTF-8',
    where: { file },
    suggestion: 'name it below `exclude` in cargo-generate.toml',
  };
}
