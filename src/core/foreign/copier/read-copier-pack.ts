import type { Pack } from '../../pack/pack.ts';
import type { PackLanguage } from '../../pack/pack-language.ts';
import type { TemplateDeclaration, VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import { listTemplates } from '../../template/list-templates.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { FileEntry, FileTree } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { ForeignRun, ForeignTemplate } from '../foreign-template.ts';
import { languageSettings } from '../jinja-language.ts';
import { copierEnvironment, copierTemplate } from './copier-template.ts';
import { listFiles } from './expand-file.ts';
import { SCRIPTS, withScript } from './find-script.ts';
import { planTasks } from './plan-tasks.ts';
import type { Question } from './read-questions.ts';
import { type CopierSettings, type MessageMoment, OWN_EXTENSIONS } from './read-settings.ts';

const TEMPLATES = 'templates/';

/** What reads a pack whose `[language]` is that of Copier: its manifest says what a `copier.yml` would. */
export function readCopierPack(pack: Pack, language: PackLanguage): ForeignTemplate {
  const { manifest, files } = pack;
  const settings = settingsOf(language);
  const named = pathsOf(pack, settings.templatesSuffix);
  const questions = manifest.variables.map((variable) => questionOf(variable, language.copier.answers.get(variable.name) ?? new Map()));
  const constant = (name: string): string | undefined => {
    const value = language.constants.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const facts = {
    questions,
    answersFile: settings.answersFile,
    externalData: settings.externalData,
    reference: constant('_src_path') ?? manifest.id,
    commit: constant('_vcs_ref_hash') ?? constant('_commit'),
    revision: constant('_commit'),
  };
  const loadTemplate = (path: string): string | undefined => {
    const entry = files.get(`partials/${path}` as ProjectPath) ?? named.get(path as ProjectPath);
    return entry === undefined ? undefined : decodeUtf8(entry.content);
  };
  const scripts = below(files, SCRIPTS);
  const sources = new Set<FileEntry>(named.values());
  return {
    ...copierTemplate({ settings, facts, files: named }),
    kind: 'pack',
    answersKey: undefined,
    remarks: [],
    templates: [
      ...listFiles(named, settings).map((source) => ({ ...source, name: `${TEMPLATES}${source.name}` })),
      ...listTemplates(pack).filter(({ declaration, entry }) => declaration !== undefined && !(entry !== undefined && sources.has(entry))),
    ],
    makeEnvironment: (scope) => copierEnvironment({ settings, id: manifest.id, reference: facts.reference, loadTemplate }, scope),
    planHooks: (run) => planHooks(pack, run).map((hook) => withScript(hook, { files: scripts, reference: facts.reference })),
  };
}

/** What stands below a folder, by the names in it. */
function below(files: FileTree, folder: string): FileTree {
  const found = [...files].filter(([path]) => path.startsWith(folder));
  return new Map(found.map(([path, entry]): [ProjectPath, FileEntry] => [path.slice(folder.length) as ProjectPath, entry]));
}

function settingsOf(language: PackLanguage): CopierSettings {
  const { suffix, subdirectory, exclude, keep, answersFile, externalData, messages } = language.copier;
  return {
    settings: { ...languageSettings(language), undefinedBehavior: language.copier.strict ? 'strict' : 'default' },
    lacksExtensions: false,
    extensionProblem: undefined,
    extensions: [...OWN_EXTENSIONS, ...language.extensions],
    subdirectory: subdirectory ?? '',
    templatesSuffix: suffix ?? '.jinja',
    answersFile: answersFile ?? '.copier-answers.yml',
    exclude,
    skipIfExists: keep,
    externalData,
    messages: new Map([...messages].map(([moment, text]) => [moment as MessageMoment, text])),
    diagnostics: [],
  };
}

/** The files by their names below `templates/`; one that an entry of `[[templates]]` renames is known by that name. */
function pathsOf({ manifest, files }: Pack, suffix: string): FileTree {
  const renamed = new Map(manifest.templates.flatMap((declaration) => renamedBy(declaration, suffix)));
  const found = new Map<ProjectPath, FileEntry>();
  for (const [path, entry] of files) {
    const name = renamed.get(path) ?? (path.startsWith(TEMPLATES) ? path.slice(TEMPLATES.length) : undefined);
    if (name !== undefined) found.set(name as ProjectPath, entry);
  }
  return found;
}

function renamedBy({ content, output, when, forEach, inject }: TemplateDeclaration, suffix: string): [string, string][] {
  if (content.kind !== 'source' || output === undefined || output.endsWith('/')) return [];
  if (when !== undefined || forEach !== undefined || inject !== undefined) return [];
  return [[content.source, content.source.endsWith(suffix) ? output + suffix : output]];
}

const TYPES: Readonly<Record<string, string>> = { boolean: 'bool', integer: 'int', number: 'float', path: 'path' };

/** The question that a variable is. A computed variable is a template of its value. */
function questionOf(variable: VariableDefinition, rules: ValueMap): Question {
  const text = (key: string): string | undefined => {
    const value = rules.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const { name, type, prompt, computed, when, choices, example } = variable;
  return {
    name: text('name') ?? name,
    variable: name,
    type: text('type') ?? TYPES[type] ?? 'str',
    default: rules.get('default') ?? computed ?? variable.default,
    choices: rules.get('choices') ?? choices.map(({ label, value }): Value => [label, value]),
    multiselect: type === 'choices' || rules.get('multiselect') === true,
    help: text('help') ?? prompt ?? '',
    placeholder: typeof example === 'string' ? example : '',
    multiline: rules.get('multiline') ?? type === 'text',
    secret: type === 'secret' || rules.get('secret') === true,
    validator: text('validator') ?? '',
    when: computed !== undefined ? false : (when ?? true),
  };
}

/** Conditions of hooks are templates, and see what tasks and migrations of Copier see. */
function planHooks({ manifest, integrity }: Pack, run: ForeignRun): PlannedHook[] {
  const { id, version } = manifest;
  return manifest.hooks.flatMap((hook) => {
    const { name, stage, when, timeout, continueOnError } = hook;
    const moment = stage === 'pre_update' ? 'before' : hook.version === undefined ? 'task' : 'after';
    const task = { name, stage, run: hook.run, when: when ?? true, version: hook.version, moment } as const;
    return planTasks([task], { id, version, integrity }, run).map((planned) => ({ ...planned, timeout, continueOnError }));
  });
}
