import { DEFAULT_DELIMITERS, type JinjaSettings } from '../../jinja/settings.ts';
import type { HookStage } from '../../pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { CopierConfig } from './read-config.ts';

/** Seconds. */
export const TASK_TIMEOUT = 600;

/** What tasks run with where they name `_copier_python`. */
export const PYTHON = 'python3';

/** One command of `_tasks` or `_migrations` at one of the moments at which it can run. */
export interface TaskHook {
  readonly name: string;
  readonly stage: HookStage;
  /** An argument vector, each a template: working directory and environment are in it, since a hook has neither. */
  readonly run: readonly string[];
  /** True, or a template of a condition. */
  readonly when: Value;
  /** As the template writes it: a migration runs in an update from below it to it or above. */
  readonly version: string | undefined;
  /** What `_stage` is. */
  readonly moment: 'task' | 'before' | 'after';
}

/** The tasks and migrations of a template, in the order in which they run. */
export function listTasks({ settings }: CopierConfig, environment: JinjaSettings): TaskHook[] {
  const migrations = itemsOf(settings.get('_migrations'));
  const list = (moment: 'before' | 'after'): TaskHook[] =>
    migrations.flatMap((item, index) => listMigration(item, `migration ${index + 1} (${moment})`, { moment, environment }));
  return [...list('before'), ...listOwnTasks(itemsOf(settings.get('_tasks'))), ...list('after')];
}

interface Task {
  readonly command: Value;
  readonly when: Value;
  readonly directory: string;
}

/** Tasks run when a project is made, and again for each update, as Copier has it. */
function listOwnTasks(items: readonly Value[]): TaskHook[] {
  return (['post_generate', 'post_update'] as const).flatMap((stage) =>
    items.map((item, index): TaskHook => {
      const task = readTask(item, true);
      const variables = ['STAGE=task', `COPIER_OPERATION=${stage === 'post_update' ? 'update' : 'copy'}`];
      const name = `task ${index + 1} of ${items.length}`;
      return { name, stage, run: commandOf(task, variables), when: task.when, version: undefined, moment: 'task' };
    }),
  );
}

function listMigration(
  item: Value,
  name: string,
  { moment, environment }: { readonly moment: 'before' | 'after'; readonly environment: JinjaSettings },
): TaskHook[] {
  const details: ValueMap = item instanceof Map ? item : new Map();
  const isOld = details.has('before') || details.has('after');
  const version = details.get('version');
  const tasks = isOld ? itemsOf(details.get(moment)).map((command) => readTask(command, true)) : [readTask(item, moment === 'after')];
  const { variableStart, variableEnd } = { ...DEFAULT_DELIMITERS, ...environment.delimiters };
  const told = (name: string): string => `${name.toUpperCase()}=${variableStart} _${name} ${variableEnd}`;
  const variables = [
    `STAGE=${moment}`,
    ...['version_from', 'version_to', 'version_pep440_from', 'version_pep440_to'].map(told),
    ...(version === undefined ? [] : [`VERSION_CURRENT=${String(version)}`, told('version_pep440_current')]),
    'COPIER_OPERATION=update',
  ];
  const stage = moment === 'before' ? 'pre_update' : 'post_update';
  return tasks
    .filter(({ when }) => when !== false)
    .map((task) => ({
      ...{ name, stage, run: commandOf(task, variables), when: task.when, moment },
      version: version === undefined ? undefined : String(version),
    }));
}

function readTask(item: Value, when: Value): Task {
  if (!(item instanceof Map)) return { command: item, when, directory: '.' };
  const details = item as ValueMap;
  return {
    command: details.get('command') ?? '',
    when: details.get('when') ?? when,
    directory: String(details.get('working_directory') ?? '.'),
  };
}

function commandOf({ command, directory }: Task, variables: readonly string[]): string[] {
  const words = Array.isArray(command) ? (command as readonly Value[]).map(String) : ['sh', '-c', String(command)];
  const inside = /^(?:\.?\/?)*$/.test(directory) ? words : ['sh', '-c', 'cd "$0" && exec "$@"', directory, ...words];
  return ['env', ...variables, ...inside];
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
