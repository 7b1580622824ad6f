import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { JinjaSettings } from '../../jinja/settings.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import * as code from '../extensions/extension-code.ts';
import { readExtensions } from '../extensions/read-extensions.ts';
import { readEnvironment } from '../read-environment.ts';
import type { CopierConfig } from './read-config.ts';

/** What Copier loads into every template. */
export const OWN_EXTENSIONS: readonly string[] = ['jinja2_ansible_filters.AnsibleCoreFiltersExtension'];

/** What is left out where a template says nothing about it, and has no subdirectory. */
const DEFAULT_EXCLUDE: readonly string[] = ['copier.yaml', 'copier.yml', '~*', '*.py[co]', '__pycache__', '.git', '.DS_Store', '.svn'];

const NEWEST_MAJOR = 9;

/** The messages of a template, by the moment at which Copier prints them. */
export type MessageMoment = 'before_copy' | 'after_copy' | 'before_update' | 'after_update';

/** Everything a `copier.yml` says besides its questions. Texts may be templates. */
export interface CopierSettings {
  readonly settings: JinjaSettings;
  /** Those that stand in the template itself are among them, as far as they are read. */
  readonly extensions: readonly string[];
  /** Whether some extension is Python code that is not read: what it defines is missing. */
  readonly lacksExtensions: boolean;
  /** Why one that stands in the template is not read. */
  readonly extensionProblem: string | undefined;
  readonly subdirectory: string;
  readonly templatesSuffix: string;
  readonly answersFile: string;
  readonly exclude: readonly string[];
  readonly skipIfExists: readonly string[];
  readonly externalData: ReadonlyMap<string, string>;
  readonly messages: ReadonlyMap<MessageMoment, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the settings of a template. */
export function readSettings(config: CopierConfig, readFile: code.ReadFile): CopierSettings {
  const { settings } = config;
  const diagnostics: Diagnostic[] = [];
  const refuse = (key: string, message: string, suggestion: string): void => {
    diagnostics.push({
      code: 'FOREIGN_UNSUPPORTED',
      severity: 'error',
      message: `${key} ${message}`,
      where: config.whereIs(key),
      suggestion,
    });
  };
  const named = listOf(settings.get('_jinja_extensions')).map((name) => ({ name, place: name }));
  const where = config.whereIs('_jinja_extensions');
  const { extensions, isLacking, problem, diagnostics: remarks } = readExtensions(named, { readFile, where, code });
  diagnostics.push(...remarks);
  checkVersion(settings.get('_min_copier_version'), refuse);
  if (settings.get('_preserve_symlinks') === true) diagnostics.push(remarkOnLinks(config));
  const { undefinedBehavior, options } = readUndefined(settings.get('_envops') ?? null, refuse);
  const environment = readEnvironment(options, (name) =>
    refuse('_envops', `has ${JSON.stringify(name)}, which cannot be set to this here`, 'take it out of _envops'),
  );
  const externalData = textMap(settings.get('_external_data'));
  const subdirectory = textOf(settings.get('_subdirectory'));
  const exclude = settings.get('_exclude');
  return {
    settings: { python: true, undefinedBehavior, keepTrailingNewline: true, ...environment },
    lacksExtensions: isLacking,
    extensionProblem: problem,
    extensions: [...OWN_EXTENSIONS, ...extensions],
    subdirectory,
    templatesSuffix: textIn(settings.get('_templates_suffix')) ?? '.jinja',
    answersFile: textOf(settings.get('_answers_file')) || '.copier-answers.yml',
    exclude: exclude !== undefined ? listOf(exclude) : /^(?:\.?\/*)$/.test(subdirectory) ? DEFAULT_EXCLUDE : [],
    skipIfExists: listOf(settings.get('_skip_if_exists')),
    externalData,
    messages: readMessages(settings),
    diagnostics,
  };
}

type Refuse = (key: string, message: string, suggestion: string) => void;

/** The two classes that Copier takes for names that are not defined, by what they are here. */
const UNDEFINED: ReadonlyMap<Value, 'strict' | 'default'> = new Map([
  ['jinja2.StrictUndefined', 'strict'],
  ['jinja2.Undefined', 'default'],
]);

/** What a name that is not defined gives, and the other options of the environment. */
function readUndefined(envops: Value, refuse: Refuse): { readonly undefinedBehavior: 'strict' | 'default'; readonly options: Value } {
  const given = envops instanceof Map ? (envops as ValueMap).get('undefined') : undefined;
  if (given === undefined) return { undefinedBehavior: 'default', options: envops };
  const undefinedBehavior = UNDEFINED.get(given);
  if (undefinedBehavior === undefined)
    refuse('_envops', `has undefined: ${String(given)}`, `Copier has ${[...UNDEFINED.keys()].join(' and ')}`);
  const options = new Map([...(envops as ValueMap)].filter(([name]) => name !== 'undefined'));
  return { undefinedBehavior: undefinedBehavior ?? 'default', options };
}

function checkVersion(value: Value | undefined, refuse: Refuse): void {
  const major = Number(/^\s*v?(\d+)/.exec(String(value ?? ''))?.[1] ?? 0);
  if (major > NEWEST_MAJOR)
    refuse(
      '_min_copier_version',
      `asks for Copier ${String(value)}; packsmith knows the format of Copier ${NEWEST_MAJOR}`,
      'use a version of the template for Copier 9',
    );
}

function remarkOnLinks(config: CopierConfig): Diagnostic {
  const message = '_preserve_symlinks is on, but links to files of the template become copies of them, and other links are left out';
  return { code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, where: config.whereIs('_preserve_symlinks') };
}

function readMessages(settings: ValueMap): ReadonlyMap<MessageMoment, string> {
  const moments: readonly MessageMoment[] = ['before_copy', 'after_copy', 'before_update', 'after_update'];
  return new Map(
    moments.flatMap((moment) => {
      const text = textOf(settings.get(`_message_${moment}`));
      return text === '' ? [] : [[moment, text] as const];
    }),
  );
}

function textOf(value: Value | undefined): string {
  return textIn(value) ?? '';
}

function textIn(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Value[]).map(String) : typeof value === 'string' ? [value] : [];
}

function textMap(value: Value | undefined): ReadonlyMap<string, string> {
  return new Map(value instanceof Map ? [...(value as ValueMap)].map(([key, item]) => [key, String(item)]) : []);
}
