import type { KeyPath } from '../manifest/key-path.ts';
import { quote } from '../manifest/key-path.ts';
import type { PlainValue } from '../plan/generation-plan.ts';
import { formatUnifiedDiff } from '../reconcile/text/unified-diff.ts';
import { compareText } from '../text/compare-text.ts';
import { compileGlob, isGlob } from '../text/glob.ts';
import { nearest } from '../text/nearest.ts';
import { compilePattern } from '../text/pattern.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { type FileTree, isExecutable, sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { CaseProblem } from './case-problem.ts';
import { findNearestLine } from './nearest-line.ts';
import type { CaseExpectation } from './pack-case.ts';
import { followPointer, isSameData, parseDataFile } from './parse-data-file.ts';

/** Everything in which a project differs from what is expected of its files; snapshots, hooks and updates are looked at elsewhere. */
export function checkResult(tree: FileTree, expected: CaseExpectation): CaseProblem[] {
  const files = new ResultFiles(tree);
  return [
    ...checkPresence(files, expected),
    ...checkTexts(files, expected),
    ...[...expected.values].flatMap(([path, values]) => checkValues(files, path, values)),
    ...[...expected.noValues].flatMap(([path, pointers]) => checkNoValues(files, path, pointers)),
  ];
}

/** The files of a result, and what is said where one is not there. */
class ResultFiles {
  readonly paths: readonly ProjectPath[];
  readonly #tree: FileTree;

  constructor(tree: FileTree) {
    this.#tree = tree;
    this.paths = sortedPaths(tree);
  }

  has(path: string): boolean {
    return this.#tree.has(path as ProjectPath);
  }

  /** A path, or all that a glob matches. */
  find(pattern: string): readonly ProjectPath[] {
    if (!isGlob(pattern)) return this.paths.filter((path) => path === pattern);
    const glob = compileGlob(pattern);
    return this.paths.filter((path) => glob.matches(path));
  }

  isExecutable(path: ProjectPath): boolean {
    return isExecutable(this.#tree.get(path)?.mode ?? 0);
  }

  missing(path: string, at: KeyPath): CaseProblem {
    const [best] = nearest(path, this.paths, 1);
    return { at, path, message: `there is no ${path}${best === undefined ? '' : `; there is ${best}`}` };
  }

  /** The text of a file, or what is wrong with it. */
  read(path: string, at: KeyPath): { readonly text: string } | { readonly problem: CaseProblem } {
    const entry = this.#tree.get(path as ProjectPath);
    if (entry === undefined) return { problem: this.missing(path, at) };
    const text = decodeUtf8(entry.content);
    return text === undefined ? { problem: { at, path, message: `${path} is no text in UTF-8` } } : { text };
  }
}

function checkPresence(files: ResultFiles, { files: wanted, complete, absent, executable }: CaseExpectation): CaseProblem[] {
  const listed = wanted.map((pattern) => files.find(pattern));
  const missing = wanted.flatMap((pattern, index) =>
    listed[index]?.length === 0 ? [files.missing(pattern, ['expect', 'files', index])] : [],
  );
  const known = new Set(listed.flat());
  const others = complete ? files.paths.filter((path) => !known.has(path)) : [];
  return [
    ...missing,
    ...others.map((path) => ({ at: ['expect', 'complete'], path, message: `there is ${path}, which \`files\` does not list` })),
    ...absent.flatMap((pattern, index) =>
      files
        .find(pattern)
        .map((path) => ({ at: ['expect', 'absent', index], path, message: `there is ${path}, which should not be there` })),
    ),
    ...executable.flatMap((pattern, index) => {
      const at = ['expect', 'executable', index];
      const found = files.find(pattern);
      if (found.length === 0) return [files.missing(pattern, at)];
      return found.flatMap((path) =>
        files.isExecutable(path) ? [] : [{ at, path, message: `${path} cannot be run: it has no execute bit` }],
      );
    }),
  ];
}

function checkTexts(files: ResultFiles, { contains, lacks, matches, text }: CaseExpectation): CaseProblem[] {
  return [
    ...checkEach(files, { key: 'contains', texts: contains }, (content, part) =>
      content.includes(part) ? undefined : `does not contain ${quote(part)}${describeNearest(content, part)}`,
    ),
    ...checkEach(files, { key: 'lacks', texts: lacks }, (content, part) =>
      content.includes(part) ? `contains ${quote(part)} in line ${lineOf(content, part)}` : undefined,
    ),
    ...checkEach(files, { key: 'matches', texts: matches }, (content, source) => {
      const compiled = compilePattern(source);
      return compiled.kind === 'pattern' && compiled.pattern.finds(content) ? undefined : `does not match ${quote(source)}`;
    }),
    ...[...text].flatMap(([path, whole]) => checkWhole(files, path, whole)),
  ];
}

interface TextCheck {
  readonly key: string;
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

function checkEach(
  files: ResultFiles,
  { key, texts }: TextCheck,
  judge: (content: string, part: string) => string | undefined,
): CaseProblem[] {
  return [...texts].flatMap(([path, parts]) => {
    const read = files.read(path, ['expect', key, path]);
    if ('problem' in read) return [read.problem];
    return parts.flatMap((part, index) => {
      const complaint = judge(read.text, part);
      return complaint === undefined ? [] : [{ at: ['expect', key, path, index], path, message: `${path} ${complaint}` }];
    });
  });
}

function describeNearest(content: string, part: string): string {
  const found = findNearestLine(content, part);
  return found === undefined ? '' : `; the nearest is line ${found.line}: ${quote(found.text)}`;
}

function lineOf(content: string, part: string): number {
  return content.slice(0, content.indexOf(part)).split('\n').length;
}

function checkWhole(files: ResultFiles, path: string, whole: string): CaseProblem[] {
  const at = ['expect', 'text', path];
  const read = files.read(path, at);
  if ('problem' in read) return [read.problem];
  if (read.text === whole) return [];
  return [{ at, path, message: `${path} is not as expected`, diff: formatUnifiedDiff(whole, read.text, { path }) }];
}

function readData(files: ResultFiles, path: string, at: KeyPath): { readonly value: unknown } | { readonly problem: CaseProblem } {
  const read = files.read(path, at);
  if ('problem' in read) return read;
  const parsed = parseDataFile(path, read.text);
  return parsed.kind === 'data' ? parsed : { problem: { at, path, message: `${path} cannot be parsed: ${parsed.problem}` } };
}

function checkValues(files: ResultFiles, path: string, values: ReadonlyMap<string, PlainValue>): CaseProblem[] {
  const at = ['expect', 'values', path];
  const data = readData(files, path, at);
  if ('problem' in data) return [data.problem];
  return [...values].flatMap(([pointer, expected]): CaseProblem[] => {
    const found = followPointer(data.value, pointer);
    if (!found.isThere)
      return [{ at: [...at, pointer], path, message: `${path} has nothing at ${pointer}${describeReached(data.value, found.reached)}` }];
    if (isSameData(found.value, expected)) return [];
    return [{ at: [...at, pointer], path, ...describeDifference(`${path} at ${pointer}`, expected, found.value) }];
  });
}

function checkNoValues(files: ResultFiles, path: string, pointers: readonly string[]): CaseProblem[] {
  const at = ['expect', 'no_values', path];
  const data = readData(files, path, at);
  if ('problem' in data) return [data.problem];
  return pointers.flatMap((pointer, index) => {
    const found = followPointer(data.value, pointer);
    return found.isThere ? [{ at: [...at, index], path, message: `${path} has ${showData(found.value)} at ${pointer}` }] : [];
  });
}

/** The keys that there are where the way ends. */
function describeReached(data: unknown, reached: string): string {
  const found = followPointer(data, reached);
  const value = found.isThere ? found.value : undefined;
  if (Array.isArray(value)) return `: ${reached || 'the document'} is a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return reached === '' ? '' : `: ${reached} is ${showData(value)}`;
  const keys = Object.keys(value).sort(compareText);
  return keys.length === 0 ? '' : `: ${reached || 'the document'} has ${keys.slice(0, 12).join(', ')}${keys.length > 12 ? ' …' : ''}`;
}

function describeDifference(place: string, expected: PlainValue, actual: unknown): Pick<CaseProblem, 'message' | 'diff'> {
  const isLarge = [expected, actual].some((value) => typeof value === 'object' && value !== null);
  if (!isLarge) return { message: `${place} is ${showData(actual)}, not ${showData(expected)}` };
  const diff = formatUnifiedDiff(`${showWhole(expected)}\n`, `${showWhole(actual)}\n`, { path: 'value' });
  return { message: `${place} is not as expected`, diff };
}

function showData(value: unknown): string {
  const text = JSON.stringify(value, toShowable) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function showWhole(value: unknown): string {
  return JSON.stringify(sortKeys(value), toShowable, 2) ?? String(value);
}

function toShowable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}
