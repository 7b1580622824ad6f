import { renderTemplate } from '../../jinja/render-template.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { compareVersions } from '../../pack/versions.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import { versionOfTag } from '../foreign-identity.ts';
import type { ForeignRun, ForeignSource } from '../foreign-template.ts';
import { castToBool } from './cast-answer.ts';
import type { CopierConfig } from './read-config.ts';

/** Seconds. */
const TIMEOUT = 600;

/** What tasks run with where they name `_copier_python`. */
const PYTHON = 'python3';

interface Task {
  readonly command: Value;
  readonly when: Value;
  readonly directory: string;
}

interface TaskRun {
  readonly task: Task;
  readonly name: string;
  readonly stage: PlannedHook['stage'];
  /** Names that only tasks see, without their `_`; migrations also have them in the environment. */
  readonly extra: ReadonlyMap<string, Value>;
  readonly isMigration: boolean;
}

/** The tasks and migrations of a template as they would run: in order, and only those whose condition holds. */
export function planTasks(config: CopierConfig, source: ForeignSource, run: ForeignRun): PlannedHook[] {
  const before = listMigrations(config, source, run, 'before');
  const tasks = listTasks(config);
  const after = listMigrations(config, source, run, 'after');
  return [...before, ...tasks, ...after].flatMap((each) => planTask(each, source, run));
}

/** Tasks run when a project is made, and again for each update, as Copier has it. */
function listTasks({ settings }: CopierConfig): TaskRun[] {
  const tasks = itemsOf(settings.get('_tasks')).map((item) => readTask(item, true));
  return (['post_generate', 'post_update'] as const).flatMap((stage) =>
    tasks.map((task, index) => ({
      task,
      name: `task ${index + 1} of ${tasks.length}`,
      stage,
      extra: new Map([['copier_operation', stage === 'post_update' ? 'update' : 'copy']]),
      isMigration: false,
    })),
  );
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

/** The migrations of the versions between the one that the project has and this one. */
function listMigrations({ settings }: CopierConfig, { version }: ForeignSource, run: ForeignRun, stage: 'before' | 'after'): TaskRun[] {
  const from = run.previousVersion;
  if (from === undefined) return [];
  const versions = { version_from: from, version_to: version, version_pep440_from: from, version_pep440_to: version };
  return itemsOf(settings.get('_migrations')).flatMap((item, index): TaskRun[] => {
    const details: ValueMap = item instanceof Map ? item : new Map();
    const current = details.get('version');
    if (current !== undefined && !isBetween(String(current), from, version)) return [];
    const shown =
      current === undefined
        ? []
        : [
            ['version_current', String(current)] as const,
            ['version_pep440_current', versionOfTag(String(current)) ?? String(current)] as const,
          ];
    const extra = new Map<string, Value>([['stage', stage], ...Object.entries(versions), ...shown, ['copier_operation', 'update']]);
    const isOld = details.has('before') || details.has('after');
    const tasks = isOld ? itemsOf(details.get(stage)).map((command) => readTask(command, true)) : [readTask(item, stage === 'after')];
    const chosen = isOld || details.has('when') || stage === 'after' ? tasks : [];
    return chosen.map((task) => ({
      task,
      name: `migration ${index + 1} (${stage})`,
      stage: stage === 'before' ? 'pre_update' : 'post_update',
      extra,
      isMigration: true,
    }));
  });
}

function isBetween(tag: string, from: string, to: string): boolean {
  const version = versionOfTag(tag);
  return version !== undefined && compareVersions(version, from) > 0 && compareVersions(version, to) <= 0;
}

function planTask({ task, name, stage, extra, isMigration }: TaskRun, { id, integrity }: ForeignSource, run: ForeignRun): PlannedHook[] {
  const names = new Map<string, Value>([...run.context, ['_copier_python', PYTHON], ['_copier_phase', isMigration ? 'migrate' : 'tasks']]);
  for (const [key, value] of extra) names.set(`_${key}`, value);
  const render = (value: Value): string => renderTemplate(String(value), { ...run, context: names, name: `copier.yml ${name}` });
  if (!castToBool(typeof task.when === 'string' ? render(task.when) : task.when)) return [];
  const words = Array.isArray(task.command) ? (task.command as readonly Value[]).map(render) : ['sh', '-c', render(task.command)];
  const directory = render(task.directory);
  const inside = /^(?:\.?\/?)*$/.test(directory) ? words : ['sh', '-c', 'cd "$0" && exec "$@"', directory, ...words];
  const environment = isMigration ? [...extra].map(([key, value]) => `${key.toUpperCase()}=${String(value)}`) : [];
  const command = environment.length === 0 ? inside : ['env', ...environment, ...inside];
  return [{ pack: id, integrity, stage, name, run: command, timeout: TIMEOUT, continueOnError: false }];
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
