import { renderTemplate } from '../../jinja/render-template.ts';
import type { Value } from '../../pack/values.ts';
import { compareVersions } from '../../pack/versions.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import { goesThrough } from '../../template/plan-hooks.ts';
import { pythonVersionOf, releaseOf } from '../commit-release.ts';
import { pythonVersionOfTag, versionOfTag } from '../foreign-identity.ts';
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

/** Migrations belong to an update that does not go back, and those with a version to one that goes through it. */
function isDue({ moment, version }: TaskHook, source: PackIdentity, { previousVersion, previousRevision }: ForeignRun): boolean {
  if (moment === 'task') return true;
  if (previousVersion === undefined) return false;
  const [from, to] = [releaseOf({ version: previousVersion, revision: previousRevision }), releaseOf(source)];
  if (version === undefined) return compareVersions(from, to) <= 0;
  const current = versionOfTag(version);
  return current !== undefined && goesThrough(current, from, to);
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
  const before = { version: run.previousVersion ?? '', revision: run.previousRevision };
  names.push(['_version_from', before.revision ?? before.version], ['_version_to', source.revision ?? source.version]);
  names.push(['_version_pep440_from', pythonVersionOf(before)], ['_version_pep440_to', pythonVersionOf(source)]);
  if (version !== undefined) names.push(['_version_current', version], ['_version_pep440_current', pythonVersionOfTag(version)]);
  return names;
}
