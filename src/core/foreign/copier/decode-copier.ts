import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { Pack } from '../../pack/pack.ts';
import { textReader } from '../../tree/file-text.ts';
import { foreignManifest } from '../foreign-manifest.ts';
import type { ForeignSource, ForeignTemplate } from '../foreign-template.ts';
import { copierEnvironment, copierTemplate } from './copier-template.ts';
import { defineQuestion } from './define-question.ts';
import { listFiles } from './expand-file.ts';
import { findMissingNames } from './find-missing-names.ts';
import { findRefusedNames } from './find-refused-names.ts';
import { remarkOnFolder, withScript } from './find-script.ts';
import { listTasks } from './list-tasks.ts';
import { planTasks } from './plan-tasks.ts';
import { readConfig } from './read-config.ts';
import { readQuestions } from './read-questions.ts';
import { readSettings } from './read-settings.ts';
import { translateCopier } from './translate/translate-copier.ts';

/** Makes a pack of a Copier template. @throws PacksmithError `MANIFEST_INVALID` with all findings. */
export function decodeCopier(source: ForeignSource): Pick<Pack, 'manifest'> & { readonly foreign: ForeignTemplate } {
  const { files, reference, id } = source;
  const config = readConfig(files);
  const loadTemplate = textReader(files);
  const settings = readSettings(config, loadTemplate);
  const { questions, diagnostics } = readQuestions(config);
  const findings: Diagnostic[] = [...config.diagnostics, ...settings.diagnostics, ...diagnostics, ...findRefusedNames(files, config)];
  if (hasErrors(findings)) {
    throw new PacksmithError('MANIFEST_INVALID', `the Copier template ${reference} cannot be used as it is`, { diagnostics: findings });
  }
  const templates = listFiles(files, settings);
  const names = new Set(questions.map(({ name }) => name));
  if (settings.lacksExtensions) findings.push(...findMissingNames(templates, names, settings.settings));
  const tasks = listTasks(config, settings.settings);
  findings.push(...remarkOnFolder(tasks, config, source));
  const { answersFile, externalData } = settings;
  const facts = { questions, answersFile, externalData, reference, commit: source.commit, revision: source.revision ?? source.commit };
  const variables = questions.map(defineQuestion);
  return {
    manifest: foreignManifest(source, { description: `A Copier template: ${reference}`, variables }),
    foreign: {
      ...copierTemplate({ settings, facts, files }),
      kind: 'copier',
      asksAll: true,
      answersKey: undefined,
      whereIs: config.whereIs,
      templates,
      remarks: findings,
      makeEnvironment: (scope) => copierEnvironment({ settings, id, reference, loadTemplate }, scope),
      planHooks: (run) => planTasks(tasks, source, run).map((hook) => withScript(hook, source)),
      translate: (pack) => translateCopier(pack, { source, config, settings, questions, tasks }),
    },
  };
}
