import { numberIn } from '../../jinja/python-data/plain-scalar.ts';
import type { ManifestTable } from '../../manifest/format-pack-manifest.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { textReader } from '../../tree/file-text.ts';
import type { FileEntry, FileTree } from '../../tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../../tree/project-path.ts';
import { changesValues } from '../changing-values.ts';
import type { CodeReader } from '../extensions/code-reader.ts';
import { isOwnExtension } from '../extensions/own-extensions.ts';
import type { ForeignSource, TranslatedPart, Translation } from '../foreign-template.ts';
import { quotedParts } from '../quoted-parts.ts';
import { environmentEntries, finishTranslation, packTable, reportRemarks } from '../translate-parts.ts';
import { listScripts, scriptCommand } from './plan-scripts.ts';
import { CONTEXT_FILE, type ContextEntry } from './read-context.ts';
import type { TemplateSettings } from './read-settings.ts';
import { PROMPTS_KEY, roleOf } from './read-variables.ts';
import { hasNull, variableNames, variableTables } from './translate-questions.ts';

export interface TranslateRequest {
  readonly source: ForeignSource;
  readonly entries: readonly ContextEntry[];
  readonly settings: TemplateSettings;
  readonly variables: readonly VariableDefinition[];
  readonly templates: readonly TemplateSource[];
  readonly code: CodeReader | undefined;
}

/** Writes a cookiecutter template as a pack that renders the same bytes: its templates as they are, read as the manifest's `[language]` says. */
export function translateCookiecutter(id: PackName, request: TranslateRequest): Translation {
  const report: TranslatedPart[] = [];
  const files = new Map<ProjectPath, FileEntry>();
  for (const template of request.templates) addTemplate(template, files, report);
  addPartials(request.source.files, files, report);
  addCode(request, files, report);
  const tables = [
    packTable(id, request.source, 'cookiecutter'),
    languageTable(request, report),
    ...variableTables(request.variables, request.entries, report),
    ...hookTables(request, report),
  ];
  reportRemarks(request.settings.diagnostics, CONTEXT_FILE, report);
  return finishTranslation(tables, files, report);
}

/** A file that is rendered gets the suffix that says so, which is taken off again. */
function addTemplate(template: TemplateSource, files: Map<ProjectPath, FileEntry>, report: TranslatedPart[]): void {
  const { name, entry, isRendered, outputTemplate = '', foreign } = template;
  const path = `templates/${outputTemplate}${foreign?.rest ?? ''}${isRendered ? '.jinja' : ''}`;
  const where = { file: name };
  const what = `the file ${name}`;
  const problem = findPackPathProblem(path);
  const isMisread = (!isRendered && path.endsWith('.jinja')) || /\{[{%#]/.test(foreign?.rest ?? '');
  if (problem !== undefined || isMisread || entry === undefined) {
    const note =
      problem ?? (path.endsWith('.jinja') ? 'a copied file of a pack cannot end in .jinja' : 'names in a copied folder would be rendered');
    report.push({ outcome: 'left out', what, note, where });
    return;
  }
  files.set(path as ProjectPath, entry);
  report.push({ outcome: 'translated', what, note: path, where });
}

function addPartials(source: FileTree, files: Map<ProjectPath, FileEntry>, report: TranslatedPart[]): void {
  for (const [path, entry] of source) {
    if (!path.startsWith('templates/')) continue;
    const moved = path.replace('templates/', 'partials/');
    files.set(moved as ProjectPath, entry);
    report.push({ outcome: 'translated', what: `the included template ${path}`, note: moved, where: { file: path } });
  }
}

/** The code of extensions, and what it speaks of: files that it reads. */
function addCode(
  { source, settings, templates, code: reader }: TranslateRequest,
  files: Map<ProjectPath, FileEntry>,
  report: TranslatedPart[],
): void {
  const readFile = textReader(source.files);
  const code = reader?.codeFiles(settings.extensions.filter(isOwnExtension), readFile) ?? new Set<string>();
  const isSpokenOf = quotedParts([...code].map((path) => readFile(path) ?? '').join('\n'));
  const rendered = new Set(templates.map(({ name }) => name));
  for (const [path, entry] of source.files) {
    const isNamed = !rendered.has(path) && isSpokenOf(path.slice(path.lastIndexOf('/') + 1));
    const target = `partials/${path}`;
    if ((!code.has(path) && !isNamed) || readFile(path) === undefined || findPackPathProblem(target) !== undefined) continue;
    files.set(target as ProjectPath, entry);
    const what = path.endsWith('.py') ? `the code ${path}` : `the file ${path}, which code speaks of`;
    report.push({ outcome: 'translated', what, note: target, where: { file: path } });
  }
}

function languageTable({ source, entries, settings, variables }: TranslateRequest, report: TranslatedPart[]): ManifestTable {
  const { settings: own, extensions, newLines } = settings;
  const table = new Map<string, Value>([
    ['dialect', 'jinja2'],
    ['namespace', 'cookiecutter'],
    ['extensions', [...extensions]],
    ...environmentEntries(own, CONTEXT_FILE, report),
  ]);
  if (newLines === '\n' || newLines === '\r\n') table.set('new_lines', newLines);
  const asked = new Set(variables.map(({ name }) => name));
  const names = new Map(
    [...variableNames(variables)].flatMap(([name, variable]) => (name === variable ? [] : [[variable, name] as const])),
  );
  if (names.size > 0) table.set('names', names);
  const nulls = entries.filter(({ value }) => value === null).map(({ key }) => key);
  if (nulls.length > 0) table.set('nulls', nulls);
  const constants = new Map<string, Value>([
    ['_template', source.id],
    ['_repo_dir', source.id],
  ]);
  reportOwnValues(source, report);
  for (const { severity, message, where } of settings.diagnostics)
    if (severity === 'warning' && where !== undefined) report.push({ outcome: 'approximated', what: 'a setting', note: message, where });
  const rendered = new Map<string, Value>();
  for (const entry of entries) {
    const { key } = entry;
    if (key === PROMPTS_KEY || asked.has(key)) continue;
    addValue(entry, { constants, rendered }, report);
  }
  if (constants.size > 0) table.set('constants', constants);
  if (rendered.size > 0) table.set('rendered', rendered);
  addChanges(source, table, report);
  return { header: ['language'], entries: table };
}

/** The scripts that change values while they are rendered, which is before every file. */
function addChanges(source: ForeignSource, table: Map<string, Value>, report: TranslatedPart[]): void {
  const scripts = listScripts(source).filter(({ hook, text }) => hook === 'pre_gen_project' && changesValues(text));
  if (scripts.length > 0)
    table.set(
      'changes',
      scripts.map(({ text }) => text),
    );
  for (const { path } of scripts)
    report.push({ outcome: 'translated', what: `what ${path} changes`, note: 'language.changes', where: { file: path } });
}

/** Asking for all values, and not for one. */
const LISTING = /\bcookiecutter\s*(?:\.\s*(?:items|keys|values)\s*\(|\||[%}]\})/;

/** What cookiecutter knows of the place that it writes to, where a template asks for it. */
function reportOwnValues({ files }: ForeignSource, report: TranslatedPart[]): void {
  for (const [path, { content }] of files) {
    const text = decodeUtf8(content) ?? '';
    const found = /\b_(?:output_dir|checkout)\b|\b_cookiecutter\b/.exec(text)?.[0];
    if (found !== undefined)
      report.push({ outcome: 'left out', what: `the value ${found}`, note: 'a pack does not know it', where: { file: path } });
    if (LISTING.test(text))
      report.push({ outcome: 'approximated', what: 'the list of all values', note: 'it has another order', where: { file: path } });
  }
}

/** What is not asked: constants and rendered values. */
function addValue(
  { key, value, texts, line, column }: ContextEntry,
  to: { readonly constants: Map<string, Value>; readonly rendered: Map<string, Value> },
  report: TranslatedPart[],
): void {
  const where = { file: CONTEXT_FILE, line, column };
  const role = roleOf(key);
  if (value === null) {
    report.push({ outcome: 'translated', what: `the value ${key}`, note: 'language.nulls', where });
    return;
  }
  if (hasNull(value)) report.push({ outcome: 'left out', what: `a null in ${key}`, note: 'a manifest has no null', where });
  const plain = withoutFloats(value);
  if (role === 'constant' && plain.hadFloats)
    report.push({
      outcome: 'left out',
      what: `the point of a whole float in ${key}`,
      note: 'a manifest tells them from whole numbers no more',
      where,
    });
  if (role === 'constant') to.constants.set(key, plain.value);
  else to.rendered.set(key, texts);
  const note = role === 'constant' ? 'language.constants' : 'language.rendered';
  report.push({ outcome: 'translated', what: `the value ${key}`, note, where });
}

/** A value with whole numbers in the place of whole floats, and whether it had any. */
function withoutFloats(value: Value): { readonly value: Value; readonly hadFloats: boolean } {
  let hadFloats = false;
  const plain = (item: Value): Value => {
    if (item instanceof Map) return new Map([...(item as ReadonlyMap<string, Value>)].map(([key, entry]) => [key, plain(entry)]));
    if (Array.isArray(item)) return (item as readonly Value[]).map(plain);
    const number = numberIn(item);
    hadFloats ||= number !== undefined && number !== item;
    return number ?? item;
  };
  return { value: plain(value), hadFloats };
}

/** Each script becomes an argument, which is a template as the script was. */
function hookTables({ source }: TranslateRequest, report: TranslatedPart[]): ManifestTable[] {
  const stages = new Map<string, Value[]>();
  for (const { hook, path, text } of listScripts(source)) {
    const where = { file: path };
    const command = hook === 'pre_prompt' ? undefined : scriptCommand(path, text);
    if (command === undefined) {
      const note =
        hook === 'pre_prompt' ? 'a pack has no hook before its questions' : 'only scripts for Python and shells can be arguments';
      report.push({ outcome: 'left out', what: `the hook ${path}`, note, where });
      continue;
    }
    const stage = hook === 'pre_gen_project' ? 'pre_generate' : 'post_generate';
    const entry = new Map<string, Value>([
      ['name', path],
      ['run', [...command, text]],
      ['timeout', 600],
    ]);
    stages.set(stage, [...(stages.get(stage) ?? []), entry]);
    report.push({
      outcome: 'approximated',
      what: `the hook ${path}`,
      note: `hooks.${stage}: it is an argument, so that it has no file name`,
      where,
    });
  }
  return [{ header: ['hooks'], entries: stages }];
}
