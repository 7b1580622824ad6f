import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { remarkOnExtensions, standInFor } from '../../jinja/extensions/extension-set.ts';
import type { JinjaSettings } from '../../jinja/settings.ts';
import type { Value } from '../../pack/values.ts';
import type { ReadFile, SortedExtensions } from '../extension-code.ts';
import { type CodeReader, findLocal } from '../local-extensions.ts';
import { readEnvironment } from '../read-environment.ts';
import { CONTEXT_FILE, type ContextEntry } from './read-context.ts';

/** What cookiecutter loads into every template. */
export const OWN_EXTENSIONS: readonly string[] = ['Jsonify', 'RandomString', 'Slugify', 'Time', 'UUID'].map(
  (name) => `cookiecutter.extensions.${name}Extension`,
);

/** Every pattern is held against every path, and so may take as long as both are. */
const MAX_PATTERN_CHARACTERS = 4_000;

/** What `_new_lines` can be; nothing where it is empty. */
const LINE_ENDS: ReadonlySet<Value> = new Set(['\n', '\r\n', '\r', '', null, false]);

/** Everything a `cookiecutter.json` says about how its templates are read. */
export interface TemplateSettings {
  readonly settings: JinjaSettings;
  readonly extensions: readonly string[];
  /** Those that stand in the template itself, and are read. */
  readonly ownExtensions: readonly string[];
  /** Why one that stands in it is not read. */
  readonly extensionProblem: string | undefined;
  /** Patterns of what is copied as it is. */
  readonly copied: readonly string[];
  /** What every newline of a generated file becomes; by the first line of each template where nothing is said. */
  readonly newLines: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `_jinja2_env_vars`, `_extensions`, `_copy_without_render` and `_new_lines`. */
export function readSettings(entries: readonly ContextEntry[], readFile: ReadFile, code?: CodeReader): TemplateSettings {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const diagnostics: Diagnostic[] = [];
  const refuse = (entry: ContextEntry, message: string, suggestion: string): void => {
    const where = { file: CONTEXT_FILE, line: entry.line, column: entry.column };
    diagnostics.push({ code: 'FOREIGN_UNSUPPORTED', severity: 'error', message, where, suggestion });
  };
  const named = textsOf(byKey.get('_extensions')?.value);
  const extensions = byKey.get('_extensions');
  const where = { file: CONTEXT_FILE, line: extensions?.line ?? 1, column: extensions?.column ?? 1 };
  const { own, others, problem, remarks, programs } =
    code?.sortExtensions(named, (name) => findLocal(name, readFile), readFile) ?? unread(named);
  for (const remark of remarks) diagnostics.push({ code: 'FOREIGN_APPROXIMATED', severity: 'warning', ...remark, where });
  diagnostics.push(...programs);
  const variables = byKey.get('_jinja2_env_vars');
  const settings =
    variables === undefined
      ? {}
      : readEnvironment(variables.value, (name) =>
          refuse(
            variables,
            `_jinja2_env_vars has ${JSON.stringify(name)}, which cannot be set to this here`,
            'take it out of _jinja2_env_vars',
          ),
        );
  const ends = byKey.get('_new_lines');
  const newLines = typeof ends?.value === 'string' && ends.value !== '' ? ends.value : undefined;
  if (ends !== undefined && !LINE_ENDS.has(ends.value))
    refuse(ends, '_new_lines has something else than the line ends that Python writes', 'write "\\n", "\\r\\n" or "\\r"');
  const listed = byKey.get('_copy_without_render');
  const copied = textsOf(listed?.value);
  const length = copied.reduce((sum, pattern) => sum + pattern.length, 0);
  if (listed !== undefined && length > MAX_PATTERN_CHARACTERS)
    refuse(
      listed,
      `_copy_without_render has ${length} characters of patterns; at most ${MAX_PATTERN_CHARACTERS} are looked at`,
      'write fewer patterns',
    );
  return {
    settings: { python: true, ...settings },
    extensions: [...OWN_EXTENSIONS, ...others],
    ownExtensions: own,
    extensionProblem: problem,
    copied: length > MAX_PATTERN_CHARACTERS ? [] : copied,
    newLines,
    diagnostics,
  };
}

function unread(names: readonly string[]): SortedExtensions {
  const remarks = remarkOnExtensions(names.map((name) => [name, undefined]));
  return { own: [], others: standInFor(names), problem: undefined, remarks, programs: [] };
}

function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Value[]).filter((item) => typeof item === 'string') : [];
}
