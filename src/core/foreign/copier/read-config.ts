import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readYaml } from '../../jinja/python-data/read-yaml.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { compileGlob } from '../../text/glob.ts';
import { positionAt } from '../../text/position-at.ts';
import { utf8At } from '../../tree/file-text.ts';
import { type FileTree, sortedPaths } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';

/** What a `copier.yml` says, its parts together. */
export interface CopierConfig {
  /** The name of the file. */
  readonly file: string;
  /** Keys with `_` at the start, with it. */
  readonly settings: ValueMap;
  /** Everything else, in order. */
  readonly questions: ValueMap;
  readonly whereIs: (key: string) => { readonly file: string; readonly line?: number; readonly column?: number };
  readonly diagnostics: readonly Diagnostic[];
}

export const CONFIG_FILES: readonly string[] = ['copier.yml', 'copier.yaml'];

/** Settings whose values add up where several parts have them; of all others the last part counts. */
const COLLECTED = ['_exclude', '_jinja_extensions', '_secret_questions', '_skip_if_exists'];

const MAX_INCLUDES = 100;

/** Reads the configuration of a template: the documents of `copier.yml`, and what they include, one laid over the other. */
export function readConfig(files: FileTree): CopierConfig {
  const present = CONFIG_FILES.filter((name) => files.has(name as ProjectPath));
  const [file = 'copier.yml', second] = present;
  const diagnostics: Diagnostic[] = [];
  const text = utf8At(files, file) ?? '';
  if (second !== undefined) diagnostics.push(invalid(`there are both ${file} and ${second}, and Copier takes neither`, { file: second }));
  let included = 0;
  const include = (from: string, pattern: string): Value[] => {
    if (pattern.startsWith('/') || pattern.split('/').includes('..')) {
      diagnostics.push({ ...invalid(`!include ${pattern} leads out of the template`, { file: from }), code: 'FOREIGN_UNSUPPORTED' });
      return [];
    }
    const glob = compileGlob(pattern.replace(/^\.\//, ''));
    const found = sortedPaths(files).filter((path) => glob.matches(path));
    if (found.length === 0) diagnostics.push(invalid(`!include ${pattern} finds no file`, { file: from }));
    return found.map((path) => (included++ < MAX_INCLUDES ? read(path, utf8At(files, path) ?? '').values : []));
  };
  const read = (name: string, content: string): { readonly values: Value[]; readonly offsets: ReadonlyMap<string, number> } => {
    const outcome = readYaml(content, { include: (pattern) => include(name, pattern) });
    if (outcome.kind === 'documents') return { values: [...outcome.values], offsets: outcome.offsets };
    diagnostics.push(invalid(`it is not valid YAML: ${outcome.problem}`, { file: name, ...positionAt(content, outcome.offset) }));
    return { values: [], offsets: new Map() };
  };
  const { values, offsets } = read(file, text);
  const merged = mergeParts(flatten(values), (problem) => diagnostics.push(invalid(problem, { file })));
  const whereIs = (key: string) => ({ file, ...(offsets.has(key) ? positionAt(text, offsets.get(key) ?? 0) : {}) });
  const isSetting = ([key]: readonly [string, Value]): boolean => key.startsWith('_');
  const settings = new Map([...merged].filter(isSetting));
  const questions = new Map([...merged].filter((entry) => !isSetting(entry)));
  return { file, settings, questions, whereIs, diagnostics };
}

function invalid(message: string, where: Diagnostic['where']): Diagnostic {
  return { code: 'FOREIGN_INVALID', severity: 'error', message, ...(where === undefined ? {} : { where }) };
}

function flatten(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (Array.isArray(value) ? flatten(value as readonly Value[]) : value === null ? [] : [value]));
}

function mergeParts(parts: readonly Value[], complain: (problem: string) => void): Map<string, Value> {
  const merged = new Map<string, Value>();
  for (const part of parts) {
    if (!(part instanceof Map)) {
      complain('it must be a mapping of settings and questions');
      continue;
    }
    for (const [key, value] of [...(part as ReadonlyMap<string, Value>)].map(([name, each]) => [String(name), each] as const)) {
      const before = merged.get(key);
      const isAdded = COLLECTED.includes(key) && Array.isArray(before) && Array.isArray(value);
      merged.set(key, isAdded ? [...(before as readonly Value[]), ...(value as readonly Value[])] : value);
    }
  }
  return merged;
}
