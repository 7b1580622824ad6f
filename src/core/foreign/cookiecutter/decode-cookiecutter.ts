import { type Diagnostic, hasErrors, type SourcePosition } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { JinjaEnvironment } from '../../jinja/environment.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import type { Pack } from '../../pack/pack.ts';
import { textReader, utf8At } from '../../tree/file-text.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import type { NamedText } from '../changing-values.ts';
import type { CodeReader } from '../extensions/code-reader.ts';
import { extendedEnvironment } from '../extensions/extended-environment.ts';
import { foreignManifest } from '../foreign-manifest.ts';
import type { ForeignScope, ForeignSource, ForeignTemplate } from '../foreign-template.ts';
import { SeveralTemplates } from '../several-templates.ts';
import { findUnknownKeys } from './find-unknown-keys.ts';
import { findTemplateFolder, listFiles } from './list-files.ts';
import { listNested } from './list-nested.ts';
import { makeContext } from './make-context.ts';
import { earlyScripts, listScripts, planScripts, remarkOnScripts } from './plan-scripts.ts';
import { CONTEXT_FILE, type ContextEntry, readContext } from './read-context.ts';
import { readSettings, type TemplateSettings } from './read-settings.ts';
import { adoptAnswer, questionsIn, readVariables } from './read-variables.ts';
import { translateCookiecutter } from './translate.ts';

/** Makes a pack of a cookiecutter template. @throws PacksmithError `MANIFEST_INVALID` with all findings; `SeveralTemplates`. */
export function decodeCookiecutter(
  source: ForeignSource,
  code?: CodeReader,
): Pick<Pack, 'manifest'> & { readonly foreign: ForeignTemplate } {
  const { files, reference } = source;
  const text = utf8At(files, CONTEXT_FILE);
  const { entries, diagnostics } = text === undefined ? NOT_TEXT : readContext(text);
  const nested = listNested(entries);
  if (nested.length > 0 && !hasErrors(diagnostics)) throw new SeveralTemplates(reference, nested);
  const settings = readSettings(entries, textReader(files), code);
  const folder = findTemplateFolder(files, settings);
  const findings = [...diagnostics, ...settings.diagnostics, ...(hasErrors(diagnostics) ? [] : findMissingFolder(folder))];
  if (folder === undefined || hasErrors(findings)) {
    const message = `the cookiecutter template ${reference} cannot be used as it is`;
    throw new PacksmithError('MANIFEST_INVALID', message, { diagnostics: findings });
  }
  const variables = readVariables(entries);
  const templates = listFiles(files, folder, settings);
  const manifest = foreignManifest(source, { description: `A cookiecutter template: ${reference}`, variables });
  const before = toNamed(listScripts(source).filter(({ hook }) => hook === 'pre_gen_project'));
  const own = (scope: ForeignScope) => ({ template: reference, outputDirectory: scope.parentDirectory, repository: reference });
  return {
    manifest,
    foreign: {
      kind: 'cookiecutter',
      asksAll: true,
      answersKey: 'cookiecutter',
      whereIs: (name) => placeOf(entries, name),
      wordsIn: questionsIn,
      adoptAnswer: (name, value) => adoptAnswer(variables, name, value),
      templates,
      directoryName: (run) => renderTemplate(folder, { name: folder, ...run }),
      translate: (id) => translateCookiecutter(id, { source, entries, settings, variables, templates, code }),
      remarks: [...findings, ...remarkOnScripts(source)],
      check: () => findUnknownKeys({ entries, templates, scripts: toNamed(listScripts(source)), settings: settings.settings }),
      makeEnvironment: (scope) => makeEnvironment({ files, folder, settings, id: source.id, code }, scope),
      makeContext: (answers, scope, environment, budget) => makeContext({ entries, answers, own: own(scope), before, environment, budget }),
      earlyHooks: () => earlyScripts(source),
      planHooks: (run) => planScripts(source, templates, run),
    },
  };
}

function placeOf(entries: readonly ContextEntry[], name: string): SourcePosition {
  const entry = entries.find(({ key }) => key === name);
  return entry === undefined ? { file: CONTEXT_FILE } : { file: CONTEXT_FILE, line: entry.line, column: entry.column };
}

function toNamed(scripts: ReturnType<typeof listScripts>): NamedText[] {
  return scripts.map(({ path, text }) => ({ name: path, text }));
}

const NOT_TEXT = {
  entries: [],
  diagnostics: [{ code: 'FOREIGN_INVALID', severity: 'error', message: 'it is not valid UTF-8', where: { file: CONTEXT_FILE } }],
} as const;

function findMissingFolder(folder: string | undefined): Diagnostic[] {
  if (folder !== undefined) return [];
  const message = 'there is no folder at the top whose name is made by a template, such as {{ cookiecutter.project_slug }}';
  const suggestion = 'name the directory that has the template';
  return [{ code: 'FOREIGN_INVALID', severity: 'error', message, where: { file: CONTEXT_FILE }, suggestion }];
}

interface EnvironmentFacts {
  readonly files: FileTree;
  readonly folder: string;
  readonly settings: TemplateSettings;
  readonly id: string;
  readonly code: CodeReader | undefined;
}

/** Included templates are found in the folder that is rendered, then in `templates` beside it. */
function makeEnvironment({ files, folder, settings, id, code }: EnvironmentFacts, scope: ForeignScope): JinjaEnvironment {
  const readFile = textReader(files);
  const loadTemplate = (name: string): string | undefined => {
    const path = plainSegments(name).join('/');
    return readFile(`${folder}/${path}`) ?? readFile(`templates/${path}`);
  };
  return extendedEnvironment({ ...settings, id, readFile, folder, loadTemplate, code }, scope);
}
