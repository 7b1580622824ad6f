import { DEFAULT_DELIMITERS, type JinjaSettings } from '../../../jinja/settings.ts';
import type { ManifestTable } from '../../../manifest/format-pack-manifest.ts';
import type { PackName } from '../../../pack/pack-name.ts';
import type { Value } from '../../../pack/values.ts';
import type { ForeignSource, TranslatedPart, Translation } from '../../foreign-template.ts';
import { environmentEntries, finishTranslation, packTable, reportRemarks } from '../../translate-parts.ts';
import type { TaskHook } from '../list-tasks.ts';
import type { CopierConfig } from '../read-config.ts';
import type { Question } from '../read-questions.ts';
import { type CopierSettings, OWN_EXTENSIONS } from '../read-settings.ts';
import { hasTemplate } from './plain-value.ts';
import { translateFiles } from './translate-files.ts';
import { translateQuestions } from './translate-questions.ts';
import { translateScripts, translateTasks } from './translate-tasks.ts';

export interface TranslateCopierRequest {
  readonly source: ForeignSource;
  readonly config: CopierConfig;
  readonly settings: CopierSettings;
  readonly questions: readonly Question[];
  readonly tasks: readonly TaskHook[];
}

/** A path of the author's machine: it means nothing to those who use the pack, for whom the id of the pack stands there. */
function isOnThisMachine(reference: string): boolean {
  return /^(?:[./~\\]|[A-Za-z]:[/\\]|(?:git\+)?file:)/.test(reference);
}

/** Writes a Copier template as a pack that renders the same bytes: its templates as they are, everything else in the manifest. */
export function translateCopier(id: PackName, request: TranslateCopierRequest): Translation {
  const { source, config, settings, questions, tasks } = request;
  const report: TranslatedPart[] = [];
  const marks = marksOf(settings.settings);
  const { files, tables, needsExclude } = translateFiles({ files: source.files, settings, marks }, report);
  const all = [
    packTable(id, source, 'Copier'),
    ...languageTables(request, { marks, needsExclude }, report),
    ...translateQuestions({ questions, config, marks }, report),
    ...tables,
    ...translateTasks(tasks, { config, environment: settings.settings }, report),
  ];
  reportRemarks(settings.diagnostics, config.file, report);
  const scripts = translateScripts(tasks, { config, files: source.files }, report);
  return finishTranslation(all, new Map([...files, ...scripts]), report);
}

function marksOf({ delimiters }: JinjaSettings): string[] {
  const { blockStart, variableStart, commentStart } = { ...DEFAULT_DELIMITERS, ...delimiters };
  return [blockStart, variableStart, commentStart];
}

/** Settings that a pack has under another name, by that name. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['_jinja_extensions', 'extensions'],
  ['_templates_suffix', 'suffix'],
  ['_subdirectory', 'subdirectory'],
  ['_exclude', 'exclude'],
  ['_skip_if_exists', 'keep'],
  ['_answers_file', 'answers_file'],
  ['_external_data', 'external_data'],
  ['_envops', 'delimiters and the keys beside them'],
  ['_message_before_copy', 'messages.before_copy'],
  ['_message_after_copy', 'messages.after_copy'],
  ['_message_before_update', 'messages.before_update'],
  ['_message_after_update', 'messages.after_update'],
];

/** What is known of the template's place; its commit where that has another name too. */
function constantsOf({ reference, commit, revision = commit }: ForeignSource): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...(isOnThisMachine(reference) ? [] : [['_src_path', reference] as const]),
    ...(revision === undefined ? [] : [['_commit', revision] as const]),
    ...(commit === undefined || commit === revision ? [] : [['_vcs_ref_hash', commit] as const]),
  ]);
}

function languageTables(
  { source, config, settings }: TranslateCopierRequest,
  { marks, needsExclude }: { readonly marks: readonly string[]; readonly needsExclude: boolean },
  report: TranslatedPart[],
): ManifestTable[] {
  const extensions = settings.extensions.filter((name) => !OWN_EXTENSIONS.includes(name));
  const entries = new Map<string, Value>([['dialect', 'copier'], ...environmentEntries(settings.settings, config.file, report)]);
  if (settings.settings.undefinedBehavior === 'strict') entries.set('strict', true);
  if (extensions.length > 0) entries.set('extensions', extensions);
  if (settings.templatesSuffix !== '.jinja') entries.set('suffix', settings.templatesSuffix);
  if (hasTemplate(settings.subdirectory, marks)) entries.set('subdirectory', settings.subdirectory);
  if (needsExclude) entries.set('exclude', settings.exclude);
  if (settings.skipIfExists.length > 0) entries.set('keep', settings.skipIfExists);
  if (settings.answersFile !== '.copier-answers.yml') entries.set('answers_file', settings.answersFile);
  for (const [key, name] of SETTINGS) {
    if (!config.settings.has(key)) continue;
    const isDone = entries.has(name) || /\./.test(name) || ['external_data', 'delimiters and the keys beside them'].includes(name);
    const note = isDone ? `language.${name}` : 'it is decided: only the files that it leaves are in the pack';
    report.push({ outcome: 'translated', what: `the setting ${key}`, note, where: config.whereIs(key) });
  }
  return [
    { header: ['language'], entries },
    { header: ['language', 'constants'], entries: constantsOf(source) },
    { header: ['language', 'external_data'], entries: settings.externalData },
    { header: ['language', 'messages'], entries: new Map<string, Value>(settings.messages) },
  ];
}
