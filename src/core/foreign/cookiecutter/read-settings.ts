import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { JinjaSettings } from '../../jinja/settings.ts';
import type { Value } from '../../pack/values.ts';
import type { CodeReader } from '../extensions/code-reader.ts';
import type { ReadFile } from '../extensions/extension-code.ts';
import { type NamedExtension, readExtensions } from '../extensions/read-extensions.ts';
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
  /** Those that stand in the template itself are among them, as far as they are read. */
  readonly extensions: readonly string[];
  /** Why one that stands in the template is not read. */
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
  const listing = byKey.get('_extensions');
  const where = { file: CONTEXT_FILE, line: listing?.line ?? 1, column: listing?.column ?? 1 };
  const named = textsOf(listing?.value).map((name) => placed(name, readFile));
  const { extensions, problem, diagnostics: remarks } = readExtensions(named, { readFile, where, code });
  diagnostics.push(...remarks);
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
    extensions: [...OWN_EXTENSIONS, ...extensions],
    extensionProblem: problem,
    copied: length > MAX_PATTERN_CHARACTERS ? [] : copied,
    newLines,
    diagnostics,
  };
}

/** An extension is named by its module, which cookiecutter finds beside `cookiecutter.json`, as Python finds it. */
function placed(name: string, readFile: ReadFile): NamedExtension {
  const [, module = '', type = ''] = /^(.+)[.:](\w+)$/.exec(name) ?? [];
  const path = module.replaceAll('.', '/');
  const file = [`${path}/__init__.py`, `${path}.py`].find((each) => readFile(each) !== undefined);
  return { name, place: file === undefined ? name : `${file}:${type}` };
}

function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Value[]).filter((item) => typeof item === 'string') : [];
}
