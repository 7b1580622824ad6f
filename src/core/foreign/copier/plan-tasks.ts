import { renderTemplate } from '../../jinja/render-template.ts';
import type { Value } from '../../pack/values.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import { goesThrough } from '../../template/plan-hooks.ts';
import { toPythonVersion, versionOfTag } from '../foreign-identity.ts';
import type { ForeignRun, ForeignSource } from '../foreign-template.ts';
import { castToBool } from './cast-answer.ts';
import { PYTHON, TASK_TIMEOUT, type TaskHook } from './list-tasks.ts';

type PackIdentity = Pick<ForeignSource, 'id' | 'version' | 'integrity' | 'revision'>;

/** The tasks and migrations of a template as they would run: in order, and only those whose condition holds. */
export function planTasks(hooks: readonly TaskHook[], source: PackIdentity, run: ForeignRun): PlannedHook[] {
  const { id, integrity } = source;
  return hooks.flatMap((hook): PlannedHook[] => {
    if (!isDue(hook, source, run)) return [];
    const { name, stage, when } = hook;
    const context = new Map<string, Value>([...run.context, ...namesOf(hook, source, run)]);
    const render = (text: string): string => renderTemplate(text, { ...run, context, name: `copier.yml ${name}` });
    if (!castToBool(typeof when === 'string' ? render(when) : when)) return [];
    const words = hook.run.map(render);
    if (isNothing(words)) return [];
    return [{ pack: id, integrity, stage, name, run: words, timeout: TASK_TIMEOUT, continueOnError: false }];
  });
}

/** A command of the shell that comes to nothing, as those do whose condition stands in their text. */
function isNothing(words: readonly string[]): boolean {
  return words.at(-3) === 'sh' && words.at(-2) === '-c' && words.at(-1)?.trim() === '';
}

/** Migrations belong to an update, and those with a version to one that goes through it. */
function isDue({ moment, version }: TaskHook, { version: to }: PackIdentity, { previousVersion }: ForeignRun): boolean {
  if (moment === 'task') return true;
  if (version === undefined) return previousVersion !== undefined;
  const current = versionOfTag(version);
  return current !== undefined && goesThrough(current, previousVersion, to);
}

/** What tasks see besides everything else. */
function namesOf({ stage, moment, version }: TaskHook, source: PackIdentity, run: ForeignRun): [string, Value][] {
  const names: [string, Value][] = [
    ['_copier_python', PYTHON],
    ['_copier_phase', moment === 'task' ? 'tasks' : 'migrate'],
    ['_copier_operation', stage.endsWith('_generate') ? 'copy' : 'update'],
    ['_stage', moment],
  ];
  if (moment === 'task') return names;
  const { previousVersion: from = '', previousRevision = from } = run;
  names.push(['_version_from', previousRevision], ['_version_to', source.revision ?? source.version]);
  names.push(['_version_pep440_from', toPythonVersion(from)], ['_version_pep440_to', toPythonVersion(source.version)]);
  if (version !== undefined)
    names.push(['_version_current', version], ['_version_pep440_current', toPythonVersion(versionOfTag(version) ?? version)]);
  return names;
}
