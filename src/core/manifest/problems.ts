import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { nearest } from '../text/nearest.ts';
import { formatKeyPath, type KeyPath, quote } from './key-path.ts';
import { findLimitProblem, type LimitName } from './limits.ts';
import { locateKeys } from './locate-keys.ts';

/** A finding whose place is still a path; its position is looked up only when it is shown. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly path: KeyPath;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly suggestion?: string;
}

/** Findings beyond this many are counted, not kept. */
export const MAX_PROBLEMS = 200;

const MAX_COMPARED_CHARACTERS = 100;

/** Collects the findings about one document. */
export class Problems {
  readonly list: Problem[] = [];
  #omitted = 0;

  get omitted(): number {
    return this.#omitted;
  }

  get hasErrors(): boolean {
    return this.#omitted > 0 || this.list.some((problem) => problem.severity === 'error');
  }

  add(problem: Problem): void {
    if (this.list.length < MAX_PROBLEMS) this.list.push(problem);
    else this.#omitted++;
  }

  /** A value of the wrong type or form; `message` continues "`path` …". */
  invalid(path: KeyPath, message: string, suggestion?: string): void {
    this.#say('MANIFEST_INVALID_VALUE', { path, at: 'value', message, ...(suggestion === undefined ? {} : { suggestion }) });
  }

  missing(path: KeyPath, key: string): void {
    const holder = path.length === 0 ? 'the document' : formatKeyPath(path);
    const message = `${holder} has no ${quote(key)}, which is required`;
    this.add({ code: 'MANIFEST_MISSING_KEY', severity: 'error', path, at: 'key', message, suggestion: `add ${formatKeyPath([key])}` });
  }

  unknownKey(path: KeyPath, known: Iterable<string>): void {
    if (this.list.length >= MAX_PROBLEMS) {
      this.#omitted++;
      return;
    }
    const key = String(path.at(-1));
    const names = [...known];
    const suggestion = suggestNearest(key, names) ?? (names.length === 0 ? 'remove it' : `the keys here are ${names.join(', ')}`);
    const message = `${formatKeyPath(path)} is not a key of format 1`;
    this.add({ code: 'MANIFEST_UNKNOWN_KEY', severity: 'error', path, at: 'key', message, suggestion });
  }

  /** Keys that exclude or need one another. */
  conflict(path: KeyPath, message: string, suggestion?: string): void {
    this.#say('MANIFEST_KEY_CONFLICT', { path, at: 'key', message, ...(suggestion === undefined ? {} : { suggestion }) });
  }

  unsafePath(path: KeyPath, text: string, reason: string): void {
    const message = `${quote(text)} is not a path inside the project: ${reason}`;
    this.#say('MANIFEST_UNSAFE_PATH', { path, at: 'value', message, suggestion: 'write a relative path with "/" between its parts' });
  }

  /** A name that nothing declares. */
  unknownName(
    path: KeyPath,
    options: { message: string; known: readonly string[]; name: string; severity?: Severity; at?: 'key' | 'value' },
  ): void {
    const { message, known, name, severity = 'error', at = 'value' } = options;
    const suggestion = suggestNearest(name, known) ?? (known.length === 0 ? undefined : `known are ${known.slice(0, 20).join(', ')}`);
    const shared = { code: 'MANIFEST_UNKNOWN_NAME', severity, path, at, message: `${formatKeyPath(path)}: ${message}` } as const;
    this.add(suggestion === undefined ? shared : { ...shared, suggestion });
  }

  warn(path: KeyPath, message: string, suggestion: string): void {
    this.add({
      code: 'MANIFEST_DOUBTFUL_VALUE',
      severity: 'warning',
      path,
      at: 'value',
      message: `${formatKeyPath(path)}: ${message}`,
      suggestion,
    });
  }

  /** Reports an amount that is over a limit; tells whether it was. */
  exceeds(limit: LimitName, path: KeyPath, measured: number): boolean {
    const message = findLimitProblem(limit, measured);
    if (message === undefined) return false;
    this.add({ code: 'MANIFEST_LIMIT', severity: 'error', path, at: 'key', message, suggestion: 'reduce it below the limit' });
    return true;
  }

  #say(code: DiagnosticCode, problem: Pick<Problem, 'path' | 'at' | 'message' | 'suggestion'>): void {
    this.add({ ...problem, code, severity: 'error', message: `${formatKeyPath(problem.path)}: ${problem.message}` });
  }
}

/** The suggestion for a mistyped name, or `undefined` when nothing known is near. */
export function suggestNearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_COMPARED_CHARACTERS) return undefined;
  const names = [...known];
  const [best = names.find((candidate) => isBeginning(candidate, name))] = nearest(name, names, 1);
  return best === undefined ? undefined : `did you mean ${quote(best)}?`;
}

/** Whether one of two words is the beginning of the other, as in "minimum" for "min". */
function isBeginning(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= MIN_BEGINNING && (a.startsWith(b) || b.startsWith(a));
}

const MIN_BEGINNING = 3;

/** Gives each problem its position in the text (none where the document was not TOML text), in the order of the text. */
export function toDiagnostics(problems: Problems, file: string, text?: string): Diagnostic[] {
  if (problems.list.length === 0) return [];
  const locations = text === undefined ? undefined : locateKeys(text);
  const placed = problems.list.map((problem): Diagnostic => {
    const { code, severity, message, suggestion } = problem;
    const where = { file, ...locations?.find(problem.path, problem.at) };
    return { code, severity, message, where, ...(suggestion === undefined ? {} : { suggestion }) };
  });
  placed.sort((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0) || (a.where?.column ?? 0) - (b.where?.column ?? 0));
  if (problems.omitted > 0) {
    placed.push({
      code: 'MANIFEST_LIMIT',
      severity: 'error',
      message: `${problems.omitted} further problems are not shown`,
      where: { file },
    });
  }
  return placed;
}
