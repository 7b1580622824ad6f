import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { createEnvironment, type JinjaEnvironment } from '../../jinja/environment.ts';
import { loadExtensions } from '../../jinja/extensions/extension-set.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import { JinjaObject, textOf } from '../../jinja/values.ts';
import type { Pack } from '../../pack/pack.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { foreignManifest } from '../foreign-manifest.ts';
import type { ForeignScope, ForeignSource, ForeignTemplate } from '../foreign-template.ts';
import { defineQuestion, refineQuestion, storedAs } from './define-question.ts';
import { cast, parseAnswer, renderText, typeOfQuestion } from './evaluate-question.ts';
import { listFiles, makeExpand } from './expand-file.ts';
import { findMissingNames } from './find-missing-names.ts';
import { findRefusedNames } from './find-refused-names.ts';
import { type ContextRequest, makeContext } from './make-context.ts';
import { planTasks } from './plan-tasks.ts';
import { readConfig } from './read-config.ts';
import { isComputed, type Question, readQuestions, textsOf } from './read-questions.ts';
import { type CopierSettings, readSettings } from './read-settings.ts';

/** Makes a pack of a Copier template. @throws PacksmithError `MANIFEST_INVALID` with all findings. */
export function decodeCopier(source: ForeignSource): Pick<Pack, 'manifest'> & { readonly foreign: ForeignTemplate } {
  const { files, reference } = source;
  const config = readConfig(files);
  const settings = readSettings(config);
  const { questions, diagnostics } = readQuestions(config);
  const findings: Diagnostic[] = [...config.diagnostics, ...settings.diagnostics, ...diagnostics, ...findRefusedNames(files, config)];
  if (hasErrors(findings)) {
    throw new PacksmithError('MANIFEST_INVALID', `the Copier template ${reference} cannot be used as it is`, { diagnostics: findings });
  }
  const templates = listFiles(files, settings);
  const names = new Set(questions.map(({ name }) => name));
  if (settings.lacksExtensions) findings.push(...findMissingNames(templates, names, settings.settings));
  const facts = { questions, answersFile: settings.answersFile, reference, commit: source.commit };
  const asked = questions.filter((question) => !isComputed(question));
  const byName = new Map(asked.map((question) => [question.name, question]));
  const within = (request: Omit<ContextRequest, 'facts'>, before: string) => ({
    ...request,
    context: makeContext({ ...request, facts }, before),
  });
  return {
    manifest: foreignManifest(source, { description: `A Copier template: ${reference}`, variables: asked.map(defineQuestion) }),
    foreign: {
      kind: 'copier',
      answersKey: undefined,
      templates,
      remarks: findings,
      externalData: settings.externalData,
      makeEnvironment: (scope) => makeEnvironment(source, settings, scope),
      makeContext: (answers, scope, environment, budget) => makeContext({ facts, answers, scope, environment, budget }),
      refine: (definition, request) => {
        const question = byName.get(definition.name);
        if (question === undefined) return undefined;
        return refineQuestion(question, definition, within(request, question.name));
      },
      textsOf: (name) => textsOf(byName.get(name) ?? NO_QUESTION),
      validate: (name, value, request) => {
        const question = byName.get(name);
        if (question === undefined || question.validator === '') return undefined;
        const scope = within(request, name);
        const answer = question.multiselect ? parseAnswer(value, question, scope) : cast(value, typeOfQuestion(question, scope));
        const problem = renderText(question.validator, question, { ...scope, context: new Map([...scope.context, [name, answer]]) }).trim();
        return problem === '' ? undefined : problem;
      },
      adoptAnswer: (name, value) => {
        const question = byName.get(name);
        const known = question === undefined ? undefined : defineQuestion(question);
        if (question === undefined || known === undefined || typeof value === 'string') return value;
        if (value === null && known.type !== 'text') return value;
        return storedAs(value, 'yaml', known.type === 'text' || known.type === 'choices' ? known.type : 'choice');
      },
      expand: makeExpand(files, settings),
      planHooks: (run) => planTasks(config, source, run),
      messages: (moment, run) => {
        const text = settings.messages.get(moment);
        return text === undefined ? '' : renderTemplate(text, { ...run, name: `copier.yml _message_${moment}` }).trim();
      },
    },
  };
}

const NO_QUESTION: Question = {
  name: '',
  type: '',
  default: undefined,
  choices: [],
  multiselect: false,
  help: '',
  placeholder: '',
  multiline: false,
  secret: false,
  validator: '',
  when: true,
};

/** Included templates are found from the top of the template. */
function makeEnvironment(
  { files, id }: ForeignSource,
  { settings, extensions }: CopierSettings,
  { now, hash }: ForeignScope,
): JinjaEnvironment {
  const { filters, functions } = loadExtensions(extensions, { now, seed: `${now}\n${id}` });
  return createEnvironment({
    settings,
    hash,
    filters,
    functions: (runtime, template) => new Map([...functions(runtime, template), ['pathjoin', PATH_JOIN] as const]),
    loadTemplate: (name) => {
      const path = name
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/');
      const entry = files.get(path as ProjectPath);
      return entry === undefined ? undefined : decodeUtf8(entry.content);
    },
  });
}

/** `native` is as on POSIX, since a project must be the same everywhere. */
const PATH_JOIN = new JinjaObject('function', {
  call: ({ positional, named }) => positional.map((part) => textOf(part) ?? '').join(textOf(named.get('mode')) === 'windows' ? '\\' : '/'),
});
