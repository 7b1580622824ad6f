import type { RunCommand } from './command.ts';
import type { CommandSpec } from './command-spec.ts';
import { adoptSpec } from './specs/adopt.ts';
import { schemaSpec, validateSpec } from './specs/author.ts';
import { benchmarkSpec } from './specs/benchmark.ts';
import { addSpec, composeSpec, regenerateSpec, removeSpec, updateSpec } from './specs/compose.ts';
import { diffSpec, treeSpec } from './specs/discover.ts';
import { generateSpec } from './specs/generate.ts';
import { cleanSpec, installSpec, transactionsSpec, uninstallSpec, upgradeSpec, verifySpec } from './specs/install.ts';
import { listSpec } from './specs/list.ts';
import { mergeSpec } from './specs/merge.ts';
import { planSpec } from './specs/plan.ts';
import { explainSpec, statusSpec, undoSpec } from './specs/project.ts';
import { createSpec, deprecateSpec, exportSpec, importSpec, publishSpec, yankSpec } from './specs/publish.ts';
import { lintSpec, scoreSpec } from './specs/quality.ts';
import { querySpec } from './specs/query.ts';
import { searchSpec } from './specs/search.ts';
import { completionSpec, configSpec, doctorSpec } from './specs/settings.ts';
import { showSpec } from './specs/show.ts';
import { testSpec } from './specs/test.ts';
import { keysSpec, trustSpec } from './specs/trust.ts';

export interface Command {
  readonly spec: CommandSpec;
  /** Loads what the command does; nothing of it is loaded before it runs. */
  readonly load: () => Promise<RunCommand<CommandSpec>>;
}

/** Every command of the program, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  defineCommand(listSpec, async () => (await import('./commands/list.ts')).runList),
  defineCommand(searchSpec, async () => (await import('./commands/search.ts')).runSearch),
  defineCommand(showSpec, async () => (await import('./commands/show.ts')).runShow),
  defineCommand(treeSpec, async () => (await import('./commands/tree.ts')).runTree),
  defineCommand(diffSpec, async () => (await import('./commands/diff.ts')).runDiff),
  defineCommand(querySpec, async () => (await import('./commands/query.ts')).runQuery),
  defineCommand(installSpec, async () => (await import('./commands/install.ts')).runInstall),
  defineCommand(uninstallSpec, async () => (await import('./commands/uninstall.ts')).runUninstall),
  defineCommand(upgradeSpec, async () => (await import('./commands/upgrade.ts')).runUpgrade),
  defineCommand(verifySpec, async () => (await import('./commands/verify.ts')).runVerify),
  defineCommand(cleanSpec, async () => (await import('./commands/clean.ts')).runClean),
  defineCommand(transactionsSpec, async () => (await import('./commands/transactions.ts')).runTransactions),
  defineCommand(importSpec, async () => (await import('./commands/import.ts')).runImport),
  defineCommand(generateSpec, async () => (await import('./commands/generate.ts')).runGenerate),
  defineCommand(composeSpec, async () => (await import('./commands/compose.ts')).runCompose),
  defineCommand(addSpec, async () => (await import('./commands/add.ts')).runAdd),
  defineCommand(removeSpec, async () => (await import('./commands/remove.ts')).runRemove),
  defineCommand(updateSpec, async () => (await import('./commands/update.ts')).runUpdate),
  defineCommand(regenerateSpec, async () => (await import('./commands/regenerate.ts')).runRegenerate),
  defineCommand(adoptSpec, async () => (await import('./commands/adopt.ts')).runAdopt),
  defineCommand(mergeSpec, async () => (await import('./commands/merge.ts')).runMerge),
  defineCommand(planSpec, async () => (await import('./commands/plan.ts')).runPlan),
  defineCommand(statusSpec, async () => (await import('./commands/status.ts')).runStatus),
  defineCommand(undoSpec, async () => (await import('./commands/undo.ts')).runUndo),
  defineCommand(explainSpec, async () => (await import('./commands/explain.ts')).runExplain),
  defineCommand(createSpec, async () => (await import('./commands/create.ts')).runCreate),
  defineCommand(validateSpec, async () => (await import('./commands/validate.ts')).runValidate),
  defineCommand(testSpec, async () => (await import('./commands/test.ts')).runTest),
  defineCommand(lintSpec, async () => (await import('./commands/lint.ts')).runLint),
  defineCommand(benchmarkSpec, async () => (await import('./commands/benchmark.ts')).runBenchmark),
  defineCommand(scoreSpec, async () => (await import('./commands/score.ts')).runScore),
  defineCommand(publishSpec, async () => (await import('./commands/publish.ts')).runPublish),
  defineCommand(yankSpec, async () => (await import('./commands/yank.ts')).runYank),
  defineCommand(deprecateSpec, async () => (await import('./commands/deprecate.ts')).runDeprecate),
  defineCommand(exportSpec, async () => (await import('./commands/export.ts')).runExport),
  defineCommand(keysSpec, async () => (await import('./commands/keys.ts')).runKeys),
  defineCommand(trustSpec, async () => (await import('./commands/trust.ts')).runTrust),
  defineCommand(schemaSpec, async () => (await import('./commands/schema.ts')).runSchema),
  defineCommand(configSpec, async () => (await import('./commands/config.ts')).runConfig),
  defineCommand(doctorSpec, async () => (await import('./commands/doctor.ts')).runDoctorCommand),
  defineCommand(completionSpec, async () => (await import('./commands/completion.ts')).runCompletion),
];

/** Ties a spec to code that takes exactly the flags of that spec; the parser guarantees that it gets them. */
function defineCommand<Spec extends CommandSpec>(spec: Spec, load: () => Promise<RunCommand<Spec>>): Command {
  return { spec, load: load as unknown as Command['load'] };
}
