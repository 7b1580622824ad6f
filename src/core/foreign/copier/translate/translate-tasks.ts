import { DEFAULT_DELIMITERS, type JinjaSettings } from '../../../jinja/settings.ts';
import type { ManifestTable } from '../../../manifest/format-pack-manifest.ts';
import type { Value } from '../../../pack/values.ts';
import type { FileEntry, FileTree } from '../../../tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../../../tree/project-path.ts';
import { versionOfTag } from '../../foreign-identity.ts';
import type { TranslatedPart } from '../../foreign-template.ts';
import { SCRIPTS, scriptsOf } from '../find-script.ts';
import { TASK_TIMEOUT, type TaskHook } from '../list-tasks.ts';
import type { CopierConfig } from '../read-config.ts';

/** A hook for each task and migration, at each moment at which it can run. */
export function translateTasks(
  tasks: readonly TaskHook[],
  { config, environment }: { readonly config: CopierConfig; readonly environment: JinjaSettings },
  report: TranslatedPart[],
): ManifestTable[] {
  return tasks.flatMap((task): ManifestTable[] => {
    const isMigration = task.moment !== 'task';
    const where = config.whereIs(isMigration ? '_migrations' : '_tasks');
    const what = `the ${task.name}`;
    const version = task.version === undefined ? undefined : versionOfTag(task.version);
    if (task.version !== undefined && version === undefined) {
      const note = `${JSON.stringify(task.version)} is no version that an update can go through`;
      report.push({ outcome: 'left out', what, note, where });
      return [];
    }
    const set = (text: string): string => (isMigration ? withNames(text, task, environment) : text);
    const entries = new Map<string, Value>([
      ['name', task.name],
      ['run', task.run.map(set)],
      ['timeout', TASK_TIMEOUT],
    ]);
    if (task.when !== true) entries.set('when', set(String(task.when)));
    if (version !== undefined) entries.set('version', version);
    report.push({ outcome: 'translated', what, note: `hooks.${task.stage}`, where });
    return [{ header: ['hooks', task.stage], entries, isListed: true }];
  });
}

/** The files of the template that tasks run or read by its folder, which a pack has not: below `scripts/`, where hooks of packs find them. */
export function translateScripts(
  tasks: readonly TaskHook[],
  { config, files }: { readonly config: CopierConfig; readonly files: FileTree },
  report: TranslatedPart[],
): FileTree {
  const found = new Map<ProjectPath, FileEntry>();
  const named = new Set<string>();
  for (const task of tasks) {
    const { paths, namesFolder } = scriptsOf(task, files);
    const where = config.whereIs(task.moment === 'task' ? '_tasks' : '_migrations');
    if (namesFolder && !named.has(task.name)) {
      const note = 'it names the folder of the template, which no pack has: let it name a file, `{{ _copier_conf.src_path }}/FILE`';
      report.push({ outcome: 'left out', what: `what ${task.name} finds in the folder of the template`, note, where });
    }
    named.add(task.name);
    for (const path of paths) {
      const target = `${SCRIPTS}${path}` as ProjectPath;
      const entry = files.get(path);
      if (entry === undefined || found.has(target) || findPackPathProblem(target) !== undefined) continue;
      found.set(target, entry);
      report.push({ outcome: 'translated', what: `the file ${path}, for ${task.name}`, note: target, where: { file: path } });
    }
  }
  return found;
}

/** A hook does not know that it was a migration: what asks for it is told. */
function withNames(text: string, { moment, version = '' }: TaskHook, environment: JinjaSettings): string {
  const { blockStart, blockEnd } = { ...DEFAULT_DELIMITERS, ...environment.delimiters };
  const names = { _stage: moment, _copier_phase: 'migrate', _version_current: version };
  const set = Object.entries(names)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    .map(([name, value]) => `${blockStart} set ${name} = ${JSON.stringify(value)} ${blockEnd}`);
  return set.join('') + text;
}
